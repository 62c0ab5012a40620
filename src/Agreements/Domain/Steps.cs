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

/// <summary>What the parties have done around the text: what the first steps are made of before there is one.</summary>
/// <param name="Parties">How many parties there are.</param>
/// <param name="Talked">Something is written down of their dialogue.</param>
/// <param name="PartnersChosen">It is told how the partners were chosen.</param>
/// <param name="InvolvedIn">The steps in which the target group took part.</param>
/// <param name="IsLight">The light track: all this is advice, the law tests are not.</param>
public sealed record Preparation(int Parties, bool Talked, bool PartnersChosen, IReadOnlySet<string> InvolvedIn, bool IsLight);

/// <summary>The way to and through a partnership as a task list, read from its agreement as it stands.</summary>
public static class Steps
{
    private static readonly Dictionary<string, string> StepOfSection = new(StringComparer.Ordinal)
    {
        ["background"] = "challenge", ["challenge"] = "challenge", ["targetGroup"] = "challenge",
        ["goals"] = "goals", ["interventions"] = "interventions", ["decisionMaking"] = "roles", ["resources"] = "roles",
    };

    private static readonly string[] BeforeSigning = ["challenge", "goals", "interventions", "roles", "agreement"];

    /// <summary>The steps in which the target group's part is asked for before the text is fixed.</summary>
    private static readonly string[] WithTargetGroup = ["challenge", "goals", "interventions"];

    public static IReadOnlyList<string> Keys { get; } = [.. BeforeSigning, "follow-up", "evaluation"];

    /// <param name="agreement">The leading agreement, or null before any is drafted.</param>
    /// <param name="gate">Its gate; null with the agreement.</param>
    /// <param name="awaits">What it waits for.</param>
    /// <param name="done">What the parties have done around the text.</param>
    public static IReadOnlyList<Step> Of(
        Agreement? agreement, OpeningGate? gate, IReadOnlyList<Await> awaits, Preparation done)
    {
        var isFixed = agreement is not null && !agreement.State.CanBeDrafted();
        List<Missing> missing = agreement is null || gate is null ? Undrafted()
            : isFixed ? InSigning(agreement, awaits) : [.. gate.All];
        if (!isFixed) missing.AddRange(Around(done));
        var steps = new List<Step>();
        foreach (var key in BeforeSigning) steps.Add(Made(key, [.. missing.Where(thing => StepOf(thing) == key)], steps));
        steps.Add(Made("follow-up", Carrying(agreement, done), steps));
        steps.Add(Made("evaluation", Evaluating(agreement, done), steps));
        return steps;
    }

    /// <summary>What is asked for around the text; in the light track it is advice.</summary>
    private static IEnumerable<Missing> Around(Preparation done)
    {
        if (done.Parties < 2) yield return new Missing("party");
        if (!done.Talked) yield return new Missing("dialogue", IsAdvice: done.IsLight);
        if (!done.PartnersChosen) yield return new Missing("partner-choice", IsAdvice: done.IsLight);
        foreach (var step in WithTargetGroup.Where(step => !done.InvolvedIn.Contains(step)))
            yield return new Missing("participation", step, done.IsLight);
    }

    private static List<Missing> Undrafted() =>
        [.. SectionKeys.Required.Select(key => new Missing("section", key)), new Missing("draft")];

    private static List<Missing> InSigning(Agreement agreement, IReadOnlyList<Await> awaits)
    {
        if (agreement.State is AgreementState.Withdrawn) return [new Missing("draft")];
        return [.. awaits.Where(waiting => waiting.What is "signature" or "start-date")
            .Select(waiting => new Missing(waiting.What, waiting.Organisation?.Value.ToString()))];
    }

    private static IReadOnlyList<Missing> Carrying(Agreement? agreement, Preparation done) =>
        agreement?.State is AgreementState.Ended or AgreementState.Rescinded ? []
            : [new Missing("follow-up"), .. TargetGroupIn("follow-up", done)];

    private static IReadOnlyList<Missing> Evaluating(Agreement? agreement, Preparation done) =>
        agreement?.State is AgreementState.Ended ? [] : [new Missing("evaluation"), .. TargetGroupIn("evaluation", done)];

    private static IEnumerable<Missing> TargetGroupIn(string step, Preparation done) =>
        done.InvolvedIn.Contains(step) ? [] : [new Missing("participation", step, IsAdvice: true)];

    private static string StepOf(Missing thing) => thing switch
    {
        { What: "section", Subject: { } key } => StepOfSection.GetValueOrDefault(key, "agreement"),
        { What: "participation", Subject: { } step } => step,
        { What: "party" or "dialogue" or "partner-choice" } => "challenge",
        { What: "public-party" or "idea-driven-party" or "contribution" } => "roles",
        _ => "agreement",
    };

    private static Step Made(string key, IReadOnlyList<Missing> missing, List<Step> before)
    {
        var state = missing.All(thing => thing.IsAdvice) ? StepState.Done
            : before.All(step => step.State is StepState.Done) ? StepState.Current : StepState.Missing;
        return new Step(key, state, missing, [.. missing.SelectMany(WhoCan).Distinct(StringComparer.Ordinal)]);
    }

    private static IEnumerable<string> WhoCan(Missing thing) => thing.What switch
    {
        "answer" or "lawful-outcome" => [Kernel.Roles.Officer, Kernel.Roles.Legal],
        "dialogue" => [Kernel.Roles.Officer, Kernel.Roles.Legal],
        "approval" => [Kernel.Roles.Legal],
        "signature" => [Kernel.Roles.Signatory],
        "follow-up" => [Kernel.Roles.Reporter],
        "start-date" => [],
        _ => [Kernel.Roles.Officer],
    };
}
