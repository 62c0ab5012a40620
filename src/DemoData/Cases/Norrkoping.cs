using System.Text.Json;
using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>Sweden's first social outcome contract: Norrköpings kommun and Leksell Social Ventures, Team Nystart. Observed after
/// three years: SEK 7.5 million invested, 4.0 saved, so 5.4 paid. The days, the people and the later correction are
/// invented.</summary>
internal static class Norrkoping
{
    private const string Title = "Team Nystart i Norrköping";
    private const string InvoicingDetails = "/outcome-finance/v1/invoicing-details";
    private const string Terms = """
        villkor 1, SEK
        mått investerat: SEK, senaste värdet gäller
        mått besparing: SEK, senaste värdet gäller, kan vara negativt
        mått skolresultat_förbättrade: ja/nej, senaste värdet gäller
        rad garanti = 40 % av investerat
        rad andel = 60 % av (besparing, minst 0 SEK, högst investerat)
        rad premie = (besparing − investerat, minst 0 SEK, högst 20 % av investerat) om skolresultat_förbättrade, annars 0 SEK
        utbetalning = summan av raderna, utan tak
        betalare Norrköpings_kommun 100 %
        finansiär har satsat investerat
        """;

    public static async Task Pay(Story story, CancellationToken cancel)
    {
        await story.Step($"{Title}: measuring is prepared", "reporter", null,
            async (api, stop) => await Contract(api, "/follow-up/v1/contracts", stop) is null
                ? null : "measures, period and verifier known", null, cancel);
        foreach (var year in new[] { 2016, 2017, 2018 }) await PayIn(story, year, cancel);
        await SayHowToInvoice(story, cancel);
        await Measure(story, "4000000", null, Story.On(2019, 3, 4), "5400000.00", cancel);
        await Pay(story, "5400000.00", Story.On(2019, 4, 1), cancel);
        // A later review found that placements of half a million had been counted as avoided although they took place.
        await Measure(story, "3500000", "4000000", Story.On(2020, 2, 3), "-300000.00", cancel);
        await Pay(story, "-300000.00", Story.On(2020, 3, 2), cancel);
        await story.Step($"{Title}: the ledger adds up", "funder", null, async (api, stop) =>
        {
            var ledger = await api.Get($"/outcome-finance/v1/contracts/{await ContractId(api, stop)}/ledger?limit=100", stop);
            return ledger.Items().Any() ? $"{ledger.Items().Count()} transfers" : null;
        }, null, cancel);
    }

