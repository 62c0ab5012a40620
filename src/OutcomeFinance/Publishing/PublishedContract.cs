using System.Text.Json;
using System.Text.Json.Serialization;
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

    public required string Facts { get; init; }

    public required string Results { get; set; }

    public required string Said { get; set; }

    public required int Release { get; set; }

    public required DateTimeOffset ReleasedAt { get; set; }

    public static string Write<T>(T what) => JsonSerializer.Serialize(what, Json);

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Json)!;

    /// <summary>What was published last, with all that was ever published before it.</summary>
    public Publication Last => Read<Publication>(Results) with { Said = Read<IReadOnlyList<SaidCount>>(Said) };

    public void Take(Publication publication, DateTimeOffset now)
    {
        (Results, Said) = (Write(publication with { Said = [] }), Write(publication.Said));
        Release++;
        ReleasedAt = now;
    }
}

/// <summary>What does not change: who the parties are, and which periods there are.</summary>
internal sealed record ContractFacts(IReadOnlyList<PartyFact> Parties, IReadOnlyList<PeriodFact> Periods);

internal sealed record PartyFact(Guid OrganisationId, string Name, string Role);

internal sealed record PeriodFact(string Key, DateOnly From, DateOnly To, bool Final);
