using System.Net;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>A party that leaves reads what it read up to its last day, and nothing after.</summary>
public sealed class LeavingTests(AgreementsWorld world) : IClassFixture<AgreementsWorld>
{
    private CallerClient Leaver(string role) => world.As(Callers.Of(world.Elsewhere, role));

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // whom nobody had written down among the actors
    public async Task It_reads_until_its_last_day_has_passed_and_then_stands_as_one_that_has_left(bool isNamed)
    {
        var now = world.Clock.GetUtcNow();
        var of = await world.Written(startsOn: new DateOnly(2026, 1, 1), endsOn: new DateOnly(2099, 12, 31));
        var partnership = $"/agreements/v1/partnerships/{of.Partners.Id}";
        if (isNamed)
            (await world.Officer.Create($"{partnership}/actors", new { standing = "asked", organisationId = world.Elsewhere }))
                .Is(HttpStatusCode.Created);
        var party = (await world.Officer.Create($"{partnership}/parties",
            new { organisationId = world.Elsewhere, requiredSignatures = 1 })).Is(HttpStatusCode.Created).Id;
        (await Leaver(Roles.Officer).Create($"{of.Path}/contributions",
            new { partyId = party, kind = "competence", description = "Kunskap om sorg" })).Is(HttpStatusCode.Created);
        await of.AnswerAll();
        await of.ApproveOpenAndSign(world, Leaver(Roles.Signatory));
        await of.Becomes(world, "in-force");
        if (isNamed) Assert.Equal("joined", await Standing(of));

        (await of.Do(Leaver(Roles.Signatory), "departure", new { reason = "Vi räcker inte till." })).Is(HttpStatusCode.OK);
        var first = DateOnly.Parse((await of.Life(world.Officer)).GetProperty("dates").EnumerateArray()
            .Single(date => date.On("what") == "party-leaves").On("on")!, System.Globalization.CultureInfo.InvariantCulture);

        // The last second of its last day: all it read it still reads, and its standing is as it was.
        world.Clock.SetTo(SwedishTime.StartOf(first).AddSeconds(-1));
        string[] paths =
        [
            of.Path, $"{of.Path}/life", $"{of.Path}/resources", $"{of.Path}/assessment", $"{of.Path}/history", partnership,
            $"{of.Path}/versions/{(await of.Term()).On("versionHash")}", $"{partnership}/partners", $"{partnership}/bodies",
        ];
        foreach (var path in paths) (await Leaver(Roles.Officer).Get(path)).Is(HttpStatusCode.OK);
        Assert.True(await Sees("agreement", first.AddDays(-1)) > 0);
        if (isNamed) Assert.Equal("joined", await Standing(of));

        world.Clock.SetTo(SwedishTime.StartOf(first));
        await Eventually.Holds("it has left", async () => await Standing(of) == "left");
        foreach (var path in paths) (await Leaver(Roles.Officer).Get(path)).Is(HttpStatusCode.NotFound);
        Assert.DoesNotContain((await Leaver(Roles.Officer).Get("/agreements/v1/partnerships")).Is(HttpStatusCode.OK)
            .Body.GetProperty("items").EnumerateArray(), one => one.GetProperty("id").GetGuid() == of.Partners.Id);
        (await Leaver(Roles.Officer).Create($"{partnership}/dialogue",
            new { kind = "note", heldOn = "2026-03-01", participants = "Vi", said = "Hej" })).Is(HttpStatusCode.NotFound);
        foreach (var table in new[] { "agreement", "section", "contribution", "agreement_version", "signature", "party", "actor",
            "partnership", "change", "legal_answer" })
            Assert.Equal(0, await Sees(table, first));
        var left = (await world.Officer.Get($"{partnership}/partners")).Is(HttpStatusCode.OK).Body.GetProperty("actors")
            .EnumerateArray().Single(actor => actor.On("standing") == "left");
        Assert.Equal(("Annan förening", "Vi räcker inte till."), (left.On("name"), left.On("reason")));
        var told = Assert.Single(await world.Announced<PartyLeftPartnership>(), said => said.PartyId == party);
        Assert.Equal((of.Partners.Id, world.Elsewhere, first), (told.PartnershipId, told.OrganisationId, told.LeftOn));
        Assert.True(told.Sequence > (await Joinings(party)).Single().Sequence);
        // The others go on as before.
        (await world.AssociationOfficer.Get(of.Path)).Is(HttpStatusCode.OK);

        await ComesBack(of, party, told);
        world.Clock.SetTo(now);
    }

    /// <summary>It reads again while it is asked to sign, and those who keep copies are told, by a later count.</summary>
    private async Task ComesBack(Case of, Guid party, PartyLeftPartnership left)
    {
        world.Clock.Advance(TimeSpan.FromHours(1));
        (await of.Do(world.Officer, "accession", new { partyId = party, reason = "Tillbaka.", effectiveOn = "2027-06-01" }))
            .Is(HttpStatusCode.OK);
        await Eventually.Holds("it reads again",
            async () => (await Leaver(Roles.Officer).Get(of.Path)).Status == HttpStatusCode.OK);
        var joinings = await Joinings(party);
        Assert.Equal(2, joinings.Count);
        Assert.True(joinings.Max(said => said.Sequence) > left.Sequence);

        world.Clock.Advance(TimeSpan.FromHours(1));
        (await of.Do(world.Officer, "change/abandonment", new { reason = "Det blev inget." })).Is(HttpStatusCode.OK);
        await Eventually.Holds("it is out again",
            async () => (await Leaver(Roles.Officer).Get(of.Path)).Status == HttpStatusCode.NotFound);
    }

    private async Task<List<PartyJoinedPartnership>> Joinings(Guid party) =>
        [.. (await world.Announced<PartyJoinedPartnership>()).Where(said => said.PartyId == party)];

    private async Task<string?> Standing(Case of) =>
        (await world.Officer.Get($"/agreements/v1/partnerships/{of.Partners.Id}/partners")).Is(HttpStatusCode.OK)
        .Body.GetProperty("actors").EnumerateArray().Select(actor => actor.On("standing")).SingleOrDefault();

    /// <summary>By SQL as the application's login, acting for the one who leaves.</summary>
    private Task<long> Sees(string table, DateOnly today) => AsLogin.Sees(world, world.Elsewhere, table, today);
}
