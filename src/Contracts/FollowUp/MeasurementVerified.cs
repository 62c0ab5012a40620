using MassTransit;

namespace Iop.Contracts.FollowUp;

/// <summary>An independent verifier has confirmed an outcome measurement. Supersedes every earlier one of the same contract and
/// period.</summary>
/// <remarks>Told by FollowUp. Heard by OutcomeFinance and Notifications.</remarks>
[MessageUrn("iop:follow-up:measurement-verified:v1"), EntityName("iop.follow-up.measurement-verified.v1")]
public sealed record MeasurementVerified
{
    public required Guid MeasurementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid ContractId { get; init; }

    public required string ContractTitle { get; init; }

    public required string PeriodKey { get; init; }

    /// <summary>1 for the first measurement of the period, one more for each correction.</summary>
    public required int Revision { get; init; }

    public Guid? SupersedesMeasurementId { get; init; }

    public required Guid ReporterPersonId { get; init; }

    public required Guid VerifierOrganisationId { get; init; }

    public required Guid VerifierPersonId { get; init; }

    public required DateTimeOffset VerifiedAt { get; init; }

    /// <summary>SHA-256 of the attached files' hashes in order, each on a line: what it was verified on. Null without
    /// files.</summary>
    public string? EvidenceHash { get; init; }

    public required IReadOnlyList<MeasurementVerifiedFigure> Figures { get; init; }
}

/// <summary>One measured figure.</summary>
public sealed record MeasurementVerifiedFigure
{
    /// <summary>The measure, or collection/key/field for figures within a collection.</summary>
    public required string Path { get; init; }

    /// <summary>number, boolean or code: how the value is read. Or members, with the value 0: the path is a collection that
    /// nobody was in.</summary>
    public required string Type { get; init; }

    /// <summary>Decimal string, true/false, the code, or codes with commas between them.</summary>
    public required string Value { get; init; }

    /// <summary>The path's key stands for a person (a keyed hash of the key that FollowUp holds): never shown, and destroyed
    /// when the contract ends.</summary>
    public bool OfParticipant { get; init; }
}
