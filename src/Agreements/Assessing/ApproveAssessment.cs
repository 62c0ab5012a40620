using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Assessing;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Sealing;

namespace Iop.Agreements.Assessing;

/// <summary>A lawyer of a public party approves the assessment and the draft exactly as they lie there. Any later edit voids
/// it.</summary>
internal static class ApproveAssessment
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/agreements/{id:guid}/assessment/approvals", Handle).WithName(nameof(ApproveAssessment));

    internal static async Task<Answer<AssessmentView>> Handle(
        Guid id, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock,
            CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Legal) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        // Both the hash itself and the assessment's tag, which begins with it, say what was seen; so that several can approve at
        // once.
        if (ifMatch.BeforeDot().Misses(file.AssessedHash) is { } stale) return stale;
        if (agreement.IsFixed is { } isFixed) return isFixed;
        var now = clock.GetUtcNow();
        var approval = Approval.Of(
            Guid.CreateVersion7(now), agreement.Id, agreement.PartnershipId, new Answerer(viewer.Person, viewer.Organisation),
                file.AssessedHash, now, file.Round);
        if (Approval.Give(approval, file.Result, file.Approvals) is { } refusal) return refusal;
        if (agreement.Touch() is { } closed) return closed;
        db.Add(approval);
        db.Add(new ApprovedText
        {
            ApprovalId = approval.ApprovalId,
            AgreementId = agreement.Id,
            PartnershipId = agreement.PartnershipId,
            Hash = file.AssessedHash,
            Canonical = CanonicalJson.Of(file.Assessed),
        });
        file.Given.Add(approval);
        db.Announce(id, agreement.Version, new AssessmentApproved
        {
            AgreementId = id,
            Sequence = agreement.Version,
            PartnershipId = agreement.PartnershipId.Value,
            Title = agreement.Title,
            OrganisationId = approval.Organisation.Value,
            PersonId = approval.Person.Value,
            ApprovalsMissing = file.Approvals.Missing.Count,
        });
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await AssessmentView.Of(file, catalogues, viewer, db, cancel), file.AssessmentTag);
    }

    internal static IfMatch BeforeDot(this IfMatch ifMatch) => new(ifMatch.Tag?.Split('.')[0]);
}
