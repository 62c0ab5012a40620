using Iop.Kernel;

namespace Iop.Agreements.Domain.Assessing;

/// <summary>A lawyer of a public party has approved exactly what the hash stands for: assessment and draft. Never changed; a
/// later edit of either changes the hash, and so voids it.</summary>
public sealed class Approval
{
    private Approval()
    {
    }

    public Guid ApprovalId { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public OrganisationRef Organisation { get; private init; }

    public PersonRef Person { get; private init; }

    public string AssessedHash { get; private init; } = "";

    public DateTimeOffset ApprovedAt { get; private init; }

    /// <summary>How many versions the agreement had then: an approval serves the next one and no other. The database sees to
    /// it.</summary>
    public int Round { get; private init; }

    /// <summary>A legal person approves once what it saw; all its units are covered.</summary>
    public static Refusal? Give(Approval approval, AssessmentResult result, ApprovalsSoFar soFar)
    {
        if (!result.IsComplete) return AgreementRefusals.AssessmentOpen(result.Unanswered.Count);
        if (result.Outcome.Blocks()) return AgreementRefusals.AssessmentBlocks(result.Outcome);
        if (result.AidRefusal is { } aid) return aid;
        if (!soFar.Approvers.Contains(approval.Organisation)) return AgreementRefusals.OnlyPublicPartiesApprove;
        return soFar.Missing.Contains(approval.Organisation) ? null : AgreementRefusals.AlreadyApproved;
    }

    public static Approval Of(
        Guid id, AgreementId agreement, PartnershipId partnership, Answerer by, string assessedHash, DateTimeOffset now,
        int round = 0) => new()
        {
            Round = round,
            ApprovalId = id,
            AgreementId = agreement,
            PartnershipId = partnership,
            Organisation = by.Organisation,
            Person = by.Person,
            AssessedHash = assessedHash,
            ApprovedAt = now,
        };
}

/// <summary>Who must approve, and who has approved what lies there now.</summary>
/// <param name="Approvers">The public parties' legal persons.</param>
/// <param name="Valid">Approvals of exactly this draft and assessment.</param>
/// <param name="Voided">Legal persons whose approval a later edit has voided.</param>
public sealed record ApprovalsSoFar(IReadOnlyList<OrganisationRef> Approvers, IReadOnlyList<Approval> Valid,
    IReadOnlyList<OrganisationRef> Voided)
{
    public IReadOnlyList<OrganisationRef> Missing { get; } =
        [.. Approvers.Where(approver => Valid.All(approval => approval.Organisation != approver))];

    public static ApprovalsSoFar Of(IEnumerable<Party> parties, IReadOnlyList<Approval> approvals, string assessedHash)
    {
        var approvers = parties.Where(party => party.Kind is OrganisationKind.Public).Select(party => party.Organisation)
            .Distinct().ToList();
        var valid = approvals.Where(approval => approval.AssessedHash == assessedHash).ToList();
        var voided = approvals.Select(approval => approval.Organisation).Distinct()
            .Where(organisation =>
                approvers.Contains(organisation) && valid.All(approval => approval.Organisation != organisation)).ToList();
        return new ApprovalsSoFar(approvers, valid, voided);
    }
}

/// <summary>What a lawyer saw and approved, kept so that it can be said afterwards what has changed since.</summary>
public sealed class ApprovedText
{
    public required Guid ApprovalId { get; init; }

    public required AgreementId AgreementId { get; init; }

    public required PartnershipId PartnershipId { get; init; }

    public required string Hash { get; init; }

    public required byte[] Canonical { get; init; }
}
