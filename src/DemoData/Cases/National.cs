using System.Text;
using Iop.DemoData.National;
using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>The register at national scale: 623 made-up partnerships, clearly marked, brought in as a municipality would bring in
/// its list.</summary>
internal static class National
{
    private const int Seed = 2025;

    public static async Task Play(Story story, CancellationToken cancel)
    {
        await story.Step("The operator brings in how many people live where", "operator", null, async (api, stop) =>
            await Figure(api, "five-largest", stop) > 0 ? "inhabitants known" : null,
            (api, stop) => api.Put("/registry/v1/inhabitants", new
            {
                year = 2024,
                csv = "kod;folkmängd\n"
                    + string.Join('\n', PublishedShares.People.Select(one => $"{one.Code};{one.Thousands * 1_000}")),
            }, null, stop), cancel);
        await story.Step("The operator brings in a made-up national register", "operator", null, async (api, stop) =>
        {
            var statistics = await api.Get("/registry/v1/statistics", stop);
            return statistics.Body.GetProperty("synthetic").GetInt32() is >= NationalRegister.Published and var made
                ? $"{made} made-up entries" : null;
        }, BringIn, cancel);
    }

    private static async Task BringIn(Api api, CancellationToken cancel)
    {
        var places = new List<(string, string)>();
        foreach (var list in new[] { "counties", "municipalities" })
            places.AddRange((await api.Get($"/registry/v1/{list}", cancel)).Items()
                .Select(place => (place.GetProperty("code").GetString()!, place.GetProperty("name").GetString()!)));
        var csv = NationalRegister.Csv(new NationalRegister(Seed, [.. places.Order()]).Rows());
        var read = await api.Upload("/registry/v1/imports?name=exempelregister.csv", "exempelregister.csv", "text/csv",
            Encoding.UTF8.GetBytes(csv), cancel);
        await api.Act($"/registry/v1/imports/{read.Id}/confirmation", new { }, read.Tag, cancel);
    }

    private static async Task<int> Figure(Api api, string code, CancellationToken cancel)
    {
        var statistics = await api.Get("/registry/v1/statistics", cancel);
        return statistics.Items("figures").Single(figure => figure.GetProperty("code").GetString() == code).GetProperty("rows")
            .GetArrayLength();
    }
}
