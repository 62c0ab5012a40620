using System.Net;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>The next agreement of a partnership that somebody has left.</summary>
public sealed class NextAgreementTests(AgreementsWorld world) : IClassFixture<AgreementsWorld>
{
    [Fact]
    public async Task It_is_between_those_who_are_left()
    {
        var (of, leaver) = await world.WithOneThatLeaves();
        Assert.Equal(3, await Parties()); // until its notice has run out it is one of them
        world.Clock.SetTo(SwedishTime.StartOf(new DateOnly(2026, 9, 3)));
        await Eventually.Holds("it has left", async () => (await of.Shown()).Body.GetProperty("parties").GetArrayLength() == 2);
        // It is still in the draft that was begun while it was there: there it writes, in the first agreement no more.
        await Eventually.Holds("the days are caught up with", async () => await world.Scalar<long>(
            "SELECT count(*) FROM timer WHERE done_at IS NULL AND due_at <= $1", world.Clock.GetUtcNow()) == 0);
        (await world.As(leaver).Put($"{of.Path}/frame", (await of.Shown()).Tag,
            new { title = "Deras", startsOn = "2026-01-01", autoRenews = false }))
            .Refuses(HttpStatusCode.Forbidden, "partnership.not-a-party");
        foreach (var draft in await Drafts())
            (await world.Officer.Act(draft, (await world.Officer.Get(draft[..^"/withdrawal".Length])).Tag,
                new { reason = "Vi börjar om." })).Is(HttpStatusCode.OK);
        Assert.Equal(2, await Parties());

        async Task<int> Parties() => (await world.Officer.Create($"/agreements/v1/partnerships/{of.Partners.Id}/agreements",
            new { title = "Nästa", startsOn = "2027-01-01", endsOn = "2027-12-31", autoRenews = false }))
            .Is(HttpStatusCode.Created).Body.GetProperty("parties").GetArrayLength();

        async Task<IEnumerable<string>> Drafts() =>
            (await world.Officer.Get($"/agreements/v1/partnerships/{of.Partners.Id}")).Is(HttpStatusCode.OK).Body
            .GetProperty("agreements").EnumerateArray().Where(one => one.On("state") == "draft")
            .Select(one => $"/agreements/v1/agreements/{one.On("id")}/withdrawal").ToList();
    }
}
