using System.Text.Json.Nodes;

namespace Iop.Verifier;

/// <summary>A party as the version names it.</summary>
internal sealed record SigningParty(string Id, string Name, long Required)
{
    public static IReadOnlyList<SigningParty> Of(JsonObject text) =>
    [
        .. (text["parties"] as JsonArray ?? []).OfType<JsonObject>().Select(party => new SigningParty(
            party.Text("partyId") ?? "", party.Text("name") ?? "?", party.Whole("requiredSignatures") ?? 1)),
    ];

    /// <summary>Whose turn comes when; empty when all sign in parallel.</summary>
    public static IReadOnlyDictionary<string, long> TurnsOf(JsonObject content) =>
        ((content["signing"] as JsonObject)?["turns"] as JsonArray ?? []).OfType<JsonObject>()
        .GroupBy(turn => turn.Text("partyId") ?? "", StringComparer.Ordinal)
        .ToDictionary(turns => turns.Key, turns => turns.First().Whole("turn") ?? 1, StringComparer.Ordinal);
}

/// <summary>A version and the signatures under it, in the order they were given.</summary>
internal sealed class SignedVersion(
    int number, string hash, IReadOnlyList<SigningParty> parties, IReadOnlyDictionary<string, long> turns)
{
    public int Number => number;

    public string Hash { get; } = hash;

    public IReadOnlyList<SigningParty> Parties => parties;

    public List<(string Party, string Person)> Given { get; } = [];

    /// <summary>What the next seal must name as the one before: the last seal's hash, or the version's.</summary>
    public string Previous { get; set; } = hash;

    /// <summary>Why somebody cannot have signed for a party here, or null.</summary>
    public string? Refuses(string? party, string? person)
    {
        if (parties.FirstOrDefault(known => known.Id == party) is not { } of) return "seal.unknown-party";
        if (person is null || Given.Contains((of.Id, person))) return "seal.same-person";
        if (Count(of) >= of.Required) return "seal.too-many";
        return parties.Any(other => TurnOf(other) < TurnOf(of) && Count(other) < other.Required) ? "seal.out-of-turn" : null;
    }

    /// <summary>Whether this person cannot have declined for the party: nobody says no who has signed, nor for a party that
    /// has.</summary>
    public bool RefusesDecline(string? party, string? person) =>
        parties.FirstOrDefault(known => known.Id == party) is not { } of || person is null || Given.Contains((of.Id, person))
        || Count(of) >= of.Required;

    private long TurnOf(SigningParty party) => turns.GetValueOrDefault(party.Id, 1);

    private int Count(SigningParty party) => Given.Count(given => given.Party == party.Id);
}
