using System.Text.Json;
using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>An invented outcome contract with two payers and result levels: a payer disputes and the dispute is resolved, and a
/// corrected figure gives credit notes. No such contract exists; the organisations lend their names.</summary>
internal static class TwoPayers
{
    private const string Title = "Tillbaka till skolan (påhittat exempel)";
    private const string Finance = "/outcome-finance/v1";
    private const string Terms = """
        villkor 1, SEK
        -- Påhittat exempel: två betalare och tre resultatnivåer. Nivåns belopp är det totala.
        mått investerat: SEK, senaste värdet gäller
        mått åter_i_skolan: antal elever, läggs ihop
        tabell nivåer för elever: antal elever
            när under 10 elever: 0 SEK
            när minst 10 elever och under 25 elever: 600 000 SEK
            när minst 25 elever och under 40 elever: 1 500 000 SEK
            när minst 40 elever: 2 400 000 SEK
        rad resultat = åter_i_skolan enligt nivåer
        utbetalning = summan av raderna, högst 2 400 000 SEK
        betalare Solna 70 %
        betalare Regionen 30 %
        finansiär Fonden har satsat investerat
        """;

    private static readonly Payer[] Payers =
    [
        new("Solna", "solna-controller-1", "solna-controller-2"),
        new("Regionen", "region-controller-1", "region-controller-2"),
    ];

    public static async Task Agree(Story story, CancellationToken cancel)
    {
        await story.Step($"{Title}: draft the outcome contract", "solna-officer", Story.On(2024, 6, 3),
            async (api, stop) => await Contract(api, stop) is null ? null : "terms checked", Draft, cancel);
        foreach (var (who, day) in new[] { ("solna-lawyer", 10), ("lawyer", 11) })
        {
            await story.Step($"{Title}: answer the questions of law", who, Story.On(2024, 6, day),
                async (api, stop) => await View(api, stop) is var view && view.Text("state") != "draft" ? "signed"
                    : await ContractLaw.Finding(api, view.Id, stop),
                async (api, stop) => await ContractLaw.Answer(api, (await View(api, stop)).Id, stop), cancel);
            await story.Step($"{Title}: approve legally", who, Story.On(2024, 6, day),
                async (api, stop) => (await View(api, stop)).Items("legalApprovals").Any(one =>
                    one.GetProperty("organisationId").GetGuid() == story.Cast.OrganisationOf(who)) ? "approved" : null,
                async (api, stop) => await Act(api, "legal-approvals",
                    new { reason = "Ersättningen avser resultat, inte en tjänst som köps." }, "draftHash", stop), cancel);
        }
        await story.Step($"{Title}: open for signature", "solna-officer", Story.On(2024, 6, 12),
            async (api, stop) => (await View(api, stop)).Text("state") == "draft" ? null : "opened",
            async (api, stop) => await Act(api, "opening", new { }, null, stop), cancel);
        foreach (var (who, day) in new[] { ("solna-signatory", 17), ("signatory", 18), ("funder", 19), ("verifier", 20) })
        {
            await story.Step($"{Title}: sign", who, Story.On(2024, 6, day),
                async (api, stop) => (await View(api, stop)).Items("signatures").Any(one =>
                    one.GetProperty("organisationId").GetGuid() == story.Cast.OrganisationOf(who)) ? "signed" : null,
                async (api, stop) => await Act(api, "signatures",
                    new { mandate = new { basis = "board", decidedOn = "2024-06-14", paragraph = "9" } }, "versionHash", stop),
                cancel);
        }
    }

    public static async Task Pay(Story story, CancellationToken cancel)
    {
        await story.Step($"{Title}: measuring is prepared", "solna-reporter", null,
            async (api, stop) => await Contract(api, stop, "/follow-up/v1") is null ? null : "measures and periods known", null,
            cancel);
        foreach (var payer in Payers) await SayHowToPay(story, payer.First, cancel);
        await Measure(story, "26", null, Story.On(2026, 1, 12), cancel);
        await Settle(story, "1050000.00", Payers[0], Story.On(2026, 1, 26), null, cancel);
        await Settle(story, "450000.00", Payers[1], Story.On(2026, 1, 26),
            "Är elever som har flyttat från länet räknade?", cancel);
        // Two pupils had been counted twice: 24 reaches the level below, and what is too much is credited.
        await Measure(story, "24", "26", Story.On(2026, 4, 13), cancel);
        await Settle(story, "-630000.00", Payers[0], Story.On(2026, 4, 27), null, cancel);
        await Settle(story, "-270000.00", Payers[1], Story.On(2026, 4, 27), null, cancel);
    }

