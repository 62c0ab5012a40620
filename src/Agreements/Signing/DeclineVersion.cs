using System.Globalization;
using System.Text.Json.Nodes;
using Iop.Agreements.Assessing;
using Iop.Agreements.Circulating;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Drafting;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Sealing;

namespace Iop.Agreements.Signing;

/// <summary>A signatory says no to the opened version (avböjer), with the reason. Nobody can sign it any more; what has been
/// signed stays in the record.</summary>
internal static class DeclineVersion
{
    public sealed record Request(string Reason, Guid? PartyId = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/agreements/{id:guid}/declines", Handle)
        .WithName(nameof(DeclineVersion));

    internal static async Task<Answer<AgreementView>> Handle(
        Guid id, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues, Sealer sealer,
        TimeProvider clock, CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Signatory) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (agreement.VersionHash is null && ifMatch.Tag is not null)
            return AgreementRefusals.NotOpenForSignature(agreement.State);
        if (ifMatch.BeforeDot().Misses(agreement.VersionHash ?? "") is { } stale) return stale;
        if (new Fields().Text("reason", request.Reason, Decline.ReasonMax).Refusal is { } malformed) return malformed;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (SignAgreement.PartyOf(file, request.PartyId, viewer) is not { } party) return PartnershipRefusals.NotAParty;
        if (Decline.Give(agreement, party, file.Names.Of(party), await viewer.Signer(cancel), request.Reason.Trim(), file.Signing,
            file.Signatures, SignAgreement.Previous(file), clock.GetUtcNow(), out var decline) is { } refusal) return refusal;
        if (agreement.NoteSigning() is { } closed) return closed;
        decline.SealWith(await sealer.Seal(Statement(decline), cancel));
        db.Add(decline);
        file.Signing = file.Signing with { Declined = decline };
        db.Announce(id, agreement.Version, new AgreementVersionDeclined
        {
            AgreementId = id,
            Sequence = agreement.Version,
            PartnershipId = agreement.PartnershipId.Value,
            Title = agreement.Title,
            VersionHash = decline.VersionHash,
            PartyId = party.Id.Value,
            OrganisationId = party.Organisation.Value,
            PersonId = decline.Person.Value,
            Reason = decline.Reason,
        });
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await AgreementView.Of(file, viewer, cancel), file.Tag);
    }

    /// <summary>What is sealed: as a signature's, but that it says no, and why.</summary>
    private static JsonObject Statement(Decline decline) => new()
    {
        ["act"] = "decline",
        ["versionHash"] = decline.VersionHash,
        ["agreement"] = decline.AgreementId.Value.ToString(),
        ["party"] = decline.PartyId.Value.ToString(),
        ["organisation"] = decline.Organisation.Value.ToString(),
        ["person"] = decline.Person.Value.ToString(),
        ["reason"] = decline.Reason,
        ["time"] = decline.DeclinedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["prev"] = decline.Previous,
    };
}
