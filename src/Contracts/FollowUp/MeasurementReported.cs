using MassTransit;

namespace Iop.Contracts.FollowUp;

/// <summary>An outcome measurement awaits its verifier.</summary>
/// <remarks>Told by FollowUp. Heard by Notifications.</remarks>
[MessageUrn("iop:follow-up:measurement-reported:v1"), EntityName("iop.follow-up.measurement-reported.v1")]
public sealed record MeasurementReported
{
    public required Guid MeasurementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid ContractId { get; init; }

    public required string ContractTitle { get; init; }

    public required string PeriodKey { get; init; }

    public required Guid VerifierOrganisationId { get; init; }

    public required Guid ReporterOrganisationId { get; init; }
}