    /// <summary>Claimed by the fund, perhaps disputed and resolved, attested by two, confirmed by the fund.</summary>
    private static async Task Settle(
        Story story, string amount, Payer payer, DateTimeOffset on, string? doubt, CancellationToken cancel)
    {
        await Move(story, amount, "claim", "funder", on, ["claimed", "disputed", "attested", "settled"], "claim",
            new { reference = $"Skola {payer.Alias}" }, cancel);
        if (doubt is not null)
        {
            await story.Step($"{Title}: dispute {amount} kr", payer.First, on.AddDays(2),
                async (api, stop) => await Doubt(api, amount, stop), async (api, stop) =>
                {
                    var owed = await Obligation(api, amount, stop);
                    await api.Act($"{Finance}/obligations/{owed.Id}/dispute", new { reason = doubt }, owed.Tag, stop);
                }, cancel);
            await Move(story, amount, "resolve the dispute of", payer.First, on.AddDays(9), ["claimed", "attested", "settled"],
                "dispute/resolution", new { outcome = "Nej, bara elever i länet är räknade. Beloppet står kvar." }, cancel);
        }
        foreach (var (who, day) in new[] { (payer.First, 10), (payer.Second, 11) })
        {
            await story.Step($"{Title}: attest {amount} kr", who, on.AddDays(day),
                async (api, stop) => (await Obligation(api, amount, stop)).Items("attestations")
                    .Any(one => one.GetProperty("personName").GetString() == story.Cast.NameOf(who)) ? "attested" : null,
                async (api, stop) =>
                {
                    var owed = await Obligation(api, amount, stop);
                    await api.Act($"{Finance}/obligations/{owed.Id}/attestations", new { }, owed.Tag, stop);
                }, cancel);
        }
        await Move(story, amount, "confirm the payment of", "funder", on.AddDays(30), ["settled"], "settlement", new { }, cancel);
    }

    /// <summary>Disputed now, or it has been and was resolved.</summary>
    private static async Task<string?> Doubt(Api api, string amount, CancellationToken cancel)
    {
        var owed = await Obligation(api, amount, cancel);
        return owed.Text("state") == "disputed" ? "disputed"
            : owed.Body.GetProperty("disputeOutcome").ValueKind is JsonValueKind.String ? "resolved" : null;
    }

    private static async Task Measure(
        Story story, string pupils, string? instead, DateTimeOffset on, CancellationToken cancel)
    {
        await story.Step($"{Title}: report {pupils} pupils back at school", "solna-reporter", on,
            async (api, stop) => await Measurement(api, pupils, stop) is { } one ? one.GetProperty("state").GetString() : null,
            async (api, stop) => await api.Create(
                $"/follow-up/v1/contracts/{await Contract(api, stop, "/follow-up/v1")}/measurements", new
                {
                    periodKey = "2025",
                    figures = new[]
                    {
                        new { path = "investerat", type = "number", value = "1200000" },
                        new { path = "åter_i_skolan", type = "number", value = pupils },
                    },
                    counterfactual = "simple-count",
                    evidence = new[] { new { name = "Närvarolistor", description = "Påhittat underlag." } },
                    supersedesMeasurementId = instead is null
                        ? null : (Guid?)(await Measurement(api, instead, stop))!.Value.GetProperty("id").GetGuid(),
                }, stop), cancel);
        await story.Step($"{Title}: verify independently", "verifier", on.AddDays(7),
            async (api, stop) => await Measurement(api, pupils, stop) is { } one
                && one.GetProperty("state").GetString() is "verified" or "superseded" ? "verified" : null,
            async (api, stop) =>
            {
                var measured = (await Measurement(api, pupils, stop))!.Value.GetProperty("id").GetGuid();
                var path = $"/follow-up/v1/measurements/{measured}";
                await api.Act($"{path}/verification", new { comment = "Stämmer med närvarolistorna." },
                    (await api.Get(path, stop)).Tag, stop);
            }, cancel);
    }

    /// <summary>Invented accounts; a payer receives what is credited.</summary>
    private static Task SayHowToPay(Story story, string who, CancellationToken cancel) => story.Step(
        $"{Title}: say how to invoice and pay", who, Story.On(2026, 1, 7),
        async (api, stop) => (await api.Get($"{Finance}/invoicing-details", stop)).Body.GetProperty("canInvoice").GetBoolean()
            ? "account, address, value added tax" : null,
        async (api, stop) => await api.Put($"{Finance}/invoicing-details", new
        {
            vatCategory = "outside-scope", vatReason = "Ersättning för verifierat utfall, ingen omsättning",
            bankgiro = "9999-0012", paysFromIban = "SE0450000000000000000001", street = "Exempelgatan 3", postCode = "100 01",
            city = "Exempelstad", contactName = "Ekonomi", contactMail = "ekonomi@offentlig.example",
        }, (await api.Get($"{Finance}/invoicing-details", stop)).Tag, stop), cancel);