    public static async Task Agree(Story story, CancellationToken cancel)
    {
        await story.Step($"{Title}: draft the outcome contract", "norrkoping-officer", Story.On(2015, 11, 9),
            async (api, stop) => await ContractId(api, stop) is null ? null : "terms checked", Draft, cancel);
        await NorrkopingForecast.Play(story, Title, cancel);
        await story.Step($"{Title}: state which public costs it finances", "norrkoping-officer", Story.On(2015, 11, 12),
            async (api, stop) => await View(api, stop) is var view && (view.Text("state") != "draft"
                || view.Items("publicCosts").Any()) ? "stated" : null, StateCosts, cancel);
        // What was signed before contracts were assessed question by question stays as it was.
        await story.Step($"{Title}: the municipality's lawyer answers the questions of law", "norrkoping-lawyer",
            Story.On(2015, 11, 16),
            async (api, stop) => await View(api, stop) is var view && view.Text("state") != "draft" ? "signed"
                : await ContractLaw.Finding(api, view.Id, stop),
            async (api, stop) => await ContractLaw.Answer(api, (await View(api, stop)).Id, stop), cancel);
        await story.Step($"{Title}: the municipality's lawyer approves", "norrkoping-lawyer", Story.On(2015, 11, 16),
            async (api, stop) => (await View(api, stop)).Items("legalApprovals").Any() ? "lawful, with reasons" : null,
            async (api, stop) =>
            {
                var contract = await View(api, stop);
                await api.Act($"/outcome-finance/v1/contracts/{contract.Id}/legal-approvals", new
                {
                    reason = "Ersättningen avser resultat för barnen, inte en tjänst som kommunen köper: kommunen driver Team Nystart själv och finansiären bär risken.",
                }, contract.Tag, stop);
            }, cancel);
        await story.Step($"{Title}: open for signature", "norrkoping-officer", Story.On(2015, 11, 18),
            async (api, stop) => (await View(api, stop)).Text("state") == "draft" ? null : "opened",
            async (api, stop) =>
            {
                var contract = await View(api, stop);
                await api.Act($"/outcome-finance/v1/contracts/{contract.Id}/opening", new { }, contract.Tag, stop);
            }, cancel);
        foreach (var (who, day) in new[] { ("norrkoping-signatory", 23), ("funder", 24), ("verifier", 25) })
        {
            await story.Step($"{Title}: sign", who, Story.On(2015, 11, day),
                async (api, stop) => (await View(api, stop)).Items("signatures")
                    .Any(one => one.GetProperty("organisationId").GetGuid() == story.Cast.OrganisationOf(who)) ? "signed" : null,
                async (api, stop) =>
                {
                    var contract = await View(api, stop);
                    await api.Act($"/outcome-finance/v1/contracts/{contract.Id}/signatures", new
                    {
                        mandate = new { basis = "board", decidedOn = "2015-11-20", paragraph = "7" },
                    }, contract.Text("versionHash"), stop);
                }, cancel);
        }
        await story.Step($"{Title}: all have signed", "funder", null,
            async (api, stop) => (await View(api, stop)).Text("state") == "signed" ? "signed" : null, null, cancel);
    }

    /// <summary>The 7.5 million in three equal parts; the parts are invented.</summary>
    private static async Task PayIn(Story story, int year, CancellationToken cancel)
    {
        var reference = $"Team Nystart {year}";
        await story.Step($"{Title}: pay in 2 500 000 kr", "funder", Story.On(year, 2, 1),
            async (api, stop) => await PaidIn(api, reference, stop) is { } one ? one.GetProperty("state").GetString() : null,
            async (api, stop) => await api.Create($"/outcome-finance/v1/contracts/{await ContractId(api, stop)}/paid-in", new
            {
                receiverOrganisationId = await Organisations.Id(api, Organisations.Norrkoping, stop), amount = "2500000",
                paidOn = $"{year}-02-01", reference,
            }, stop), cancel);
        await story.Step($"{Title}: confirm that it has come", "controller-1", Story.On(year, 2, 3),
            async (api, stop) => await PaidIn(api, reference, stop) is { } one
                && one.GetProperty("state").GetString() == "confirmed" ? "confirmed" : null,
            async (api, stop) =>
            {
                var paid = (await PaidIn(api, reference, stop))!.Value;
                await api.Act($"/outcome-finance/v1/paid-in/{paid.GetProperty("id").GetGuid()}/answer", new { came = true },
                    paid.GetProperty("paidInTag").GetString(), stop);
            }, cancel);
    }

    private static async Task<JsonElement?> PaidIn(Api api, string reference, CancellationToken cancel) => First(
        (await api.Get($"/outcome-finance/v1/contracts/{await ContractId(api, cancel)}/paid-in", cancel)).Items(),
        one => one.GetProperty("reference").GetString() == reference);

    /// <summary>Invented: account numbers that pass their checks and are nobody's.</summary>
    private static async Task SayHowToInvoice(Story story, CancellationToken cancel)
    {
        foreach (var (who, street, postCode, city, mail, bankgiro) in new[]
        {
            ("funder", "Exempelvägen 1", "111 22", "Stockholm", "ekonomi@fond.example", "9999-0004"),
            ("controller-1", "Exempelgatan 2", "600 01", "Norrköping", "ekonomi@kommun.example", "9999-0012"),
        })
        {
            await story.Step($"{Title}: say how to invoice and pay", who, Story.On(2019, 1, 14),
                async (api, stop) => (await api.Get(InvoicingDetails, stop)).Body.GetProperty("canInvoice").GetBoolean()
                    ? "account, address, value added tax" : null,
                async (api, stop) => await api.Put(InvoicingDetails, new
                {
                    vatCategory = "outside-scope", vatReason = "Ersättning för verifierat utfall, ingen omsättning",
                    bankgiro, paysFromIban = "SE0450000000000000000001", street, postCode, city,
                    contactName = "Ekonomi", contactMail = mail,
                }, (await api.Get(InvoicingDetails, stop)).Tag, stop), cancel);
        }
    }

