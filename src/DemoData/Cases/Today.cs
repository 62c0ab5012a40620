using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>What stands today, at real time: seen by the public, by the people whose turn it is, and not by strangers.</summary>
internal static class Today
{
    public static async Task Play(Story story, CancellationToken cancel)
    {
        await story.Step("The public register counts both partnerships", null, null, async (api, stop) =>
        {
            var figures = await api.Get("/registry/v1/figures", stop);
            var (all, active) = (figures.Body.GetProperty("all").GetInt32(), figures.Body.GetProperty("active").GetInt32());
            return all >= 2 && active < all ? $"{all} partnerships, {active} active" : null;
        }, null, cancel);
        await story.Step("A stranger sees nobody's partnership or contract", "stranger", null, async (api, stop) =>
        {
            var partnerships = await api.Get("/agreements/v1/partnerships", stop);
            var contracts = await api.Get("/outcome-finance/v1/contracts", stop);
            return partnerships.Items().Any() || contracts.Items().Any() ? null : "nothing";
        }, null, cancel);
        await story.Step("Nobody has anything left to do", "controller-1", null,
            async (api, stop) => (await api.Get("/notifications/v1/inbox/count", stop)).Body.GetProperty("mustAct")
                .GetInt32() == 0 ? "inbox empty of duties" : null, null, cancel);
    }
}
