using System.Net;
using Iop.Kernel;
using Iop.TestKit;
using Npgsql;

namespace Iop.Agreements.Tests;

[Collection(nameof(DrawnUp))]
public sealed class DeliveryTests(AgreementsWorld world)
{
    [Fact]
    public async Task Each_party_reports_what_it_has_put_in_and_corrections_are_kept()
    {
        var of = await world.Opened(startsOn: new DateOnly(2026, 1, 1));
        var (money, hours) = await Planned(of);
        (await Report(world.Officer, of, money, new { fromOn = "2026-01-01", toOn = "2026-01-31", kronor = "100000.00" }))
            .Refuses(HttpStatusCode.Conflict, "delivery.not-in-force");
        var begun = await EntersIntoForce(of);
        var period = new { from = $"{begun:yyyy-MM-dd}", to = "2026-03-02" };
        var first = (await Report(world.Officer, of, money, new { fromOn = period.from, toOn = period.to, kronor = "100000.00" }))
            .Is(HttpStatusCode.Created);
        var corrected = (await Report(world.As(Callers.Of(world.Region, Roles.Controller)), of, money,
            new { fromOn = period.from, toOn = period.to, kronor = "90000.00", comment = "Fel period.", corrects = first.Id }))
            .Is(HttpStatusCode.Created);
        (await Report(world.Officer, of, money,
            new { fromOn = period.from, toOn = period.to, kronor = "1.00", corrects = first.Id }))
            .Refuses(HttpStatusCode.Conflict, "delivery.corrected-already");
        (await Report(world.AssociationOfficer, of, hours, new { fromOn = period.from, toOn = period.to, hours = 120 }))
            .Is(HttpStatusCode.Created);
        (await Report(world.Officer, of, hours, new { fromOn = period.from, toOn = period.to, hours = 120 }))
            .Refuses(HttpStatusCode.Forbidden, "delivery.only-own");
        (await Report(world.Officer, of, money, new { fromOn = period.from, toOn = "2026-03-03", kronor = "1.00" }))
            .Refuses(HttpStatusCode.Conflict, "delivery.not-yet");
        (await Report(world.Officer, of, money, new { fromOn = "2025-12-01", toOn = period.to, kronor = "1.00" }))
            .Refuses(HttpStatusCode.Conflict, "delivery.before-start");
        (await Report(world.Officer, of, money, new { fromOn = period.from, toOn = period.to, hours = 3 }))
            .Refuses(HttpStatusCode.Conflict, "contribution.hours-only-for-work");
        (await Report(world.Officer, of, money,
            new { fromOn = period.from, toOn = period.to, comment = "x", corrects = Guid.NewGuid() }))
            .Refuses(HttpStatusCode.Conflict, "delivery.corrects-what");
        (await Report(world.Officer, of, money, new { fromOn = period.to, toOn = period.from }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await Report(world.As(Callers.Of(world.Region, Roles.Reader)), of, money,
            new { fromOn = period.from, toOn = period.to, kronor = "1" }))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");

        var shown = (await world.AssociationOfficer.Get($"{of.Path}/resources")).Is(HttpStatusCode.OK).Body;
        var replaced = shown.GetProperty("deliveries").EnumerateArray().Where(one => !one.GetProperty("counts").GetBoolean());
        Assert.Equal([first.Id], replaced.Select(one => one.GetProperty("id").GetGuid()));
        Assert.Equal(3, shown.GetProperty("deliveries").GetArrayLength());
        var region = shown.GetProperty("resources").GetProperty("parties").EnumerateArray()
            .Single(party => party.GetProperty("side").GetString() == "public");
        Assert.Equal("90000.00", region.GetProperty("delivered")[0].GetProperty("amounts").GetProperty("kronor").GetString());
        Assert.Equal("1250000.00", region.GetProperty("plannedPerYear").GetProperty("kronor").GetString());
        Assert.Equal("not-comparable", shown.GetProperty("resources").GetProperty("balance").GetString());
        Assert.Equal("Fel period.", (await world.Officer.Get(corrected.Location!)).Is(HttpStatusCode.OK)
            .Body.GetProperty("comment").GetString());
        // Delivered stands beside the agreed text: neither hash nor tag of the version has moved.
        Assert.Equal(await of.VersionHash(), (await of.Shown()).Tag!.Trim('"').Split('.')[0]);
        await AsLogin.Refused(world, $"UPDATE delivery SET ore = 1 WHERE agreement_id = '{of.Id}'",
            PostgresErrorCodes.InsufficientPrivilege);
        await AsLogin.Refused(world, $"DELETE FROM delivery WHERE agreement_id = '{of.Id}'",
            PostgresErrorCodes.InsufficientPrivilege);
        await AsLogin.Refused(world, $"""
            INSERT INTO delivery (delivery_id, agreement_id, partnership_id, contribution_id, party_id, kind, from_on, to_on, ore, reported_by, reported_at)
            VALUES (gen_random_uuid(), '{of.Id}', '{of.Partners.Id}', '{hours}', '{of.Partners.AssociationParty}', 'Money', '2026-02-01', '2026-02-02', 1, gen_random_uuid(), now())
            """);
    }

    [Fact]
    public async Task One_source_behind_two_parties_contributions_is_shown()
    {
        var of = await world.Written();
        foreach (var party in new[] { of.Partners.RegionParty, of.Partners.AssociationParty })
            (await world.Officer.Create($"{of.Path}/contributions",
                new { partyId = party, kind = "labour", description = "Samordnare", kronorPerYear = "300000.00",
                    fundingSource = "Arvsfonden" }))
                .Is(HttpStatusCode.Created);
        var resources = (await of.Shown()).Body.GetProperty("parts").GetProperty("resources");
        Assert.Equal("Arvsfonden", resources.GetProperty("sharedSources")[0].GetProperty("source").GetString());
        Assert.Equal([84, 16],
            resources.GetProperty("sides").EnumerateArray().Select(side => side.GetProperty("percent").GetInt32()));
        Assert.Equal("uneven", resources.GetProperty("balance").GetString());
    }

    /// <returns>The first day.</returns>
    private async Task<DateOnly> EntersIntoForce(Case of)
    {
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        (await of.Sign(world.AssociationSignatory)).Is(HttpStatusCode.OK);
        await of.Becomes(world, "in-force");
        return await world.Scalar<DateOnly>("SELECT min(from_day) FROM in_force WHERE agreement_id = $1", of.Id);
    }

    private async Task<(Guid Money, Guid Hours)> Planned(Case of)
    {
        var planned = (await of.Shown()).Body.GetProperty("contributions").EnumerateArray()
            .ToDictionary(offer => offer.GetProperty("kind").GetString()!, offer => offer.GetProperty("id").GetGuid());
        return (planned["money"], planned["volunteer-work"]);
    }

    private static Task<Reply> Report(CallerClient by, Case of, Guid contribution, object report) =>
        by.Create($"{of.Path}/contributions/{contribution}/deliveries", report);
}
