using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Iop.Verifier;

/// <summary>A public key (JWK, P-256), named by its thumbprint (RFC 7638): another key has another name.</summary>
internal sealed record SealingKey(string Kid, byte[] X, byte[] Y)
{
    private const int CoordinateLength = 32;
    private static readonly string[] Members = ["alg", "crv", "kid", "kty", "use", "x", "y"];

    /// <summary>Null when it is not such a key, or not the one it is named.</summary>
    public static SealingKey? Read(JsonNode? node)
    {
        if (node is not JsonObject jwk || !jwk.Select(member => member.Key).Order(StringComparer.Ordinal)
            .SequenceEqual(Members, StringComparer.Ordinal))
            return null;
        if (jwk.Text("alg") != "ES256" || jwk.Text("crv") != "P-256" || jwk.Text("kty") != "EC" || jwk.Text("use") != "sig")
            return null;
        if (Encoded.Bytes(jwk.Text("x")) is not { Length: CoordinateLength } x
            || Encoded.Bytes(jwk.Text("y")) is not { Length: CoordinateLength } y) return null;
        var named = $$"""{"crv":"P-256","kty":"EC","x":"{{jwk.Text("x")}}","y":"{{jwk.Text("y")}}"}""";
        var kid = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(named)));
        return jwk.Text("kid") == kid ? new SealingKey(kid, x, y) : null;
    }

    public bool IsSameAs(SealingKey other) =>
        Kid == other.Kid && X.AsSpan().SequenceEqual(other.X) && Y.AsSpan().SequenceEqual(other.Y);

    public bool Verifies(string signed, byte[] signature)
    {
        try
        {
            using var key = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = X, Y = Y },
            });
            return key.VerifyData(Encoding.ASCII.GetBytes(signed), signature, HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            return false; // no point of the curve
        }
    }
}

/// <summary>A sealed statement (compact JWS, ES256).</summary>
internal sealed record Seal(string Text, string Kid, JsonObject Statement, string Signed, byte[] Signature)
{
    public static Seal? Read(JsonNode? node)
    {
        if (node is not JsonValue value || !value.TryGetValue<string>(out var text)) return null;
        if (text.Split('.') is not [var header, var payload, var signature]) return null;
        if (Encoded.Bytes(header) is not { } head || Encoded.Bytes(payload) is not { } body
            || Encoded.Bytes(signature) is not { } bytes) return null;
        if (Canonical.Read(head) is not JsonObject named || Canonical.Read(body) is not JsonObject statement) return null;
        return named.Text("alg") == "ES256" && named.Text("typ") == "iop-seal+jws" && named.Text("kid") is { } kid
            ? new Seal(text, kid, statement, $"{header}.{payload}", bytes) : null;
    }
}

/// <summary>Bytes as text; one text only for the same bytes.</summary>
internal static class Encoded
{
    public static byte[]? Bytes(string? text)
    {
        if (text is null || !Base64Url.IsValid(text)) return null;
        var bytes = Base64Url.DecodeFromChars(text);
        return Base64Url.EncodeToString(bytes) == text ? bytes : null;
    }

    public static byte[]? BytesOfBase64(string? text)
    {
        if (text is null || !Base64.IsValid(text)) return null;
        var bytes = Convert.FromBase64String(text);
        return Convert.ToBase64String(bytes) == text ? bytes : null;
    }

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static string? Text(this JsonObject thing, string name) =>
        thing.TryGetPropertyValue(name, out var node) && node is JsonValue value && value.TryGetValue<string>(out var text)
            ? text : null;

    public static long? Whole(this JsonObject thing, string name) =>
        thing.TryGetPropertyValue(name, out var node) && node is JsonValue value && value.TryGetValue<long>(out var number)
            ? number : null;
}
