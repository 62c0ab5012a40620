using System.Text.Json;
using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>Ensamkommande's joint pool: SEK 50 of each residence day, also for parties that accrue nothing to it. The numbers of
/// days and the grants are invented.</summary>
internal static class UnaccompaniedPool
{
    private const string Day = "boendedygn";
    private static readonly string[] Criteria =
        ["Når barn och unga som andra insatser inte når", "Görs av flera parter tillsammans"];

    public static async Task Fill(Deciding the, string steering, CancellationToken cancel)
    {
        var decided = new DateOnly(2015, 10, 20);
        await the.Step("the joint pool is set up", Story.On(2015, 10, 21),
            async (api, stop) => await Pool(the, api, stop) is { } pool ? pool.Text("title") : null,
            async (api, stop) => await api.Create($"{await the.Root(api, stop)}/pool", new
            {
                title = "Gemensam pott för mervärdesinsatser",
                holderPartyId = await the.Party(api, Gothenburg.City, stop),
                decision = await the.Decision(api, steering, decided, "2", stop),
            }, stop), cancel);
        await the.Step("SEK 50 of each residence day goes to the pool", null,
            async (api, stop) => (await Pool(the, api, stop))!.Items("rates").Any() ? "50.00 kr a day" : null,
            async (api, stop) => await Act(the, api, "rates", new
            {
                unit = Day,
                perUnit = "50.00",
                startsOn = new DateOnly(2015, 10, 1),
                decision = await the.Decision(api, steering, decided, "3", stop),
            }, stop), cancel);
        await the.Step("what the pool is for is agreed in advance", null,
            async (api, stop) => (await Pool(the, api, stop))!.Items("criteria").Any() ? "two criteria" : null,
            async (api, stop) => await Act(the, api, "criteria", new
            {
                criteria = Criteria,
                decision = await the.Decision(api, steering, decided, "4", stop),
            }, stop), cancel);
        foreach (var (association, days) in new[]
        {
            (Gothenburg.Raddningsmissionen, 6_440), (Gothenburg.Bracke, 4_600), (Gothenburg.Reningsborg, 3_220),
        }) await Accrue(the, association, days, cancel);
    }

    /// <summary>To a party that accrues nothing to it.</summary>
    public static async Task Spend(Deciding the, string steering, CancellationToken cancel)
    {
        await the.Step("SEK 300,000 of the pool is granted to a party that accrues nothing to it", Story.On(2016, 10, 20),
            async (api, stop) => (await Pool(the, api, stop))!.Items("grants").Any() ? "300000.00 kr" : null,
            async (api, stop) => await api.Create($"{await the.Root(api, stop)}/pool/grants", new
            {
                partyId = await the.Party(api, Gothenburg.Karriarkraft.Organisation, stop),
                amount = "300000.00",
                purpose = "Vägar till arbete för unga som fyller arton",
                criterionIds = (await Pool(the, api, stop))!.Items("criteria").Select(one => one.GetProperty("id").GetGuid()),
                decision = await the.Decision(api, steering, new DateOnly(2016, 10, 19), "5", stop),
            }, stop), cancel);
        await the.Step("the grant is paid out", Story.On(2016, 11, 7),
            async (api, stop) => Grant((await Pool(the, api, stop))!).GetProperty("left").GetString() == "0.00" ? "paid" : null,
            async (api, stop) =>
            {
                var grant = Grant((await Pool(the, api, stop))!).GetProperty("id").GetGuid();
                await api.Create($"{await the.Root(api, stop)}/pool/grants/{grant}/payouts", new { amount = "300000.00" }, stop);
            }, cancel);
    }

    /// <summary>What is left at the end is repaid, to the öre; what was learnt is written down for the next process.</summary>
    public static async Task End(Deciding the, string steering, CancellationToken cancel)
    {
        await the.Step("the last day passes", Story.On(2019, 1, 2),
            async (api, stop) => (await the.View(api, stop)).Text("state") == "ended" ? "ended" : null,
            (_, _) => Task.CompletedTask, cancel);
        await the.Step("what is left in the pool is repaid", Story.On(2019, 1, 16),
            async (api, stop) => (await api.Get($"{await the.Root(api, stop)}/closing", stop)).Body.GetProperty("settlement")
                .ValueKind is JsonValueKind.Object ? "settled" : null,
            async (api, stop) => await api.Create($"{await the.Root(api, stop)}/closing/settlement", new
            {
                surplus = "0.00",
                shares = new[]
                {
                    new
                    {
                        partyId = await the.Party(api, Gothenburg.City, stop), from = "pool", how = "repaid",
                        amount = (await Pool(the, api, stop))!.Text("balance"),
                    },
                },
                decision = await the.Decision(api, steering, new DateOnly(2019, 1, 15), "2", stop),
            }, stop), cancel);
        await the.Step("the closing report", Story.On(2019, 2, 4),
            async (api, stop) => (await api.Get($"{await the.Root(api, stop)}/closing", stop)).Body.GetProperty("report")
                .GetProperty("worked").ValueKind is JsonValueKind.String ? "written" : null,
            async (api, stop) =>
            {
                var closing = await api.Get($"{await the.Root(api, stop)}/closing", stop);
                await api.Put($"{await the.Root(api, stop)}/closing/report", new
                {
                    worked = "Den gemensamma styrgruppen gjorde att parterna kunde ändra sig tillsammans när villkoren ändrades.",
                    didNotWork = "Andra förvaltningar i staden var inte med från början.",
                    why = "Det brådskade, och ingen frågade vilka fler som berördes.",
                    structuralChanges = "De idéburnas egen styrgrupp lever vidare som nätverk.",
                    nextProcess = "Bjud in vård och skola redan vid det första samtalet.",
                }, closing.Body.GetProperty("report").GetProperty("reportTag").GetString(), stop);
            }, cancel);
    }

    private static Task Accrue(Deciding the, Association association, int days, CancellationToken cancel) =>
        the.Step($"{association.Organisation.Name} accrues {days} residence days", Story.On(2016, 1, 15),
            async (api, stop) => (await Pool(the, api, stop))!.Items("entries").Any(entry =>
                entry.GetProperty("partyName").GetString() == association.Organisation.Name) ? $"{days * 50}.00 kr" : null,
            async (api, stop) => await api.Create($"{await the.Root(api, stop)}/pool/accruals", new
            {
                partyId = await the.Party(api, association.Organisation, stop),
                unit = Day,
                quantity = days,
                startsOn = new DateOnly(2015, 10, 1),
                endsOn = new DateOnly(2015, 12, 31),
            }, stop), cancel);

    private static JsonElement Grant(Reply pool) => pool.Items("grants").First();

    private static async Task<Reply?> Pool(Deciding the, Api api, CancellationToken cancel) =>
        await api.Get($"{await the.Root(api, cancel)}/pool", cancel) is { IsNotFound: false } pool ? pool : null;

    private static async Task Act(Deciding the, Api api, string what, object body, CancellationToken cancel) =>
        await api.Act($"{await the.Root(api, cancel)}/pool/{what}", body, (await Pool(the, api, cancel))!.Text("poolTag"),
            cancel);
}
