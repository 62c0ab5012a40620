using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Drafting;

/// <summary>A contribution is corrected while the agreement is a draft, or shown.</summary>
internal static class ChangeContribution
{
    public sealed record Request(
        ContributionKind Kind, string Description, string? KronorPerYear = null, int? HoursPerYear = null,
            string? FundingSource = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/agreements/{id:guid}/contributions/{contributionId:guid}", Handle).WithName(nameof(ChangeContribution));
        api.MapDelete("/agreements/{id:guid}/contributions/{contributionId:guid}", Remove).WithName("RemoveContribution");
        api.MapGet("/agreements/{id:guid}/contributions/{contributionId:guid}", Show).WithName("ShowContribution");
    }

    internal static async Task<Answer<ContributionView>> Handle(
        Guid id, Guid contributionId, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues,
            CancellationToken cancel)
    {
        if (await db.AgreementForWriting(id, cancel) is not { } agreement) return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (file.Contributions.SingleOrDefault(offer =>
            offer.Id.Value == contributionId) is not { } contribution) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (ifMatch.Misses(contribution.Version) is { } stale) return stale;
        if (OfferContribution.Read(request.Kind, request.Description, request.KronorPerYear, request.HoursPerYear,
            request.FundingSource, out var offered) is { } malformed)
            return malformed;
        if ((agreement.IsFixed ?? contribution.Change(offered)) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(ContributionView.Of(contribution, file), contribution.Version);
    }

    internal static async Task<Answer<AgreementView>> Remove(
        Guid id, Guid contributionId, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues,
            CancellationToken cancel)
    {
        if (await db.AgreementForWriting(id, cancel) is not { } agreement) return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (file.Contributions.SingleOrDefault(offer =>
            offer.Id.Value == contributionId) is not { } contribution) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (ifMatch.Misses(contribution.Version) is { } stale) return stale;
        if (agreement.IsFixed is { } refusal) return refusal;
        db.Remove(contribution);
        file.Contributions.Remove(contribution);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await AgreementView.Of(file, viewer, cancel), file.Tag);
    }

    internal static async Task<Answer<ContributionView>> Show(
        Guid id, Guid contributionId, AgreementsDb db, Catalogues catalogues, CancellationToken cancel)
    {
        if (await db.Agreements.FindAsync([new AgreementId(id)], cancel) is not { } agreement) return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (file.Contributions.SingleOrDefault(offer =>
            offer.Id.Value == contributionId) is not { } contribution) return Refusal.NotFound;
        return Answers.Ok(ContributionView.Of(contribution, file), contribution.Version);
    }
}
