using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>The talk before the last date of notice is to be booked, or it is to be told whether it was held.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:joint-talk-due:v1"), EntityName("iop.agreements.joint-talk-due.v1")]
public sealed record JointTalkDue
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    /// <summary>book, soon or was-it-held.</summary>
    public required string What { get; init; }

    /// <summary>The last date of notice, or the day that was booked.</summary>
    public required DateOnly Before { get; init; }

    public DateOnly? BookedOn { get; init; }
}
