using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Iop.Verifier.Tests;

/// <summary>A package made by hand, as small as a genuine one can be: two versions, three signatures, one key.</summary>
internal sealed class SmallPackage : IDisposable
{
    private readonly ECDsa _pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly List<string> _versions = [];
    private string? _previous;

    public string Agreement { get; init; } = "a";

    public string Jwk => Named(_pair);

    public byte[] Keys => Encoding.UTF8.GetBytes($$"""{ "keys": [{{Jwk}}] }""");

    /// <summary>Two versions: one that one party signed, and a second that both have.</summary>
    public static SmallPackage Signed(string turns = "", string second = "q2")
    {
        var package = new SmallPackage();
        package.Version("", ("p", "p1"));
        package.Version(turns, ("p", "p1"), ("q", second));
        return package;
    }

    public SmallPackage Version(string turns, params (string Party, string Person)[] signers) => Version(turns, null, signers);

    /// <summary>A version that one party signed and the other declined, and one that both have signed.</summary>
    public static SmallPackage Declined(string party = "q", string person = "q1", string act = "decline", string? prev = null)
    {
        var package = new SmallPackage();
        package.Version("", (party, person, act, prev), ("p", "p1"));
        package.Version("", ("p", "p1"), ("q", "q2"));
        return package;
    }

    public SmallPackage Version(string turns, (string Party, string Person, string Act, string? Prev)? no,
        params (string Party, string Person)[] signers)
    {
        var number = _versions.Count + 1;
        var text = $$$"""{"agreementId":"{{{Agreement}}}","frame":{"title":"Vårsol"},"parties":[{"name":"P","partyId":"p","requiredSignatures":1},{"name":"Q","partyId":"q","requiredSignatures":1}]}""";
        var signing = turns.Length == 0 ? "" : $$$""","signing":{"order":"sequence","turns":[{{{turns}}}]}""";
        var before = _previous is null ? "null" : $"\"{_previous}\"";
        var canonical = $$$"""{"number":{{{number}}},"openedOn":"2026-03-02","previousHash":{{{before}}}{{{signing}}},"text":{{{text}}}}""";
        var hash = Hash(canonical);
        var (seals, last) = (new List<string>(), hash);
        foreach (var (party, person) in signers)
        {
            var seal = Seal($$$"""{"agreement":"{{{Agreement}}}","mandate":{"basis":"board","caseNumber":null,"decidedOn":"2026-02-20","paragraph":"§ 1"},"number":{{{seals.Count + 1}}},"party":"{{{party}}}","person":"{{{person}}}","prev":"{{{last}}}","time":"2026-03-02T09:00:00.000Z","versionHash":"{{{hash}}}"}""");
            seals.Add($"\"{seal}\"");
            last = Hash(seal);
        }
        var decline = no is not { } said ? "" : $",\"decline\":\"{Seal($$$"""{"act":"{{{said.Act}}}","agreement":"{{{Agreement}}}","party":"{{{said.Party}}}","person":"{{{said.Person}}}","prev":"{{{said.Prev ?? last}}}","reason":"Nej","time":"2026-03-02T09:00:00.000Z","versionHash":"{{{hash}}}"}""")}\"";
        _versions.Add($$$"""{"canonical":"{{{Convert.ToBase64String(Encoding.UTF8.GetBytes(canonical))}}}"{{{decline}}},"hash":"{{{hash}}}","number":{{{number}}},"previousHash":{{{before}}},"seals":[{{{string.Join(',', seals)}}}]}""");
        _previous = hash;
        return this;
    }

    public string Text(string? keys = null) => $$"""{"agreement":"{{Agreement}}","format":"iop-signature-package/1","keys":[{{keys ?? Jwk}}],"versions":[{{string.Join(',', _versions)}}]}""";

    public byte[] Bytes => Encoding.UTF8.GetBytes(Text());

    public void Dispose() => _pair.Dispose();

    public static string Named(ECDsa pair)
    {
        var point = pair.ExportParameters(false).Q;
        var (x, y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        var kid = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(
            $$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
        return $$"""{"alg":"ES256","crv":"P-256","kid":"{{kid}}","kty":"EC","use":"sig","x":"{{x}}","y":"{{y}}"}""";
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private string Seal(string statement)
    {
        var kid = System.Text.Json.JsonDocument.Parse(Jwk).RootElement.GetProperty("kid").GetString();
        var signed = $"{Part($$"""{"alg":"ES256","kid":"{{kid}}","typ":"iop-seal+jws"}""")}.{Part(statement)}";
        return $"{signed}.{Base64Url.EncodeToString(_pair.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