    /// <summary>The 7.5 million of Team Nystart, divided by year; the division is invented.</summary>
    private static async Task StateCosts(Api api, CancellationToken cancel)
    {
        var contract = await View(api, cancel);
        await api.Put($"/outcome-finance/v1/contracts/{contract.Id}/public-costs", new
        {
            costs = Enumerable.Range(2016, 3).Select(year => new
            {
                body = "Norrköpings kommun", year, amount = "2500000", description = "Team Nystart: personal och lokaler",
            }),
        }, contract.Tag, cancel);
    }

    private static async Task Draft(Api api, CancellationToken cancel)
    {
        var norrkoping = await Organisations.Id(api, Organisations.Norrkoping, cancel);
        var leksell = await Organisations.Id(api, Organisations.LeksellSocialVentures, cancel);
        await api.Create("/outcome-finance/v1/contracts", new
        {
            title = Title,
            parties = new[]
            {
                new { organisationId = norrkoping, role = "payer", alias = "Norrköpings_kommun" },
                new { organisationId = norrkoping, role = "provider", alias = "Team_Nystart" },
                new { organisationId = leksell, role = "funder", alias = "Leksell_Social_Ventures" },
                new { organisationId = leksell, role = "payee", alias = "Leksell_Social_Ventures" },
                new { organisationId = await Organisations.Id(api, Organisations.Rise, cancel), role = "verifier",
                    alias = "RISE" },
            },
            periods = new[] { new { key = "2016-2018", from = "2016-01-01", to = "2018-12-31", final = true } },
            terms = Terms,
        }, cancel);
    }

    private static async Task Measure(
        Story story, string saved, string? instead, DateTimeOffset on, string due, CancellationToken cancel)
    {
        await story.Step($"{Title}: report invested 7 500 000 kr, saved {saved} kr", "reporter", on,
            async (api, stop) => await Measurement(api, saved, stop) is { } one ? one.GetProperty("state").GetString() : null,
            async (api, stop) =>
                await api.Create(
                    $"/follow-up/v1/contracts/{(await Contract(api, "/follow-up/v1/contracts", stop))!.Value.GetProperty("id").GetGuid()}/measurements", new
            {
                periodKey = "2016-2018",
                figures = new[]
                {
                    new { path = "investerat", type = "number", value = "7500000" },
                    new { path = "besparing", type = "number", value = saved },
                    new { path = "skolresultat_förbättrade", type = "boolean", value = "false" },
                },
                counterfactual = "historical",
                evidence = new[] { new { name = "Underlag",
                    description = "Placeringskostnader jämförda med åren före Team Nystart." } },
                supersedesMeasurementId = instead is null
                ? null : (Guid?)(await Measurement(api, instead, stop))!.Value.GetProperty("id").GetGuid(),
            }, stop), cancel);
        await story.Step($"{Title}: verify independently", "verifier", on.AddDays(10),
            async (api, stop) => await Measurement(api, saved, stop) is { } one
                && one.GetProperty("state").GetString() is "verified" or "superseded" ? "verified" : null,
            async (api, stop) =>
            {
                var measurement =
                    await api.Get(
                        $"/follow-up/v1/measurements/{(await Measurement(api, saved, stop))!.Value.GetProperty("id").GetGuid()}",
                            stop);
                await api.Act($"/follow-up/v1/measurements/{measurement.Id}/verification",
                    new { comment = "Stämmer med kommunens bokföring." }, measurement.Tag, stop);
            }, cancel);
        await story.Step($"{Title}: {due} kr falls due", "funder", null,
            async (api, stop) => await Obligation(api, due, stop) is { } one
                ? $"{due} kr, {one.GetProperty("state").GetString()}" : null, null, cancel);
    }

