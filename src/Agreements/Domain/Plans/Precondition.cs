using Iop.Agreements.Domain.Bodies;
using Iop.Kernel;

namespace Iop.Agreements.Domain.Plans;

public readonly record struct PreconditionId(Guid Value);

/// <summary>What came of a changed precondition.</summary>
public enum OutcomeKind
{
    /// <summary>The plan was changed.</summary>
    PlanChange,

    /// <summary>A body adjusted the agreement within its frame (justering).</summary>
    Adjustment,

    /// <summary>The parties signed anew (omförhandling).</summary>
    Renegotiation,

    /// <summary>Looked at, and left as it is.</summary>
    NoChange,
}

/// <summary>Something outside that shifts the ground the parties agreed on (ändrad förutsättning): a state compensation, a law,
/// a need that grows or goes away.</summary>
public sealed class Precondition
{
    public const int PerAgreementMax = 200;
    public const int TextMax = 5_000;
    public const int SourceMax = 500;
    public const int TermsMax = 50;
    public const int OutcomesMax = 50;

    private Precondition()
    {
    }

    public PreconditionId Id { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public string What { get; private set; } = "";

    /// <summary>Where it is written: a decision, a law, a letter.</summary>
    public string Source { get; private set; } = "";

    /// <summary>From when it applies.</summary>
    public DateOnly OccursOn { get; private set; }

    /// <summary>What it does to the partnership.</summary>
    public string Effect { get; private set; } = "";

    /// <summary>The temporary group that negotiates what to do, if there is one.</summary>
    public BodyId? GroupId { get; private set; }

    public PersonRef NotedBy { get; private init; }

    public DateTimeOffset NotedAt { get; private init; }

    public long Version { get; private set; }

    /// <summary>From signing until after the end: what changed is part of what the next process must know.</summary>
    public static bool IsNotedIn(AgreementState state) => state is AgreementState.Signed || state.HasVersion() && !IsOpen(state);

    public static Refusal? NoRoomBeside(int present) => present >= PerAgreementMax ? PreconditionRefusals.TooMany : null;

    public static Refusal? NoRoomForOutcomeBeside(int known) =>
        known >= OutcomesMax ? PreconditionRefusals.TooManyOutcomes : null;

    public static Refusal? Note(PreconditionId id, Agreement agreement, Noted noted, Recorder by, out Precondition precondition)
    {
        precondition = new Precondition
        {
            Id = id,
            AgreementId = agreement.Id,
            PartnershipId = agreement.PartnershipId,
            NotedBy = by.Person,
            NotedAt = by.At,
        };
        precondition.Take(noted);
        return IsNotedIn(agreement.State) ? null : PreconditionRefusals.NotNow(agreement.State);
    }

    public void Take(Noted noted)
    {
        (What, Source, OccursOn, Effect) = (noted.What, noted.Source, noted.OccursOn, noted.Effect);
        Version++;
    }

    public void GiveTo(BodyId? group)
    {
        GroupId = group;
        Version++;
    }

    /// <summary>Terms or outcomes have been added: the whole has changed though none of its own words has.</summary>
    public void Touch() => Version++;

    private static bool IsOpen(AgreementState state) => state is AgreementState.OpenForSignature;

    public sealed record Noted(string What, string Source, DateOnly OccursOn, string Effect);
}

/// <summary>What applies to one party while the others adapt (övergångsvillkor).</summary>
public sealed class TransitionTerm
{
    public const int TermsMax = 2_000;

    public required PreconditionId PreconditionId { get; init; }

    public required int Position { get; init; }

    public required PartnershipId PartnershipId { get; init; }

    public required PartyId PartyId { get; init; }

    public required string Terms { get; init; }

    public required DateOnly StartsOn { get; init; }

    public required DateOnly? EndsOn { get; init; }
}

/// <summary>What a changed precondition led to. Added, never changed.</summary>
public sealed class PreconditionOutcome
{
    public const int NoteMax = 2_000;

    public required PreconditionId PreconditionId { get; init; }

    public required int Position { get; init; }

    public required PartnershipId PartnershipId { get; init; }

    public required OutcomeKind Kind { get; init; }

    /// <summary>The plan, or the change of the agreement.</summary>
    public required Guid? SubjectId { get; init; }

    /// <summary>Which version of the plan.</summary>
    public required int? PlanVersion { get; init; }

    public required string? Note { get; init; }

    public required PersonRef RecordedBy { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>Every way a changed precondition can say no.</summary>
public static class PreconditionRefusals
{
    public static Refusal NotNow(AgreementState state) => new Refusal("precondition.not-now").With("state", state);

    public static Refusal TooMany { get; } = new Refusal("precondition.too-many").With("limit", Precondition.PerAgreementMax);

    public static Refusal TooManyOutcomes { get; } =
        new Refusal("precondition.too-many-outcomes").With("limit", Precondition.OutcomesMax);

    public static Refusal UnknownParty { get; } = new("precondition.unknown-party");

    public static Refusal UnknownBody { get; } = new("precondition.unknown-body");

    public static Refusal UnknownSubject { get; } = new("precondition.unknown-subject");
}
