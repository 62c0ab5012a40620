using System.Text.Json;
using System.Text.Json.Serialization;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Publishing;

namespace Iop.OutcomeFinance.Publishing;

/// <summary>A contract as everybody may see it. Its JSON is written by the system alone, after suppression.</summary>
internal sealed class PublishedContract
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public required ContractId ContractId { get; init; }

    public required string Title { get; init; }

    public required ContractState State { get; set; }

    public required string Currency { get; init; }

    public required Guid? PartnershipId { get; init; }

    public required DateOnly SignedOn { get; init; }

    public DateOnly? EndedOn { get; set; }

    public required string Facts { get; set; }

    public required string Results { get; set; }

    public required string Said { get; set; }

    public required int Release { get; set; }

    public required DateTimeOffset ReleasedAt { get; set; }

    public static string Write<T>(T what) => JsonSerializer.Serialize(what, Json);

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Json)!;

    /// <summary>What was published last, with all that was ever published before it.</summary>
    public Publication Last => Read<Publication>(Results) with { Said = Read<IReadOnlyList<SaidCount>>(Said) };

    public void Take(ContractFacts facts, DateTimeOffset now)
    {
        Facts = Write(facts);
        Release++;
        ReleasedAt = now;
    }

    public void Take(Publication publication, DateTimeOffset now)
    {
        (Results, Said) = (Write(publication with { Said = [] }), Write(publication.Said));
        Release++;
        ReleasedAt = now;
    }
}

/// <summary>Who the parties are, and which periods there are: as it was signed, or as it was last amended.</summary>
internal sealed record ContractFacts(IReadOnlyList<PartyFact> Parties, IReadOnlyList<PeriodFact> Periods)
{
    public static ContractFacts Of(OutcomeContract contract) => new(
        [.. contract.Editions[^1].Roster.Parties.Select(party => new PartyFact(
            party.OrganisationId, party.Name, Words.Of(party.Role)))],
        [.. contract.Periods.Select(period => new PeriodFact(period.Key, period.From, period.To, period.Final))]);
}

internal sealed record PartyFact(Guid OrganisationId, string Name, string Role);

internal sealed record PeriodFact(string Key, DateOnly From, DateOnly To, bool Final);
