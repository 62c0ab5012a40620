using System.Text;
using System.Text.Json.Nodes;

namespace Iop.Verifier;

/// <summary>Judges a signature package: its form, its chain of versions, its seals and whose keys they were made with.</summary>
public sealed class Verification
{
    public const string Format = "iop-signature-package/1";
    private const int VersionsMax = 10_000;
    private static readonly string[] Members = ["agreement", "format", "keys", "versions"];
    private static readonly string[] VersionMembers = ["canonical", "hash", "number", "previousHash", "seals"];
    private static readonly string[] DeclinedMembers = ["canonical", "decline", "hash", "number", "previousHash", "seals"];

    private readonly List<Finding> _findings = [];
    private readonly List<PackedVersion> _versions = [];
    private readonly List<SealedSignature> _signatures = [];
    private readonly List<SealedDecline> _declines = [];
    private readonly Dictionary<string, SealingKey> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private string? _subject;
    private string? _agreement;

    private Verification()
    {
    }

    /// <param name="package">The file, byte for byte.</param>
    /// <param name="trustedKeys">The sealing keys as the service publishes them, got in another way than the package; null when
    /// there are none at hand.</param>
    public static Report Of(byte[] package, byte[]? trustedKeys)
    {
        var verification = new Verification();
        verification.Read(package);
        if (trustedKeys is not null && verification._findings.Count == 0) verification.Compare(trustedKeys);
        return new Report(verification.Verdict(trustedKeys is not null), verification._subject, verification._agreement,
            verification._versions, verification._signatures, verification._declines, verification._findings);
    }

    private Verdict Verdict(bool keysWereGiven)
    {
        if (_findings.Count > 0) return Iop.Verifier.Verdict.False;
        if (_versions[^1] is { } last
            && (last.Signatures < Math.Max(1, last.Required) || _declines.Exists(no => no.Version == last.Number)))
            return Iop.Verifier.Verdict.Incomplete;
        return keysWereGiven ? Iop.Verifier.Verdict.Genuine : Iop.Verifier.Verdict.Unconfirmed;
    }

    private void Read(byte[] package)
    {
        if (Canonical.Read(package) is not JsonObject content)
        {
            Find(Canonical.Parse(package) is null ? "package.not-json" : "package.not-canonical");
            return;
        }
        _agreement = content.Text("agreement");
        if (content.Text("format") != Format || !HasOnly(content, Members) || _agreement is null
            || content["keys"] is not JsonArray keys
            || content["versions"] is not JsonArray { Count: > 0 and <= VersionsMax } versions)
        {
            Find("package.unknown-format");
            return;
        }
        foreach (var key in keys)
        {
            if (SealingKey.Read(key) is not { } known || !_keys.TryAdd(known.Kid, known)) Find("key.not-itself");
        }
        if (!_keys.Keys.SequenceEqual(_keys.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal))
            Find("package.not-canonical");
        string? previous = null;
        for (var place = 0; place < versions.Count; place++) previous = Version(versions[place], place + 1, previous);
        foreach (var unused in _keys.Keys.Except(_used, StringComparer.Ordinal)) Find("key.unused", unused);
    }

    private string? Version(JsonNode? node, int number, string? previous)
    {
        if (node is not JsonObject version
            || !HasOnly(version, version.ContainsKey("decline") ? DeclinedMembers : VersionMembers)
            || version["seals"] is not JsonArray seals
            || Encoded.BytesOfBase64(version.Text("canonical")) is not { } canonical)
        {
            Find("version.malformed", $"{number}");
            return null;
        }
        var hash = Encoded.Hash(canonical);
        if (version.Text("hash") != hash) Find("version.hash-differs", $"{number}");
        if (version.Whole("number") != number || !IsPrevious(version, previous)) Find("version.out-of-chain", $"{number}");
        if (Canonical.Read(canonical) is not JsonObject content || content["text"] is not JsonObject text)
        {
            Find("version.malformed", $"{number}");
            return hash;
        }
        if (content.Whole("number") != number || !IsPrevious(content, previous)) Find("version.out-of-chain", $"{number}");
        if (text.Text("agreementId") != _agreement) Find("version.other-agreement", $"{number}");
        _subject = (text["frame"] as JsonObject)?.Text("title");
        var signed = new SignedVersion(number, hash, SigningParty.Of(text), SigningParty.TurnsOf(content));
        foreach (var seal in seals) Seal(seal, signed);
        if (version.TryGetPropertyValue("decline", out var decline)) Decline(decline, signed);
        _versions.Add(new PackedVersion(number, hash, content.Text("openedOn"), signed.Given.Count,
            (int)signed.Parties.Sum(party => party.Required)));
        return hash;
    }

