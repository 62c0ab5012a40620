using System.Text.Json;
using System.Text.Json.Nodes;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Versions;

/// <summary>A version with everything that proves it (underskriftspaket): the canonical texts of it and of those before, their
/// seals, and the public keys. One file in canonical form, to be kept and verified without us.</summary>
internal static class PackVersion
{
    public const string Format = "iop-signature-package/1";

    public static void Map(IEndpointRouteBuilder api) => api
        .MapGet("/agreements/{id:guid}/versions/{hash}/package", Handle).WithName(nameof(PackVersion))
        .Produces<object>(StatusCodes.Status200OK, "application/json");

    internal static async Task<IResult> Handle(
        Guid id, string hash, AgreementsDb db, KeyRing keys, HttpResponse response, CancellationToken cancel)
    {
        var agreement = new AgreementId(id);
        var versions = await db.Versions.AsNoTracking().Where(version => version.AgreementId == agreement)
            .OrderBy(version => version.Number).ToListAsync(cancel);
        if (versions.Find(version => version.Hash == hash) is not { } packed) return (Answer<object>)Refusal.NotFound;
        var signatures = await db.Signatures.AsNoTracking().Where(signature => signature.AgreementId == agreement)
            .OrderBy(signature => signature.Number).ToListAsync(cancel);
        var declines = await db.Declines.AsNoTracking().Where(decline => decline.AgreementId == agreement && decline.Seal != null)
            .ToDictionaryAsync(decline => decline.VersionHash, decline => decline.Seal!, StringComparer.Ordinal, cancel);
        var package = Of(agreement, [.. versions.Where(version => version.Number <= packed.Number)],
            signatures.ToLookup(signature => signature.VersionHash, StringComparer.Ordinal), declines,
            await keys.All(Sealer.Purpose, cancel));
        response.Headers.CacheControl = "private, no-cache"; // it grows with every signature
        return TypedResults.File(CanonicalJson.Of(package), "application/json", $"underskriftspaket-{hash[..12]}.json");
    }

    private static JsonObject Of(
        AgreementId agreement, List<AgreementVersion> versions, ILookup<string, Signature> signatures,
        Dictionary<string, string> declines, IReadOnlyList<SigningKey> keys)
    {
        var seals = versions.SelectMany(version => signatures[version.Hash].Select(signature => signature.Seal)
            .Append(declines.GetValueOrDefault(version.Hash))).OfType<string>();
        var used = seals.Select(KidOf).ToHashSet(StringComparer.Ordinal);
        return new JsonObject
        {
            ["format"] = Format,
            ["agreement"] = agreement.Value.ToString(),
            ["versions"] = new JsonArray([.. versions.Select(version =>
                Packed(version, signatures[version.Hash], declines.GetValueOrDefault(version.Hash)))]),
            // Those that sealed something here, and no others: nothing in the package is there for nothing.
            ["keys"] = new JsonArray([.. keys.Where(key => used.Contains(key.Kid))
                .OrderBy(key => key.Kid, StringComparer.Ordinal).Select(key => JsonNode.Parse(key.PublicJwk.GetRawText()))]),
        };
    }

    private static JsonObject Packed(AgreementVersion version, IEnumerable<Signature> signatures, string? decline)
    {
        var packed = new JsonObject
        {
            ["canonical"] = Convert.ToBase64String(version.Canonical),
            ["hash"] = version.Hash,
            ["number"] = version.Number,
            ["previousHash"] = version.PreviousHash,
            ["seals"] = new JsonArray([.. signatures.Select(signature => JsonValue.Create(signature.Seal))]),
        };
        if (decline is not null) packed["decline"] = decline; // nothing is there where nobody said no
        return packed;
    }

    private static string KidOf(string seal) => JsonSerializer.Deserialize<JsonElement>(
        Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(seal.Split('.')[0])).GetProperty("kid").GetString()!;
}
