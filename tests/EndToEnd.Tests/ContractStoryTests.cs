using Iop.DemoData.Cases;
using Iop.DemoData.Playing;
using Microsoft.Playwright;

namespace Iop.EndToEnd.Tests;

/// <summary>An outcome contract from its approval to the settled payment, each step by its own page and as the person whose job
/// it is; nobody runs scripts.</summary>
[Collection(Contracts.Name)]
public sealed class ContractStoryTests(RunningSystem system)
{
    private const string Period = "2025";

    [Fact]
    public async Task A_verified_outcome_is_claimed_disputed_attested_by_two_and_paid()
    {
        var contract = await Draft();
        var page = $"/utfallskontrakt/{contract}";
        var lawyer = await system.Browser.Open("norrkoping-lawyer", script: false);
        await Assess(lawyer, contract, page);
        var officer = await system.Browser.Open("norrkoping-officer", script: false);
        await officer.GotoAsync($"{page}/oppna");
        await Forms.Send(officer);
        foreach (var who in new[] { "norrkoping-signatory", "funder", "verifier" })
            await Forms.Sign(await system.Browser.Open(who, script: false), $"{page}/underskrift");

        var measurement = await Report(page);
        var verifier = await system.Browser.Open("verifier", script: false);
        await verifier.GotoAsync($"/verifiering/{measurement}");
        await verifier.Locator("#reason").FillAsync("Underlaget visar 11 och inte 12.");
        await Forms.Send(verifier, "button[value=return]");
        measurement = await Report(page, "11");
        await verifier.GotoAsync($"/verifiering/{measurement}");
        await verifier.Locator("#comment").FillAsync("Stämmer med underlaget.");
        await Forms.Send(verifier, "button[value=verify]");

        await Pay(await Claim(contract));
    }

    /// <summary>One question on the page, the others by the API; then the approval on the page.</summary>
    private async Task Assess(IPage lawyer, Guid contract, string page)
    {
        await lawyer.GotoAsync($"{page}/bedomning");
        await lawyer.Locator("#pc-obligations details.more summary").ClickAsync();
        await lawyer.Locator("#pc-obligations-no").CheckAsync();
        await lawyer.Locator("#pc-obligations-reason").FillAsync("Kommunen kan inte kräva att insatsen utförs.");
        await Forms.Send(lawyer, "#pc-obligations form button");
        await ContractLaw.Answer(system.As("norrkoping-lawyer"), contract, TestContext.Current.CancellationToken);
        await lawyer.GotoAsync($"{page}/bedomning");
        await lawyer.Locator("#reason").FillAsync("Ersättningen avser resultat, inte en tjänst som kommunen köper.");
        await Forms.Send(lawyer, "form[action$='/godkannande'] button");
    }

    /// <summary>Drafted by the API: the text comes from elsewhere.</summary>
    private async Task<Guid> Draft()
    {
        var stop = TestContext.Current.CancellationToken;
        var api = system.As("norrkoping-officer");
        var norrkoping = system.Logins.Find("norrkoping-officer")!.OrganisationId;
        var fund = system.Logins.Find("funder")!.OrganisationId;
        var created = await api.Create("/outcome-finance/v1/contracts", new
        {
            title = "Tillbaka till skolan",
            parties = new[]
            {
                new { organisationId = norrkoping, role = "payer", alias = "Kommunen" },
                new { organisationId = norrkoping, role = "provider", alias = "Skolteamet" },
                new { organisationId = fund, role = "funder", alias = "Fonden" },
                new { organisationId = fund, role = "payee", alias = "Fonden" },
                new { organisationId = system.Logins.Find("verifier")!.OrganisationId, role = "verifier", alias = "Granskaren" },
            },
            periods = new[] { new { key = Period, from = "2025-01-01", to = "2025-12-31", final = true } },
            terms = """
                villkor 1, SEK
                mått åter_i_skolan: antal elever, läggs ihop
                rad ersättning = åter_i_skolan × 40 000 SEK per elever
                utbetalning = summan av raderna, utan tak
                betalare Kommunen 100 %
                """,
        }, stop);
        return created.Id;
    }

    private async Task<string> Report(string contract, string figure = "12")
    {
        var reporter = await system.Browser.Open("reporter", script: false);
        await Forms.Until(reporter, $"{contract}/matning/{Period}", "åter i skolan");
        await reporter.Locator("[id='figure:åter_i_skolan']").FillAsync(figure);
        await reporter.Locator("#counterfactual").SelectOptionAsync("simple-count");
        await reporter.Locator("#evidence").FillAsync("Närvarolistor");
        await Forms.Send(reporter);
        return new Uri(reporter.Url).Segments[^1];
    }

    private async Task<string> Claim(Guid contract)
    {
        var stop = TestContext.Current.CancellationToken;
        var funder = await system.Browser.Open("funder", script: false);
        await Forms.Until(funder, $"/utfallskontrakt/{contract}", "440\u00a0000");
        var obligation = (await system.As("funder")
            .Get($"/outcome-finance/v1/obligations?contractId={contract}", stop)).Items().Single().GetProperty("id").GetGuid();
        var claim = $"/attest/{obligation}";
        await funder.GotoAsync(claim);
        await funder.Locator("#reference").FillAsync("Faktura 2025-7");
        await Forms.Send(funder, "button[value=claim]");
        return claim;
    }

    private async Task Pay(string claim)
    {
        var first = await system.Browser.Open("controller-1", script: false);
        await first.GotoAsync(claim);
        await first.Locator("details.more summary").Last.ClickAsync();
        await first.Locator("#reason").FillAsync("En elev är räknad två gånger?");
        await Forms.Send(first, "button[value=dispute]");
        await first.Locator("#outcome").FillAsync("Två elever med samma namn; beloppet står kvar.");
        await Forms.Send(first, "button[value=resolve]");
        await Forms.Send(first, "button[value=attest]");
        Assert.Equal(0, await first.Locator("button[value=attest]").CountAsync());

        var second = await system.Browser.Open("controller-2", script: false);
        await second.GotoAsync(claim);
        await Forms.Send(second, "button[value=attest]");

        var funder = await system.Browser.Open("funder", script: false);
        await funder.GotoAsync(claim);
        await Forms.Send(funder, "button[value=settle]");
        await Assertions.Expect(funder.Locator("main")).ToContainTextAsync("Betald");
    }
}
