using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>An agreement signed on paper is there with its document and its key facts: those who have not confirmed exactly this
/// are to look at it. Told again when an edit has voided what was confirmed.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:paper-agreement-ready:v1"), EntityName("iop.agreements.paper-agreement-ready.v1")]
public sealed record PaperAgreementReady
{
    public required Guid AgreementId { get; init; }

    /// <summary>Grows with every document, every answer and every asking: a listener ignores what is older than it
    /// knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    /// <summary>Who has yet to confirm.</summary>
    public required IReadOnlyList<Asked> Parties { get; init; }

    public sealed record Asked
    {
        public required Guid PartyId { get; init; }

        public required Guid OrganisationId { get; init; }

        public Guid? UnitId { get; init; }
    }
}
