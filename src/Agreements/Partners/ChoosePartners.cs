using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Dialogue;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Partners;

/// <summary>It is written down how the partners are chosen (val av partner): openly or not, how it was made known, and by what
/// criteria.</summary>
internal static class ChoosePartners
{
    public sealed record Request(bool OpenInvitation, string How, string Criteria);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/partnerships/{id:guid}/partner-choice", Handle).WithName(nameof(ChoosePartners));

    internal static async Task<Answer<PartnersView>> Handle(
        Guid id, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.PartnershipForUpdate(id, cancel) is not { } partnership) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        var choice = await db.PartnerChoices.FindAsync([partnership.Id], cancel);
        if (ifMatch.Misses(choice?.Version ?? 0) is { } stale) return stale;
        if (new Fields().Text("how", request.How, PartnerChoice.HowMax)
            .Text("criteria", request.Criteria, PartnerChoice.CriteriaMax)
            .Refusal is { } malformed) return malformed;
        if (await viewer.For(partnership.Id, db, cancel) is null) return PartnershipRefusals.NotAParty;
        if (partnership.HasEnded() is { } ended) return ended;
        if (choice is null)
        {
            choice = PartnerChoice.Of(partnership.Id);
            db.Add(choice);
        }
        choice.Record(request.OpenInvitation, request.How.Trim(), request.Criteria.Trim(), viewer.Person, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await PartnersView.Of(partnership.Id, viewer, db, cancel), choice.Version);
    }
}
