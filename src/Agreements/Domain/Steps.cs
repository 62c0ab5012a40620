namespace Iop.Agreements.Domain;

public enum StepState
{
    Done,
    Current,

    /// <summary>Its turn has not come.</summary>
    Missing,
}

/// <summary>One of the seven steps [handbok p. 14].</summary>
/// <param name="Key">challenge, goals, interventions, roles, agreement, follow-up or evaluation.</param>
/// <param name="Missing">What is missing for it to be done.</param>
/// <param name="Roles">Who can do what is missing.</param>
public sealed record Step(string Key, StepState State, IReadOnlyList<Missing> Missing, IReadOnlyList<string> Roles);

/// <summary>The way to and through a partnership as a task list, read from its agreement as it stands.</summary>
public static class Steps
{
    private static readonly Dictionary<string, string> StepOfSection = new(StringComparer.Ordinal)
    {
        ["background"] = "challenge", ["challenge"] = "challenge", ["targetGroup"] = "challenge",
        ["goals"] = "goals", ["interventions"] = "interventions", ["decisionMaking"] = "roles", ["resources"] = "roles",
    };

    private static readonly string[] BeforeSigning = ["challenge", "goals", "interventions", "roles", "agreement"];

    /// <param name="agreement">The leading agreement, or null before any is drafted.</param>
    /// <param name="gate">Its gate; null with the agreement.</param>
    /// <param name="awaits">What it waits for.</param>
    public static IReadOnlyList<Step> Of(Agreement? agreement, OpeningGate? gate, IReadOnlyList<Await> awaits)
    {
        var missing = agreement is null || gate is null ? Undrafted() : agreement.State.CanBeDrafted() ? [.. gate.All]
            : InSigning(agreement, awaits);
        var steps = new List<Step>();
        foreach (var key in BeforeSigning) steps.Add(Made(key, [.. missing.Where(thing => StepOf(thing) == key)], steps));
        steps.Add(Made("follow-up", Carrying(agreement), steps));
        steps.Add(Made("evaluation", agreement?.State is AgreementState.Ended ? [] : [new Missing("evaluation")], steps));
        return steps;
    }

    private static List<Missing> Undrafted() =>
        [.. SectionKeys.Required.Select(key => new Missing("section", key)), new Missing("draft")];

    private static List<Missing> InSigning(Agreement agreement, IReadOnlyList<Await> awaits)
    {
        if (agreement.State is AgreementState.Withdrawn) return [new Missing("draft")];
        return [.. awaits.Where(waiting => waiting.What is "signature" or "start-date")
            .Select(waiting => new Missing(waiting.What, waiting.Organisation?.Value.ToString()))];
    }

    private static IReadOnlyList<Missing> Carrying(Agreement? agreement) =>
        agreement?.State is AgreementState.Ended or AgreementState.Rescinded ? [] : [new Missing("follow-up")];

    private static string StepOf(Missing thing) => thing switch
    {
        { What: "section", Subject: { } key } => StepOfSection.GetValueOrDefault(key, "agreement"),
        { What: "public-party" or "idea-driven-party" or "contribution" } => "roles",
        _ => "agreement",
    };

    private static Step Made(string key, IReadOnlyList<Missing> missing, List<Step> before)
    {
        var state = missing.Count == 0 ? StepState.Done : before.All(step => step.State is StepState.Done) ? StepState.Current
            : StepState.Missing;
        return new Step(key, state, missing, [.. missing.SelectMany(WhoCan).Distinct(StringComparer.Ordinal)]);
    }

    private static IEnumerable<string> WhoCan(Missing thing) => thing.What switch
    {
        "answer" or "lawful-outcome" => [Kernel.Roles.Officer, Kernel.Roles.Legal],
        "approval" => [Kernel.Roles.Legal],
        "signature" => [Kernel.Roles.Signatory],
        "follow-up" => [Kernel.Roles.Reporter],
        "start-date" => [],
        _ => [Kernel.Roles.Officer],
    };
}
