using Iop.Kernel;

namespace Iop.Agreements.Domain.Life;

public readonly record struct TerminationId(Guid Value);

/// <summary>Notice and rescission are two different things.</summary>
public enum TerminationKind
{
    /// <summary>Uppsägning: by the agreement's own rules, with its notice.</summary>
    Notice,

    /// <summary>Hävning: at once, because the agreement no longer can or need be kept.</summary>
    Rescission,
}

/// <summary>On what ground an agreement is rescinded (hävningsgrund).</summary>
public enum RescissionGround
{
    /// <summary>Väsentligt avtalsbrott.</summary>
    MaterialBreach,

    /// <summary>Väsentligt ändrade förutsättningar.</summary>
    ChangedCircumstances,

    /// <summary>A party has lost what it needs to be one: permit, purpose, solvency.</summary>
    PartyNoLongerAble,

    /// <summary>Another ground that the agreement names.</summary>
    AsAgreed,
}

/// <summary>A party has ended the agreement for all: who, why, on what, and the last day. Never changed.</summary>
public sealed class Termination
{
    public const int ReasonMax = 2_000;
    public const int ClauseMax = 300;

    public required TerminationId TerminationId { get; init; }

    public required AgreementId AgreementId { get; init; }

    public required PartnershipId PartnershipId { get; init; }

    public required TerminationKind Kind { get; init; }

    public required PartyId PartyId { get; init; }

    public required OrganisationRef Organisation { get; init; }

    public required PersonRef Person { get; init; }

    public required string Reason { get; init; }

    /// <summary>Only of a rescission.</summary>
    public RescissionGround? Ground { get; init; }

    /// <summary>The clause of the agreement it rests on; only of a rescission.</summary>
    public string? Clause { get; init; }

    public required DateTimeOffset GivenAt { get; init; }

    public required DateOnly LastDay { get; init; }
}

/// <summary>A party does not accept a rescission (bestrider). Recorded; the platform judges nothing.</summary>
public sealed class Dispute
{
    public required Guid DisputeId { get; init; }

    public required TerminationId TerminationId { get; init; }

    public required AgreementId AgreementId { get; init; }

    public required PartnershipId PartnershipId { get; init; }

    public required PartyId PartyId { get; init; }

    public required OrganisationRef Organisation { get; init; }

    public required PersonRef Person { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }
}
