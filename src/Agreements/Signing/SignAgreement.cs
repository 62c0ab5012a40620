using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Drafting;
using Iop.Agreements.Life;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Sealing;

namespace Iop.Agreements.Signing;

/// <summary>A person signs for a party (undertecknar), on a stated decision. When the last one has, the agreement is
/// signed.</summary>
internal static class SignAgreement
{
    /// <param name="PartyId">Which party, for someone who may sign for several units of one organisation.</param>
    public sealed record Request(MandateRequest Mandate, Guid? PartyId = null);

    public sealed record MandateRequest(MandateBasis Basis, DateOnly DecidedOn, string? Paragraph = null,
        string? CaseNumber = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/agreements/{id:guid}/signatures", Handle)
        .WithName(nameof(SignAgreement));

    internal static async Task<Answer<AgreementView>> Handle(
        Guid id, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues, Sealer sealer,
            TimeProvider clock, CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Signatory) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        // The immutable version's hash, or the agreement's tag which begins with it: so that many can sign at once.
        if (agreement.VersionHash is null && ifMatch.Tag is not null)
            return AgreementRefusals.NotOpenForSignature(agreement.State);
        if (ifMatch.BeforeDot().Misses(agreement.VersionHash ?? "") is { } stale) return stale;
        var mandate = new Mandate(request.Mandate.Basis, request.Mandate.DecidedOn, request.Mandate.Paragraph,
            request.Mandate.CaseNumber);
        if (new Fields().OptionalText("mandate.paragraph", mandate.Paragraph, Mandate.ParagraphMax)
                .OptionalText("mandate.caseNumber", mandate.CaseNumber, Mandate.CaseNumberMax)
                    .Refusal is { } malformed) return malformed;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (PartyOf(file, request.PartyId, viewer) is not { } party) return PartnershipRefusals.NotAParty;
        var now = clock.GetUtcNow();
        var name = (await viewer.NamesOf([viewer.Person], cancel)).GetValueOrDefault(viewer.Person);
        if (Signature.Give(Guid.CreateVersion7(now), agreement, party, file.Names.Of(party), new Signer(viewer.Person, name),
            mandate,
                file.Signatures, Previous(file), now, out var signature) is { } refusal) return refusal;
        if (file.Signing.Refuses(party, file.Parties, file.Signatures, agreement.VersionHash!, file.Names.Of) is { } notYet)
            return notYet;
        var before = SigningNews.Ready(file);
        signature.SealWith(await sealer.Seal(Statement(signature), cancel));
        db.Add(signature);
        file.Signatures.Add(signature);
        await db.SaveChangesAsync(cancel); // the database sees for itself that the version is open, before the state may move on
        var isLast = file.Parties.All(of => Signature.MissingFor(of, file.Signatures) <= 0);
        if (agreement.TakeSignature(isLast, now) is { } closed) return closed;
        db.Announce(id, agreement.Version, Given(file, signature, party));
        SigningNews.TellWhoMaySign(db, file, before);
        if (isLast) await AllHaveSigned(file, db, cancel);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await AgreementView.Of(file, viewer, cancel), file.Tag);
    }

    /// <summary>The hash that the next seal builds on.</summary>
    internal static string Previous(AgreementFile file) =>
        file.Signatures.Count == 0 ? file.Agreement.VersionHash ?? ""
            : CanonicalJson.Hash(Encoding.ASCII.GetBytes(file.Signatures[^1].Seal));

    internal static JsonObject Statement(Signature signature) => new()
    {
        ["versionHash"] = signature.VersionHash,
        ["agreement"] = signature.AgreementId.Value.ToString(),
        ["number"] = signature.Number,
        ["party"] = signature.PartyId.Value.ToString(),
        ["organisation"] = signature.Organisation.Value.ToString(),
        ["person"] = signature.Person.Value.ToString(),
        ["mandate"] = new JsonObject
        {
            ["basis"] = Words.Of(signature.Basis),
            ["decidedOn"] = signature.DecidedOn.ToString("O", CultureInfo.InvariantCulture),
            ["paragraph"] = signature.Paragraph,
            ["caseNumber"] = signature.CaseNumber,
        },
        ["time"] = signature.SignedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["prev"] = signature.Previous,
    };

    /// <summary>The party the caller acts for: the named one, else the first that still needs this person.</summary>
    internal static Party? PartyOf(AgreementFile file, Guid? named, Viewer viewer)
    {
        var own = file.Parties.Where(party => party.IsActedForBy(viewer.Organisation, viewer.Unit)).ToList();
        if (named is { } id) return own.SingleOrDefault(party => party.Id.Value == id);
        return own.FirstOrDefault(party => Signature.MissingFor(party, file.Signatures) > 0
                && !file.Signatures.Any(signature => signature.PartyId == party.Id && signature.Person == viewer.Person))
            ?? own.FirstOrDefault();
    }

    private static async Task AllHaveSigned(AgreementFile file, AgreementsDb db, CancellationToken cancel)
    {
        var agreement = file.Agreement;
        db.Announce(agreement.Id.Value, agreement.Version, new AgreementSigned
        {
            AgreementId = agreement.Id.Value,
            Sequence = agreement.Version,
            PartnershipId = agreement.PartnershipId.Value,
            Title = agreement.Title,
            VersionHash = agreement.VersionHash!,
            StartsOn = agreement.TakesOverOn!.Value,
            EndsOn = agreement.EndsOn,
        });
        await db.Schedule(EnterIntoForceWhenStartDateComes.Kind, agreement.Id.Value,
            SwedishTime.StartOf(agreement.TakesOverOn.Value), cancel);
    }

    private static AgreementSignatureGiven Given(AgreementFile file, Signature signature, Party party) => new()
    {
        AgreementId = file.Agreement.Id.Value,
        Sequence = file.Agreement.Version,
        PartnershipId = file.Agreement.PartnershipId.Value,
        Title = file.Agreement.Title,
        PartyId = party.Id.Value,
        OrganisationId = party.Organisation.Value,
        PersonId = signature.Person.Value,
        PartySignaturesMissing = Signature.MissingFor(party, file.Signatures),
    };
}
