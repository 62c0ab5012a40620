using System.Text.Json;
using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>An indicator of a case and what was reported of it.</summary>
internal sealed record FollowedIndicator
{
    public required Guid Partnership { get; init; }
    public required string Name { get; init; }
    public required string Unit { get; init; }
    public required string Baseline { get; init; }
    public required string Target { get; init; }
    public required string Source { get; init; }
    public required string Officer { get; init; }
    public required string Reporter { get; init; }
    public required IReadOnlyList<(string Period, string Value, DateTimeOffset On, string Comment)> Reports { get; init; }
}

/// <summary>The parties follow up together.</summary>
internal static class FollowUp
{
    public static async Task Play(Story story, FollowedIndicator the, CancellationToken cancel)
    {
        await story.Step($"Follow «{the.Name}»", the.Officer, the.Reports[0].On.AddMonths(-5),
            async (api, stop) => (await Indicator(api, the, stop)) is null ? null : $"from {the.Baseline} towards {the.Target}",
            async (api, stop) =>
            {
                var plan = await Plan(api, the, stop);
                await api.Act($"/follow-up/v1/plans/{plan.Id}/indicators", new
                {
                    name = the.Name,
                    unit = the.Unit,
                    baseline = the.Baseline,
                    target = the.Target,
                    source = the.Source,
                    ratio = false,
                    every = "half-year",
                }, plan.Tag, stop);
            }, cancel);
        foreach (var (period, value, on, comment) in the.Reports)
        {
            await story.Step($"Report «{the.Name}» for {period}", the.Reporter, on,
                async (api, stop) => (await Indicator(api, the, stop))!.Value.GetProperty("reports").EnumerateArray()
                    .Any(report => report.GetProperty("periodKey").GetString() == period) ? $"{value} {the.Unit}" : null,
                async (api, stop) =>
                    await api.Create(
                        $"/follow-up/v1/indicators/{(await Indicator(api, the, stop))!.Value.GetProperty("id").GetGuid()}/reports",
                    new { periodKey = period, value, comment }, stop),
                cancel);
        }
    }

    private static async Task<Reply> Plan(Api api, FollowedIndicator the, CancellationToken cancel)
    {
        var plans = await api.Get($"/follow-up/v1/plans?partnershipId={the.Partnership}", cancel);
        return await api.Get($"/follow-up/v1/plans/{plans.Items().First().GetProperty("id").GetGuid()}", cancel);
    }

    private static async Task<JsonElement?> Indicator(Api api, FollowedIndicator the, CancellationToken cancel)
    {
        foreach (var one in (await Plan(api, the, cancel)).Items("indicators"))
        {
            if (one.GetProperty("name").GetString() == the.Name) return one;
        }
        return null;
    }
}
