using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Signing;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Circulating;

/// <summary>The party goes on without one of its reviewers, who is ill or has left; the reason is kept.</summary>
internal static class ReleaseReviewer
{
    public sealed record Request(string Reason);

    public static void Map(IEndpointRouteBuilder api) => api
        .MapPost("/agreements/{id:guid}/reviewers/{reviewerId:guid}/release", Handle).WithName(nameof(ReleaseReviewer));

    internal static async Task<Answer<SigningView>> Handle(
        Guid id, Guid reviewerId, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues,
        TimeProvider clock, CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (file.Signing.Reviewers.FirstOrDefault(known => known.ReviewerId == reviewerId) is not { } reviewer)
            return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Signatory) is { } missing) return missing;
        if (!file.Parties.Any(party => party.Id == reviewer.PartyId && party.IsActedForBy(viewer.Organisation, viewer.Unit)))
            return PartnershipRefusals.NotAParty;
        if (ifMatch.BeforeDot().Misses(file.Tag.Split('.')[0]) is { } stale) return stale;
        if (new Fields().Text("reason", request.Reason, Reviewer.ReasonMax).Refusal is { } malformed) return malformed;
        if (!agreement.IsOpenForSignature) return AgreementRefusals.NotOpenForSignature(agreement.State);
        var before = SigningNews.Ready(file);
        var by = await viewer.Signer(cancel);
        if (reviewer.Release(agreement.VersionHash!, by, request.Reason.Trim(), clock.GetUtcNow()) is { } passed) return passed;
        if (agreement.NoteSigning() is { } refusal) return refusal;
        SigningNews.TellReviewed(db, file, reviewer);
        SigningNews.TellWhoMaySign(db, file, before);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await SigningView.Of(file, db, viewer, cancel), file.Tag);
    }

    /// <summary>Who acts, by the name we know.</summary>
    internal static async Task<Signer> Signer(this Viewer viewer, CancellationToken cancel) =>
        new(viewer.Person, (await viewer.NamesOf([viewer.Person], cancel)).GetValueOrDefault(viewer.Person));
}
