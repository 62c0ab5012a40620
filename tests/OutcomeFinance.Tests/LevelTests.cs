using System.Net;
using System.Text.Json;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

[Collection("outcome finance")]
public sealed class LevelTests(OutcomeFinanceWorld world)
{
    [Fact]
    public async Task Each_measure_is_drawn_with_the_others_as_expected()
    {
        var draft = await world.Drafted();
        var path = OutcomeFinanceWorld.Path(draft.Id, "/levels");
        var before = (await world.As(world.Officer).Get(path)).Is(HttpStatusCode.OK).Body;
        Assert.False(before.GetProperty("scenario").GetBoolean());
        Assert.Empty(before.GetProperty("curves").EnumerateArray()); // nobody has said what to hold the others by
        (await world.As(world.Officer).Create(OutcomeFinanceWorld.Path(draft.Id, "/scenarios"), new
        {
            kind = "expected",
            figures = new[]
            {
                new
                {
                    period = "2016-2018",
                    values = new Dictionary<string, object>(StringComparer.Ordinal)
                    {
                        ["investerat"] = "7500000", ["besparing"] = "4000000", ["skolresultat_förbättrade"] = false,
                    },
                },
            },
        })).Is(HttpStatusCode.Created);
        var drawn = (await world.As(world.Officer).Get(path)).Is(HttpStatusCode.OK).Body;
        Assert.True(drawn.GetProperty("scenario").GetBoolean());
        var saving = drawn.GetProperty("curves").EnumerateArray()
            .Single(curve => curve.GetProperty("measure").GetString() == "besparing");
        Assert.Equal("4000000", saving.GetProperty("expected").GetString());
        Assert.Equal(["3000000.00", "3000000.00", "7500000.00", "7500000.00"], Turns(saving));
        Assert.InRange(saving.GetProperty("points").GetArrayLength(), 100, 160);
        (await world.As(world.Stranger).Get(path)).Refuses(HttpStatusCode.NotFound, "request.not-found");
    }

    private static IEnumerable<string?> Turns(JsonElement curve) =>
        curve.GetProperty("turns").EnumerateArray().Select(turn => turn.GetProperty("total").GetString());
}
