using Iop.Agreements.Domain.Plans;
using Iop.Kernel;

namespace Iop.Agreements.Domain.Closing;

/// <summary>From when to when an agreement is closed.</summary>
public static class Closings
{
    /// <summary>From the first day in force until long after the last: what was learnt is often written down late.</summary>
    public static bool IsClosedIn(AgreementState state) =>
        state.Binds() || state is AgreementState.Ended or AgreementState.Rescinded;

    public static Refusal? Refusal(AgreementState state) => IsClosedIn(state) ? null : ClosingRefusals.NotNow(state);
}

/// <summary>What the parties say to those who come after (slutrapport): what worked, what did not and why, what has changed for
/// good, what the next process must know.</summary>
public sealed class ClosingReport
{
    public const int TextMax = 20_000;

    private ClosingReport()
    {
    }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public string? Worked { get; private set; }

    public string? DidNotWork { get; private set; }

    /// <summary>Why what did not work did not.</summary>
    public string? Why { get; private set; }

    /// <summary>What is done otherwise now, also without the partnership.</summary>
    public string? StructuralChanges { get; private set; }

    public string? NextProcess { get; private set; }

    /// <summary>The agreement that goes on where this one ends.</summary>
    public AgreementId? SuccessorId { get; private set; }

    public PersonRef WrittenBy { get; private set; }

    public DateTimeOffset WrittenAt { get; private set; }

    public long Version { get; private set; }

    public static ClosingReport On(Agreement agreement) =>
        new() { AgreementId = agreement.Id, PartnershipId = agreement.PartnershipId };

    public void Write(Words words, AgreementId? successor, PersonRef by, DateTimeOffset now)
    {
        (Worked, DidNotWork, Why) = (words.Worked, words.DidNotWork, words.Why);
        (StructuralChanges, NextProcess, SuccessorId) = (words.StructuralChanges, words.NextProcess, successor);
        (WrittenBy, WrittenAt) = (by, now);
        Version++;
    }

    /// <summary>What it says; null where nothing is written yet.</summary>
    public sealed record Words(
        string? Worked, string? DidNotWork, string? Why, string? StructuralChanges, string? NextProcess);
}

/// <summary>What becomes of one activity and its people when the agreement ends (utträdesplan).</summary>
public sealed class ExitStep
{
    public const int PerAgreementMax = 200;
    public const int ActivityMax = 500;
    public const int TakesOverMax = 500;
    public const int PeopleMax = 5_000;

    private ExitStep()
    {
    }

    public Guid Id { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    /// <summary>The agreed activity, if the agreement lists its activities.</summary>
    public Guid? ActivityId { get; private init; }

    public string Activity { get; private set; } = "";

    /// <summary>Who goes on with it, or that nobody does.</summary>
    public string? TakesOver { get; private set; }

    public DateOnly? HandsOverOn { get; private set; }

    /// <summary>What happens with those it is for, and those who work in it. No names.</summary>
    public string? People { get; private set; }

    public long Version { get; private set; }

    public bool IsComplete => TakesOver is not null && HandsOverOn is not null && People is not null;

    /// <summary>An activity is wound up in one step; what is no activity may be as many as there is room for.</summary>
    public static Refusal? NoRoomBeside(IReadOnlyCollection<ExitStep> present, Guid? activity)
    {
        if (activity is not null && present.Any(step => step.ActivityId == activity)) return ClosingRefusals.ActivityThere;
        return present.Count >= PerAgreementMax ? ClosingRefusals.TooManyExits : null;
    }

    public static ExitStep For(Guid id, Agreement agreement, Guid? activity) =>
        new() { Id = id, AgreementId = agreement.Id, PartnershipId = agreement.PartnershipId, ActivityId = activity };

    public void Plan(string activity, string? takesOver, DateOnly? handsOverOn, string? people)
    {
        (Activity, TakesOver, HandsOverOn, People) = (activity, takesOver, handsOverOn, people);
        Version++;
    }
}

/// <summary>What is missing before all is closed. Nothing is forced; it is shown.</summary>
public static class ClosingChecklist
{
    /// <param name="activities">The agreed activities, by id.</param>
    public static IReadOnlyList<Missing> Of(
        ClosingReport? report, IReadOnlyList<ExitStep> exits, IReadOnlyDictionary<Guid, string> activities,
        Settlement? settlement) =>
    [
        .. Unwritten(report),
        .. activities.Where(activity => !exits.Any(exit => exit.ActivityId == activity.Key && exit.IsComplete))
            .Select(activity => new Missing("exit", activity.Key.ToString())),
        .. exits.Where(exit => exit.ActivityId is null && !exit.IsComplete)
        .Select(exit => new Missing("exit", exit.Id.ToString())),
        .. activities.Count == 0 && exits.Count == 0 ? [new Missing("exit-plan")] : (Missing[])[],
        .. settlement is null ? [new Missing("settlement")] : (Missing[])[],
    ];

    private static IEnumerable<Missing> Unwritten(ClosingReport? report)
    {
        if (report?.Worked is null) yield return new Missing("report", "worked");
        if (report?.DidNotWork is null) yield return new Missing("report", "didNotWork");
        if (report?.Why is null) yield return new Missing("report", "why");
        if (report?.StructuralChanges is null) yield return new Missing("report", "structuralChanges");
        if (report?.NextProcess is null) yield return new Missing("report", "nextProcess");
    }
}
