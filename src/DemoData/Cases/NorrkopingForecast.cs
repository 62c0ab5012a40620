using System.Text.Json;
using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>Before the contract is signed: when the fund pays in, what the municipality expects, hopes and fears, and a thousand
/// futures. The forecasts are invented; that the fund risked 7.5 million is not.</summary>
internal static class NorrkopingForecast
{
    private const string Officer = "norrkoping-officer";
    private const string Contracts = "/outcome-finance/v1/contracts";
    private static readonly int[] Years = [2016, 2017, 2018];

    public static async Task Play(Story story, string title, CancellationToken cancel)
    {
        await story.Step($"{title}: plan when the fund pays in", Officer, Story.On(2015, 11, 10),
            async (api, stop) => (await View(api, title, stop)).Items("investments").Any() ? "3 × 2500000.00 kr" : null,
            async (api, stop) =>
            {
                var contract = await View(api, title, stop);
                var funder = contract.Items("parties").First(party => party.GetProperty("role").GetString() == "funder")
                    .GetProperty("id").GetGuid();
                await api.Put($"{Contracts}/{contract.Id}/investments", new
                {
                    investments = Years.Select(
                        year => new { partyId = funder, on = $"{year}-02-01", amount = "2500000" }),
                }, contract.Tag, stop);
            }, cancel);
        foreach (var (kind, saved, improved) in new[]
        {
            ("expected", "5000000", true), ("best", "9000000", true), ("worst", "2000000", false),
        })
        {
            await story.Step($"{title}: say what is {kind}", Officer, Story.On(2015, 11, 11),
                async (api, stop) => Looking.First((await Listed(api, title, "scenarios", stop)).Items(),
                    one => one.GetProperty("kind").GetString() == kind)?.GetProperty("total").GetString(),
                async (api, stop) => await api.Create($"{Contracts}/{(await View(api, title, stop)).Id}/scenarios", new
                {
                    kind,
                    figures = new[]
                    {
                        new
                        {
                            period = "2016-2018",
                            values = new Dictionary<string, object>(StringComparer.Ordinal)
                            {
                                ["investerat"] = "7500000", ["besparing"] = saved, ["skolresultat_förbättrade"] = improved,
                            },
                        },
                    },
                }, stop), cancel);
        }
        await story.Step($"{title}: simulate a thousand futures", Officer, Story.On(2015, 11, 12),
            async (api, stop) => Looking.First((await Listed(api, title, "simulations", stop)).Items(),
                one => one.GetProperty("state").GetString() == "done") is null ? null : "done",
            async (api, stop) => await api.Create($"{Contracts}/{(await View(api, title, stop)).Id}/simulations", new
            {
                seed = "2016", runs = 1_000,
                assumptions = new object[]
                {
                    new { measure = "investerat", shape = "fixed", value = "7500000" },
                    new { measure = "besparing", shape = "normal", mean = "5000000", deviation = "2000000" },
                    new { measure = "skolresultat_förbättrade", shape = "chance", percent = "50" },
                },
            }, stop), cancel);
    }

    private static async Task<Reply> View(Api api, string title, CancellationToken cancel)
    {
        var contract = Looking.First((await api.Get($"{Contracts}?limit=100", cancel)).Items(),
            one => one.GetProperty("title").GetString() == title);
        return await api.Get($"{Contracts}/{contract!.Value.GetProperty("id").GetGuid()}", cancel);
    }

    private static async Task<Reply> Listed(Api api, string title, string what, CancellationToken cancel) =>
        await api.Get($"{Contracts}/{(await View(api, title, cancel)).Id}/{what}", cancel);
}