    private void Seal(JsonNode? node, SignedVersion version)
    {
        var place = version.Given.Count + 1;
        if (Iop.Verifier.Seal.Read(node) is not { } seal)
        {
            Find("seal.malformed", $"{version.Number}", $"{place}");
            return;
        }
        var said = Holds(seal, version, $"{place}");
        if (said.ContainsKey("act") || said.Whole("number") != place || said.Text("prev") != version.Previous)
            Find("seal.out-of-chain", $"{version.Number}", $"{place}");
        if (version.Refuses(said.Text("party"), said.Text("person")) is { } code) Find(code, $"{version.Number}", $"{place}");
        version.Given.Add((said.Text("party") ?? "", said.Text("person") ?? ""));
        version.Previous = Encoded.Hash(Encoding.ASCII.GetBytes(seal.Text));
        _signatures.Add(Stated(said, version));
    }

    /// <summary>A no ends the chain of seals under its version: it names the last one, and nothing names it.</summary>
    private void Decline(JsonNode? node, SignedVersion version)
    {
        if (Iop.Verifier.Seal.Read(node) is not { } seal)
        {
            Find("decline.malformed", $"{version.Number}");
            return;
        }
        var said = Holds(seal, version, "–");
        if (said.Text("act") != "decline" || said.Text("prev") != version.Previous)
            Find("decline.out-of-chain", $"{version.Number}");
        if (version.RefusesDecline(said.Text("party"), said.Text("person"))) Find("decline.impossible", $"{version.Number}");
        _declines.Add(new SealedDecline(version.Number,
            version.Parties.FirstOrDefault(party => party.Id == said.Text("party"))?.Name ?? "?", said.Text("person") ?? "?",
            said.Text("time") ?? "?", said.Text("reason") ?? "?"));
    }

    /// <summary>What a seal states, after a look at whether it holds and is of this version.</summary>
    private JsonObject Holds(Seal seal, SignedVersion version, string place)
    {
        _used.Add(seal.Kid);
        if (!_keys.TryGetValue(seal.Kid, out var key)) Find("seal.unknown-key", $"{version.Number}", place);
        else if (!key.Verifies(seal.Signed, seal.Signature)) Find("seal.broken", $"{version.Number}", place);
        if (seal.Statement.Text("versionHash") != version.Hash || seal.Statement.Text("agreement") != _agreement)
            Find("seal.of-another", $"{version.Number}", place);
        return seal.Statement;
    }

    private static SealedSignature Stated(JsonObject said, SignedVersion version)
    {
        var mandate = said["mandate"] as JsonObject ?? [];
        return new SealedSignature(
            version.Number, version.Parties.FirstOrDefault(party => party.Id == said.Text("party"))?.Name ?? "?",
            said.Text("person") ?? "?", said.Text("time") ?? "?", mandate.Text("basis") ?? "?", mandate.Text("decidedOn") ?? "?",
            mandate.Text("paragraph"), mandate.Text("caseNumber"));
    }

    private void Compare(byte[] trustedKeys)
    {
        if (Canonical.Parse(trustedKeys) is not JsonObject published || published["keys"] is not JsonArray list)
        {
            Find("trusted.malformed");
            return;
        }
        List<SealingKey> trusted = [.. list.Select(SealingKey.Read).OfType<SealingKey>()];
        foreach (var key in _keys.Values.Where(key => !trusted.Exists(key.IsSameAs))) Find("key.not-trusted", key.Kid);
    }

    private void Find(string code, params IReadOnlyList<string> words) => _findings.Add(new Finding(code, words));

    private static bool HasOnly(JsonObject thing, string[] members) =>
        thing.Select(member => member.Key).SequenceEqual(members, StringComparer.Ordinal); // canonical: already in order

    private static bool IsPrevious(JsonObject thing, string? previous) =>
        thing.TryGetPropertyValue("previousHash", out var node)
            && (previous is null ? node is null : thing.Text("previousHash") == previous);
}
