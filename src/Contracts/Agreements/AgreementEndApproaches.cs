using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>An agreement ends, or renews itself, in 180, 90 or 30 days; told where no last date of notice lies ahead.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:agreement-end-approaches:v1"), EntityName("iop.agreements.agreement-end-approaches.v1")]
public sealed record AgreementEndApproaches
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    /// <summary>The term's last day.</summary>
    public required DateOnly EndsOn { get; init; }

    public required int DaysLeft { get; init; }

    /// <summary>Whether it goes on by itself after that day.</summary>
    public required bool Renews { get; init; }
}