    private static async Task Pay(Story story, string amount, DateTimeOffset on, CancellationToken cancel)
    {
        await Move(story, amount, "claim", "funder", on, ["claimed", "attested", "settled"], "claim",
            new { reference = "Team Nystart 4711" }, cancel);
        foreach (var (who, day) in new[] { ("controller-1", 3), ("controller-2", 4) })
        {
            await story.Step($"{Title}: attest {amount} kr", who, on.AddDays(day),
                async (api, stop) => (await ObligationView(api, amount, stop)).Items("attestations")
                    .Any(one => one.GetProperty("personName").GetString() == story.Cast.NameOf(who)) ? "attested" : null,
                async (api, stop) =>
                {
                    var obligation = await ObligationView(api, amount, stop);
                    await api.Act($"/outcome-finance/v1/obligations/{obligation.Id}/attestations", new { }, obligation.Tag, stop);
                }, cancel);
        }
        await Move(story, amount, "confirm the payment of", "funder", on.AddDays(30), ["settled"], "settlement", new { }, cancel);
    }

    private static Task Move(
        Story story, string amount, string verb, string who, DateTimeOffset on, string[] states, string action, object body,
        CancellationToken cancel) =>
        story.Step($"{Title}: {verb} {amount} kr", who, on,
            async (api, stop) => await Obligation(api, amount, stop) is { } one
                && states.Contains(one.GetProperty("state").GetString()) ? one.GetProperty("state").GetString() : null,
            async (api, stop) =>
            {
                var obligation = await ObligationView(api, amount, stop);
                await api.Act($"/outcome-finance/v1/obligations/{obligation.Id}/{action}", body, obligation.Tag, stop);
            }, cancel);

    private static async Task<JsonElement?> Contract(Api api, string list, CancellationToken cancel) =>
        First((await api.Get($"{list}?limit=100", cancel)).Items(), one => one.GetProperty("title").GetString() == Title);

    private static async Task<Guid?> ContractId(Api api, CancellationToken cancel) =>
        (await Contract(api, "/outcome-finance/v1/contracts", cancel))?.GetProperty("id").GetGuid();

    private static async Task<Reply> View(Api api, CancellationToken cancel) =>
        await api.Get($"/outcome-finance/v1/contracts/{await ContractId(api, cancel)}", cancel);

    private static async Task<JsonElement?> Measurement(Api api, string saved, CancellationToken cancel)
    {
        var contract = (await Contract(api, "/follow-up/v1/contracts", cancel))!.Value.GetProperty("id").GetGuid();
        var view = await api.Get($"/follow-up/v1/contracts/{contract}", cancel);
        return First(view.Items("measurements"), one => one.GetProperty("figures").EnumerateArray()
            .Any(figure => figure.GetProperty("path").GetString() == "besparing" && figure.GetProperty("value")
                .GetString() == saved));
    }

    private static async Task<JsonElement?> Obligation(Api api, string amount, CancellationToken cancel) => First(
        (await api.Get($"/outcome-finance/v1/obligations?contractId={await ContractId(api, cancel)}&limit=100", cancel)).Items(),
        one => one.GetProperty("amount").GetString() == amount);

    private static async Task<Reply> ObligationView(Api api, string amount, CancellationToken cancel) =>
        await api.Get(
            $"/outcome-finance/v1/obligations/{(await Obligation(api, amount, cancel))!.Value.GetProperty("id").GetGuid()}",
                cancel);

    private static JsonElement? First(IEnumerable<JsonElement> items, Func<JsonElement, bool> wanted)
    {
        foreach (var item in items)
        {
            if (wanted(item)) return item;
        }
        return null;
    }
}
