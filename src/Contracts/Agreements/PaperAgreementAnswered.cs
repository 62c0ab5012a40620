using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>A party has confirmed, or declined, an agreement that was signed on paper and is being brought in.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:paper-agreement-answered:v1"), EntityName("iop.agreements.paper-agreement-answered.v1")]
public sealed record PaperAgreementAnswered
{
    public required Guid AnswerId { get; init; }

    /// <summary>Always 1: an answer is given once.</summary>
    public required long Sequence { get; init; }

    public required Guid AgreementId { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    /// <summary>Whose answer it is.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>The party, of which an organisation may be several.</summary>
    public Guid? PartyId { get; init; }

    /// <summary>By what the answer is told from askings before and after it.</summary>
    public long PaperSequence { get; init; }

    public required bool Confirms { get; init; }

    /// <summary>Why not.</summary>
    public required string? Reason { get; init; }

    /// <summary>Parties that have yet to confirm what now stands there.</summary>
    public required int ConfirmationsMissing { get; init; }
}
