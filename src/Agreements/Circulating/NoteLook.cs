using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Signing;
using Iop.Agreements.Storage;
using Iop.Agreements.Versions;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Circulating;

/// <summary>Somebody has read the text as it stands (tar del av): reviewers must, before their party signs; others so that they
/// are shown what has changed when they come back.</summary>
internal static class NoteLook
{
    public sealed record Request(string? Comment = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/agreements/{id:guid}/looks", Handle)
        .WithName(nameof(NoteLook));

    internal static async Task<Answer<SigningView>> Handle(
        Guid id, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        var own = file.Parties.Where(party => party.IsActedForBy(viewer.Organisation, viewer.Unit)).ToList();
        if (own.Count == 0) return PartnershipRefusals.NotAParty;
        // The text that was seen, whoever has signed meanwhile.
        if (ifMatch.BeforeDot().Misses(file.Tag.Split('.')[0]) is { } stale) return stale;
        if (new Fields().OptionalText("comment", request.Comment, Look.CommentMax).Refusal is { } malformed) return malformed;
        var (now, by) = (clock.GetUtcNow(), await viewer.Signer(cancel));
        var before = SigningNews.Ready(file);
        var asked = Asked(file, own, viewer);
        foreach (var reviewer in asked)
        {
            if (reviewer.Look(agreement.VersionHash!, by, now) is { } passed) return passed;
            SigningNews.TellReviewed(db, file, reviewer);
        }
        var look = Of(file, viewer.Organisation, by, request.Comment, now);
        if (asked.Count == 0 && look.Comment is null && await db.Looks.AnyAsync(
            known => known.AgreementId == agreement.Id && known.Person == by.Person && known.Hash == look.Hash, cancel))
            return SigningRefusals.LookedAlready;
        if (asked.Count > 0 && agreement.NoteSigning() is { } refusal) return refusal;
        db.Add(look);
        SigningNews.TellWhoMaySign(db, file, before);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await SigningView.Of(file, db, viewer, cancel), file.Tag);
    }

    /// <summary>The reviewers of the caller's parties that the caller is, and who have yet to look.</summary>
    private static List<Reviewer> Asked(AgreementFile file, List<Party> own, Viewer viewer) => !file.Agreement.IsOpenForSignature
        ? []
        : [.. own.SelectMany(party => file.Signing.Unread(party, file.Agreement.VersionHash!))
            .Where(reviewer => reviewer.Means(viewer.Person, viewer.Caller.Roles))];

    private static Look Of(AgreementFile file, OrganisationRef organisation, Signer by, string? comment, DateTimeOffset now)
    {
        var draft = file.Agreement.VersionHash is null ? Content.Draft(file) : null;
        return new Look
        {
            LookId = Guid.CreateVersion7(now),
            AgreementId = file.Agreement.Id,
            PartnershipId = file.Agreement.PartnershipId,
            Organisation = organisation,
            Person = by.Person,
            PersonName = by.Name,
            Hash = file.Agreement.VersionHash ?? Platform.Sealing.CanonicalJson.Hash(draft),
            Canonical = draft,
            Comment = string.IsNullOrWhiteSpace(comment) ? null : comment.Trim(),
            LookedAt = now,
        };
    }
}
