using Iop.Agreements.Assessing;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Drafting;
using Iop.Agreements.Life;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Signing;

/// <summary>The text is fixed and opened for signature (öppnas för underskrift). No edit slips past: the row lock waits for
/// every one under way.</summary>
internal static class OpenAgreement
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/agreements/{id:guid}/opening", Handle)
        .WithName(nameof(OpenAgreement));

    internal static async Task<Answer<AgreementView>> Handle(
        Guid id, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues, TakingOver takingOver,
            TimeProvider clock, CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (ifMatch.Misses(file.Tag) is { } stale) return stale;
        if ((agreement.IsFixed ?? file.Gate.Refusal ?? file.Signing.Refuses(file.Parties, file.Names.Of)) is { } closed)
            return closed;
        if (agreement.InForceHash is not null && ChangeScope.Beyond(agreement.ChangeKind, file.Change.PartyId,
            (await takingOver.InForceText(agreement, cancel)).Text, file.Text) is { } beyond) return beyond;
        var previous = await db.Versions.Where(known => known.AgreementId == agreement.Id)
            .OrderByDescending(known => known.Number)
            .FirstOrDefaultAsync(cancel);
        var now = clock.GetUtcNow();
        var people = await viewer.NamesOf(file.Answers.Select(answer => answer.AnsweredBy), cancel);
        var version = FixedText.Fix(file, viewer.Person, people, previous, now);
        db.Add(version);
        await db.SaveChangesAsync(cancel); // the database looks at the gate for itself while the agreement is still a draft
        if (agreement.Open(file.Gate, version.Hash, now) is { } refusal) return refusal;
        db.Announce(id, agreement.Version, Opened(file));
        SigningNews.AskReviewers(db, file);
        SigningNews.TellWhoMaySign(db, file, []);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await AgreementView.Of(file, viewer, cancel), file.Tag);
    }

    private static AgreementOpenedForSignature Opened(AgreementFile file) => new()
    {
        AgreementId = file.Agreement.Id.Value,
        Sequence = file.Agreement.Version,
        PartnershipId = file.Agreement.PartnershipId.Value,
        Title = file.Agreement.Title,
        VersionHash = file.Agreement.VersionHash!,
        Parties =
        [
            .. file.Parties.Select(party => new AgreementOpenedForSignatureParty
            {
                PartyId = party.Id.Value,
                OrganisationId = party.Organisation.Value,
                UnitId = party.Unit?.Value,
                Name = file.Names.Of(party),
                Kind = Words.Of(party.Kind),
                RequiredSignatures = party.RequiredSignatures,
            }),
        ],
    };
}
