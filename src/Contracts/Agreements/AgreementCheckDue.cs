using MassTransit;

namespace Iop.Contracts.Agreements;

/// <summary>A day of an agreement in force on which the parties look at something together: its plan ends and no other follows,
/// or a year has gone.</summary>
/// <remarks>Told by Agreements. Heard by Notifications.</remarks>
[MessageUrn("iop:agreements:agreement-check-due:v1"), EntityName("iop.agreements.agreement-check-due.v1")]
public sealed record AgreementCheckDue
{
    public required Guid AgreementId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Title { get; init; }

    /// <summary>plan, deliveries or learning-goals.</summary>
    public required string What { get; init; }

    /// <summary>The plan's last day, or that of the year that has gone.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Those it concerns: all, or those who have said nothing of what they put in that year.</summary>
    public required IReadOnlyList<AgreementCheckDueParty> Parties { get; init; }
}

/// <summary>One of them.</summary>
public sealed record AgreementCheckDueParty
{
    public required Guid PartyId { get; init; }

    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }
}
