using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>The last date of notice is 180, 90 or 30 days away.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:notice-date-approaches:v1"), EntityName("iop.agreements.notice-date-approaches.v1")]
public sealed record NoticeDateApproaches
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    public required DateOnly LastDateOfNotice { get; init; }

    /// <summary>The end of the term.</summary>
    public required DateOnly EndsOn { get; init; }

    public required int DaysLeft { get; init; }

    /// <summary>Whether it goes on by itself after that date.</summary>
    public required bool AutoRenews { get; init; }

    /// <summary>held, booked or none.</summary>
    public required string Talk { get; init; }

    /// <summary>Whether the assessment will then be older than the parties' limit.</summary>
    public required bool AssessmentTooOld { get; init; }
}
