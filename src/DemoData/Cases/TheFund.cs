using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>What stands behind the fund of the demo's contracts: a capital, investors and a last day, all invented.</summary>
internal static class TheFund
{
    private const string Fund = "/outcome-finance/v1/portfolio/fund";

    public static Task Play(Story story, CancellationToken cancel) => story.Step(
        "The fund: say who has put money into it and when it ends", "funder", Story.On(2024, 6, 24),
        async (api, stop) => (await api.Get(Fund, stop)).Items("investors").Any() ? "capital, investors, last day" : null,
        async (api, stop) => await api.Put(Fund, new
        {
            endsOn = "2033-12-31", capital = "350000000",
            investors = new object[]
            {
                new { name = "Europeiska investeringsfonden (påhittat belopp)", amount = "150000000" },
                new { name = "Staten (påhittat belopp)", amount = "100000000" }, new { name = "Övriga investerare" },
            },
        }, (await api.Get(Fund, stop)).Tag, stop), cancel);
}
