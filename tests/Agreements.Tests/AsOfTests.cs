using System.Net;
using System.Text.Json;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>The agreement as it stood at the end of a Swedish day.</summary>
public sealed class AsOfTests(AgreementsWorld world) : IClassFixture<AgreementsWorld>
{
    [Fact]
    public async Task A_day_ends_at_swedish_midnight_in_winter_and_in_summer()
    {
        var of = await world.Written(startsOn: new DateOnly(2026, 5, 1));
        // Winter time: midnight is 23:00 UTC. The clocks go forward in the night to 29 March: then it is 22:00.
        (string At, string Text, string Day)[] written =
        [
            ("2026-03-10T22:59:59Z", "sist den tionde", "2026-03-10"),
            ("2026-03-10T23:00:00Z", "först den elfte", "2026-03-11"),
            ("2026-03-28T22:59:59Z", "sist före omställningen", "2026-03-28"),
            ("2026-03-28T23:00:00Z", "först den tjugonionde", "2026-03-29"),
            ("2026-03-29T21:59:59Z", "sist den tjugonionde", "2026-03-29"),
            ("2026-03-29T22:00:00Z", "först den trettionde", "2026-03-30"),
        ];
        foreach (var (at, text, _) in written)
        {
            world.Clock.SetTo(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
            (await of.Write(world.Officer, "goals", text)).Is(HttpStatusCode.OK);
        }
        foreach (var day in written.GroupBy(one => one.Day))
            Assert.Equal(day.Last().Text, Goals(await AsOf(of, day.Key)));
        Assert.Equal("Text om goals.", Goals(await AsOf(of, "2026-03-09")));
        Assert.Equal("först den elfte", Goals(await AsOf(of, "2026-03-20"))); // nothing was written then
        (await world.Officer.Get($"{of.Path}/as-of?date=2026-03-01"))
            .Refuses(HttpStatusCode.Conflict, "history.not-that-long-ago");
        (await world.Officer.Get($"{of.Path}/as-of?date=2026-03-31")).Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await world.Officer.Get($"{of.Path}/as-of")).Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await world.Stranger.Get($"{of.Path}/as-of?date=2026-03-20")).Is(HttpStatusCode.NotFound);
        await TheVersionInForceIsTold();
    }

    private async Task TheVersionInForceIsTold()
    {
        var of = await world.Opened(startsOn: new DateOnly(2026, 5, 1));
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        (await of.Sign(world.AssociationSignatory)).Is(HttpStatusCode.OK);
        Assert.Equal("signed", (await AsOf(of, "2026-03-30")).GetProperty("state").GetString());
        world.Clock.SetTo(new DateTimeOffset(2026, 4, 30, 22, 0, 0, TimeSpan.Zero));
        await Eventually.Holds("the agreement is in force", async () => await of.State() == "in-force");
        var may = await AsOf(of, "2026-05-01");
        Assert.Equal(await of.VersionHash(), may.GetProperty("inForce").GetProperty("hash").GetString());
        Assert.Equal(JsonValueKind.Null, (await AsOf(of, "2026-04-30")).GetProperty("inForce").ValueKind);
        Assert.Equal("signed", (await AsOf(of, "2026-04-30")).GetProperty("state").GetString());
        Assert.Equal(2, may.GetProperty("parties").GetArrayLength());
        Assert.Contains(may.GetProperty("others").EnumerateArray(), thing =>
            thing.GetProperty("thing").GetString() == "contribution");
    }

    private async Task<JsonElement> AsOf(Case of, string day) =>
        (await world.Officer.Get($"{of.Path}/as-of?date={day}")).Is(HttpStatusCode.OK).Body;

    private static string? Goals(JsonElement asOf) => asOf.GetProperty("sections").EnumerateArray()
        .Single(section => section.GetProperty("key").GetString() == "goals").GetProperty("text").GetString();
}
