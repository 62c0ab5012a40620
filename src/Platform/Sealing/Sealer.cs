using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Iop.Platform.Sealing;

/// <summary>Seals statements as compact JWS (RFC 7515, ES256) with the service's own sealing keys. What is sealed names the hash
/// of what came before, so that a chain cannot lose or swap a link.</summary>
public sealed class Sealer(KeyRing keys)
{
    public const string Purpose = "sealing";

    /// <summary>The sealed statement: <c>header.payload.signature</c>.</summary>
    public async Task<string> Seal(JsonObject statement, CancellationToken cancel)
    {
        var key = (await keys.All(Purpose, cancel))[0];
        var header = Base64UrlEncoder.Encode(
                CanonicalJson.Of(new JsonObject { ["alg"] = "ES256", ["kid"] = key.Kid, ["typ"] = "iop-seal+jws" }));
        var signed = $"{header}.{Base64UrlEncoder.Encode(CanonicalJson.Of(statement))}";
        var signature = key.Pair.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64UrlEncoder.Encode(signature)}";
    }

    /// <summary>The statement, if the seal is genuine; else null.</summary>
    public async Task<JsonObject?> Open(string seal, CancellationToken cancel) =>
        Open(seal, (await keys.All(Purpose, cancel)).Select(key => key.PublicJwk));

    /// <summary>The same against published keys alone, for whoever verifies without us.</summary>
    public static JsonObject? Open(string seal, IEnumerable<JsonElement> publicKeys)
    {
        try
        {
            if (seal.Split('.') is not [var header, var payload, var signature]) return null;
            var head = JsonNode.Parse(Base64UrlEncoder.DecodeBytes(header)) as JsonObject;
            if ((string?)head?["alg"] != "ES256" || (string?)head["typ"] != "iop-seal+jws") return null;
            var jwk = publicKeys.FirstOrDefault(key => key.GetProperty("kid").GetString() == (string?)head["kid"]);
            if (jwk.ValueKind is not JsonValueKind.Object) return null;
            using var key = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = { X = Base64UrlEncoder.DecodeBytes(jwk.GetProperty("x").GetString()),
                    Y = Base64UrlEncoder.DecodeBytes(jwk.GetProperty("y").GetString()) },
            });
            var bytes = Base64UrlEncoder.DecodeBytes(signature);
            // One text for one signature: a re-encoding of the same bytes is not the seal that was issued.
            if (Base64UrlEncoder.Encode(bytes) != signature) return null;
            var holds = key.VerifyData(Encoding.ASCII.GetBytes($"{header}.{payload}"), bytes, HashAlgorithmName.SHA256,
                    DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            return holds ? JsonNode.Parse(Base64UrlEncoder.DecodeBytes(payload)) as JsonObject : null;
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException or CryptographicException
            or ArgumentException)
        {
            return null;
        }
    }
}