    private static async Task Draft(Api api, CancellationToken cancel)
    {
        var solna = await Organisations.Id(api, Organisations.Solna, cancel);
        var fund = await Organisations.Id(api, Organisations.LeksellSocialVentures, cancel);
        await api.Create($"{Finance}/contracts", new
        {
            title = Title,
            parties = new[]
            {
                new { organisationId = solna, role = "payer", alias = "Solna" },
                new { organisationId = await Organisations.Id(api, Organisations.RegionJonkoping, cancel), role = "payer",
                    alias = "Regionen" },
                new { organisationId = solna, role = "provider", alias = "Skolteamet" },
                new { organisationId = fund, role = "funder", alias = "Fonden" },
                new { organisationId = fund, role = "payee", alias = "Fonden" },
                new { organisationId = await Organisations.Id(api, Organisations.Rise, cancel), role = "verifier",
                    alias = "RISE" },
            },
            periods = new[] { new { key = "2025", from = "2025-01-01", to = "2025-12-31", final = true } },
            terms = Terms,
        }, cancel);
    }

    private static Task Move(
        Story story, string amount, string verb, string who, DateTimeOffset on, string[] states, string action, object body,
        CancellationToken cancel) => story.Step($"{Title}: {verb} {amount} kr", who, on,
            async (api, stop) => await Find(api, amount, stop) is { } one
                && states.Contains(one.GetProperty("state").GetString()) ? one.GetProperty("state").GetString() : null,
            async (api, stop) =>
            {
                var owed = await Obligation(api, amount, stop);
                await api.Act($"{Finance}/obligations/{owed.Id}/{action}", body, owed.Tag, stop);
            }, cancel);

    private static async Task Act(Api api, string act, object body, string? tag, CancellationToken cancel)
    {
        var contract = await View(api, cancel);
        await api.Act($"{Finance}/contracts/{contract.Id}/{act}", body, tag is null ? contract.Tag : contract.Text(tag), cancel);
    }

    private static async Task<Guid?> Contract(Api api, CancellationToken cancel, string service = Finance) =>
        First((await api.Get($"{service}/contracts?limit=100", cancel)).Items(),
            one => one.GetProperty("title").GetString() == Title)?.GetProperty("id").GetGuid();

    private static async Task<Reply> View(Api api, CancellationToken cancel) =>
        await api.Get($"{Finance}/contracts/{await Contract(api, cancel)}", cancel);

    private static async Task<JsonElement?> Measurement(Api api, string pupils, CancellationToken cancel)
    {
        var view = await api.Get($"/follow-up/v1/contracts/{await Contract(api, cancel, "/follow-up/v1")}", cancel);
        return First(view.Items("measurements"), one => one.GetProperty("figures").EnumerateArray().Any(figure =>
            figure.GetProperty("path").GetString() == "åter_i_skolan" && figure.GetProperty("value").GetString() == pupils));
    }

    private static async Task<JsonElement?> Find(Api api, string amount, CancellationToken cancel) => First(
        (await api.Get($"{Finance}/obligations?contractId={await Contract(api, cancel)}&limit=100", cancel)).Items(),
        one => one.GetProperty("amount").GetString() == amount);

    /// <summary>Waits for it: what is verified falls due a moment later.</summary>
    private static async Task<Reply> Obligation(Api api, string amount, CancellationToken cancel)
    {
        for (var attempt = 1; attempt < 100; attempt++)
        {
            if (await Find(api, amount, cancel) is { } one)
                return await api.Get($"{Finance}/obligations/{one.GetProperty("id").GetGuid()}", cancel);
            await Task.Delay(TimeSpan.FromMilliseconds(150), cancel);
        }
        throw new InvalidOperationException($"Nothing of {amount} kr has fallen due.");
    }

    private static JsonElement? First(IEnumerable<JsonElement> items, Func<JsonElement, bool> wanted)
    {
        foreach (var item in items)
        {
            if (wanted(item)) return item;
        }
        return null;
    }

    /// <param name="Alias">Its name in the terms.</param>
    /// <param name="First">Its first controller, who also disputes.</param>
    private sealed record Payer(string Alias, string First, string Second);
}
