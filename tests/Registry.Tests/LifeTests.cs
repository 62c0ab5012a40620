using System.Net;
using System.Text.Json;
using Iop.Contracts.Agreements;
using Iop.TestKit;

namespace Iop.Registry.Tests;

/// <summary>An agreement changes and ends, and the facts of it come in any order and more than once: the register says what the
/// newest of them says, and remembers each once.</summary>
public sealed class LifeTests(RegistryWorld world) : IClassFixture<RegistryWorld>
{
    private static readonly Guid Newcomer = Guid.NewGuid();

    /// <summary>0 in force, 1 a party joins, 2 the association leaves and the end is later, 3 ended.</summary>
    [Theory]
    [InlineData("012", "active", "Med fler")]
    [InlineData("021", "active", "Med fler")]
    [InlineData("102", "active", "Med fler")]  // of an agreement that is not known here yet
    [InlineData("210", "active", "Med fler")]
    [InlineData("01122", "active", "Med fler")]
    [InlineData("0212", "active", "Med fler")]
    [InlineData("0123", "ended", "Med fler")]
    [InlineData("0132", "ended", "Med fler")]
    [InlineData("0321", "ended", "Med fler")]
    [InlineData("3210", "ended", "Med fler")]
    [InlineData("01233210", "ended", "Med fler")]
    [InlineData("03", "ended", "Som det var")]
    public async Task The_entry_says_what_the_newest_version_says_in_whatever_order_the_facts_come(
        string order, string status, string title)
    {
        var agreement = RegistryWorld.InForce("Som det var");
        await TellAll(agreement, order);
        var shown = (await world.Anonymous.Get($"/registry/v1/entries/{await world.EntryOf(agreement)}"))
            .Is(HttpStatusCode.OK).Body;
        Assert.Equal((status, title), (Text(shown, "status"), Text(shown, "title")));
        var changed = order.Contains('2', StringComparison.Ordinal);
        Assert.Equal(changed ? ["Kommun i väst", "Ny förening"] : ["Enköpings kommun", "Kvinnojouren Vårsol"],
            Texts(shown, "parties", "name").Order(StringComparer.Ordinal));
        string[] history = ["signed", "in-force", .. changed ? ["accession", "withdrawal"] : (string[])[], .. status is "ended"
            ? ["rescinded"] : (string[])[]];
        Assert.Equal(history.Order(StringComparer.Ordinal), Texts(shown, "history", "what").Order(StringComparer.Ordinal));
        if (changed && status is "active") Assert.Equal("2031-12-31", Text(shown, "endsOn"));
        Assert.Equal(status is "ended" ? "2027-06-30" : null, Text(shown, "endedOn"));
        Assert.Equal(1, await world.Scalar<long>("SELECT count(*) FROM entry WHERE partnership_id = $1",
            agreement.PartnershipId));
        Assert.Equal(changed ? 1L : 2L,
            await world.Scalar<long>("SELECT count(*) FROM entry_resource WHERE agreement_id = $1", agreement.AgreementId));
    }

    [Fact]
    public async Task Who_has_left_is_found_no_more_by_its_name()
    {
        var agreement = RegistryWorld.InForce("Sökbar", with: words => words.AssociationName = "Fyrbåken");
        await TellAll(agreement, "0");
        Assert.Equal(1, await Found("Fyrbåken"));
        await Say(Facts(agreement)[2], heard: true);
        Assert.Equal(0, await Found("Fyrbåken"));

        async Task<int> Found(string words) =>
            (await world.Anonymous.Get($"/registry/v1/entries?q={Uri.EscapeDataString(words)}"))
            .Is(HttpStatusCode.OK).Body.GetProperty("total").GetInt32();
    }

    /// <summary>What comes before the agreement is known waits for it; the rest is handled one after the other.</summary>
    private async Task TellAll(AgreementEnteredIntoForce agreement, string order)
    {
        var (facts, isKnown, waiting) = (Facts(agreement), false, new List<Guid>());
        foreach (var fact in order.Select(number => facts[number - '0']))
        {
            isKnown |= fact is AgreementEnteredIntoForce;
            if (isKnown) await Say(fact, heard: true);
            else waiting.Add(await Say(fact, heard: false));
        }
        foreach (var id in waiting) await Eventually.Holds("what waited is heard", async () => await world.HandledBy(id) == 1);
    }

    private Task<Guid> Say(object fact, bool heard) => fact switch
    {
        AgreementEnteredIntoForce one => heard ? world.Tell(one) : world.Publish(one),
        AgreementChanged one => heard ? world.Tell(one) : world.Publish(one),
        AgreementEnded one => heard ? world.Tell(one) : world.Publish(one),
        _ => throw new InvalidOperationException(fact.GetType().Name),
    };

    private static object[] Facts(AgreementEnteredIntoForce of)
    {
        var joined = Changed(of, 3, "accession", "Med en till", new DateOnly(2026, 5, 1), of.EndsOn,
            [.. of.Parties.Select(party => new AgreementChangedParty
            {
                PartyId = party.PartyId, OrganisationId = party.OrganisationId, Name = party.Name, Kind = party.Kind,
            }), Association]);
        var left = Changed(of, 5, "withdrawal", "Med fler", new DateOnly(2027, 1, 1), new DateOnly(2031, 12, 31),
            [
                new() { PartyId = Guid.NewGuid(), OrganisationId = Guid.NewGuid(), Name = "Kommun i väst", Kind = "public" },
                Association,
            ]);
        var ended = new AgreementEnded
        {
            AgreementId = of.AgreementId, Sequence = of.Sequence + 6, PartnershipId = of.PartnershipId, Title = "Med fler",
            EndedOn = new DateOnly(2027, 6, 30), How = "rescinded",
        };
        return [of, joined, left, ended];
    }

    private static AgreementChangedParty Association => new()
    {
        PartyId = Newcomer, OrganisationId = Newcomer, Name = "Ny förening", Kind = "idea-driven",
    };

    private static AgreementChanged Changed(AgreementEnteredIntoForce of, int later, string kind, string title, DateOnly from,
        DateOnly? endsOn, IReadOnlyList<AgreementChangedParty> parties) => new()
        {
            AgreementId = of.AgreementId, Sequence = of.Sequence + later, PartnershipId = of.PartnershipId, Title = title,
            Kind = kind, BindsBy = "signatures", Reason = "Skäl.", VersionHash = new string((char)('a' + later), 64),
            PreviousVersionHash = of.VersionHash, EffectiveOn = from, SignedOn = from, StartsOn = of.StartsOn, EndsOn = endsOn,
            AutoRenews = false, WithoutTalk = false, AssessmentTooOld = false, Purpose = of.Purpose, Challenge = of.Challenge,
            TargetGroup = of.TargetGroup, Area = of.Area, TargetAge = of.TargetAge, MunicipalityCode = of.MunicipalityCode,
            Parties = parties,
            Contributions = [new() { PartyId = Newcomer, Kind = "competence", Description = "Kunskap" }],
        };

    private static string? Text(JsonElement thing, string field) => thing.GetProperty(field).GetString();

    private static IEnumerable<string?> Texts(JsonElement of, string list, string field) =>
        of.GetProperty(list).EnumerateArray().Select(thing => Text(thing, field));
}
