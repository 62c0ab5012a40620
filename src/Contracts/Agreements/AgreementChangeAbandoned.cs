using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>A change was given up; the version in force stays.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:agreement-change-abandoned:v1"), EntityName("iop.agreements.agreement-change-abandoned.v1")]
public sealed record AgreementChangeAbandoned
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    /// <summary>renegotiation, accession or renewal.</summary>
    public required string Kind { get; init; }

    public required string Reason { get; init; }
}
