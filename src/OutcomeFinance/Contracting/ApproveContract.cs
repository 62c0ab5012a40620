using Iop.Kernel;
using Iop.OutcomeFinance.Assessing;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Contracting;

/// <summary>A public party's lawyer approves the draft (juridiskt godkännande): payment against results may be a public contract,
/// so it is assessed on its own. The approval holds for exactly the draft and the party's own answers: a later edit of either
/// voids it.</summary>
internal static class ApproveContract
{
    public sealed record Request(string Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/contracts/{id:guid}/legal-approvals", Handle).WithName(nameof(ApproveContract));

    internal static async Task<Answer<ContractView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, ContractViews views,
        ContractCatalogue catalogue, ContractAssessments assessments, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.LockedContract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        if (caller.Lacks(Roles.Legal) is { } missing) return missing;
        var draft = ContractDocument.HashOf(contract);
        // What one approves is the draft: its hash is as good a tag as the row's version, and lets two lawyers approve side by
        // side.
        if (ifMatch.Tag != draft && ifMatch.Misses(contract.UnderWay?.Version ?? contract.Version) is { } stale) return stale;
        if (new Fields().Text("reason", request.Reason, 4_000).Refusal is { } malformed) return malformed;
        var assessment = assessments.Assess(contract, caller.Organisation);
        var assessed = AssessmentDocument.Of(contract, caller.Organisation, assessment, catalogue, draft);
        var approval = new LegalApproval
        {
            ApprovalId = Guid.CreateVersion7(clock.GetUtcNow()),
            ContractId = contract.ContractId,
            OrganisationId = caller.Organisation,
            PersonId = caller.Person,
            ApprovedHash = draft,
            Reason = request.Reason,
            At = clock.GetUtcNow(),
            Finding = assessment.Finding,
            AssessmentHash = assessed.Hash,
            Assessment = assessed.Canonical,
            AnswersVersion = contract.AnswersVersion(caller.Organisation),
        };
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (contract.Approve(approval, assessment, draft, by) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await views.Of(contract, cancel), contract.Version);
    }
}
