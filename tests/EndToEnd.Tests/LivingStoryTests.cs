using System.Net;
using Microsoft.Playwright;

namespace Iop.EndToEnd.Tests;

/// <summary>What people do with an agreement that lives: files, bodies, the pool, changes and endings, and what comes from paper;
/// form by form, in browsers that run no scripts.</summary>
public sealed class LivingStoryTests(RunningSystem system)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_attached_and_renamed_and_one_that_is_not_what_it_says_is_refused()
    {
        var agreement = await Agreed.Drafted(system, "Bilagor till nattvandringen", Stop);
        var page = await Open(Agreed.Officer);
        await Attach(page, agreement, "Budget.pdf", Agreed.Pdf);
        Assert.Empty(await page.Locator("main [role=alert]").AllInnerTextsAsync());
        await Attach(page, agreement, "Karta.pdf", "MZ\0\0 no map at all"u8.ToArray());
        Assert.Single(await page.Locator("main [role=alert]").AllInnerTextsAsync());
        Assert.Equal("resources", await page.Locator("#section").InputValueAsync());
        Assert.Equal(1, await page.Locator(".files > li").CountAsync());

        await page.Locator(".files a[href*='/bilagor/']").ClickAsync();
        await page.Locator("#title").FillAsync("Budget för tre år");
        await Forms.Send(page);
        await Assertions.Expect(page.Locator(".files")).ToContainTextAsync("Budget för tre år");
    }

    [Fact]
    public async Task A_change_is_begun_once_and_given_up_and_notice_is_given()
    {
        var agreement = await Agreed.InForce(system, "Samtal som sägs upp", Stop);
        var (officer, partner) = (await Open(Agreed.Officer), await Open(Agreed.Partner));
        await officer.GotoAsync($"/avtal/{agreement}/liv/omforhandla");
        await Begin(partner, agreement, "Fler kvällar behövs.");
        await Forms.Send(partner);

        // The officer saw it as it was before: told so, and what was written is still there.
        await officer.Locator("#reason").FillAsync("Vi vill ändra målgruppen.");
        await officer.Locator("#effectiveOn").FillAsync("2027-02-01");
        await officer.Locator("main form[method=post] button[type=submit]").ClickAsync();
        Assert.Single(await officer.Locator("main [role=alert]").AllInnerTextsAsync());
        Assert.Contains("Vi vill ändra målgruppen.", await Kept(officer), StringComparison.Ordinal);

        await partner.GotoAsync($"/avtal/{agreement}/liv/avbryt");
        await partner.Locator("#reason").FillAsync("Vi väntar ett år.");
        await Forms.Send(partner);
        await Begin(officer, agreement, "Vi vill ändra målgruppen.");
        await Forms.Send(officer);
        await partner.GotoAsync($"/avtal/{agreement}/liv/sag-upp");
        await partner.Locator("#reason").FillAsync("Vi räcker inte till.");
        await Forms.Send(partner);
        await officer.GotoAsync($"/avtal/{agreement}/liv");
        await Assertions.Expect(officer.Locator(".state")).ToContainTextAsync("Uppsagd");
        await Assertions.Expect(officer.Locator("main")).ToContainTextAsync("Vi räcker inte till.");
    }

    [Fact]
    public async Task A_changed_precondition_has_terms_while_all_adapt_and_leads_to_a_renegotiation()
    {
        var agreement = await Agreed.InForce(system, "Ersättningen som ändras", Stop);
        var page = await Open(Agreed.Officer);
        await page.GotoAsync($"/avtal/{agreement}/forutsattningar");
        await page.Locator("#what").FillAsync("Statens ersättning halveras");
        await page.Locator("#source").FillAsync("Regeringens beslut");
        await page.Locator("#occursOn").FillAsync("2027-07-01");
        await page.Locator("#effect").FillAsync("Hälften så många kvällar.");
        await Forms.Send(page);
        await Begin(page, agreement, "Ersättningen halveras.");
        await Forms.Send(page);

        await page.GotoAsync($"/avtal/{agreement}/forutsattningar");
        await page.Locator("article a[href*='/forutsattningar/']").ClickAsync();
        await page.Locator("[id='terms[1].terms']").FillAsync("Staden betalar som förut till årets slut.");
        await Forms.Send(page, "form[action$='/overgang'] button");
        await page.Locator("article a[href*='/forutsattningar/']").ClickAsync();
        await page.Locator("#led").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Forms.Send(page, "form[action$='/foljd'] button");
        await Assertions.Expect(page.Locator("article")).ToContainTextAsync("Staden betalar som förut till årets slut.");
        await Assertions.Expect(page.Locator("article")).ToContainTextAsync("Omförhandling: Ersättningen halveras.");
    }

    [Fact]
    public async Task A_body_deals_with_an_item_and_the_pool_is_used_together_and_never_beyond_what_is_there()
    {
        var agreement = await Agreed.InForce(system, "Pott för sommaren", Stop);
        var (officer, partner) = (await Open(Agreed.Officer), await Open(Agreed.Partner));
        await FormBody(officer, agreement);
        await Item(officer, partner);

        await Pool(officer, agreement, "ny", ("title", "Gemensam pott"));
        await Pool(officer, agreement, "kriterier", ("criteria", "Når barn som andra inte når"));
        await Pool(officer, agreement, "insattning", ("amount", "1 000,50"));
        await Pool(partner, agreement, "beslut", ("amount", "600"), ("purpose", "Läger i juni"));
        await officer.GotoAsync($"/avtal/{agreement}/pott");
        await officer.Locator("a[href*='utbetalning']").ClickAsync();
        await Forms.Send(officer);
        await Assertions.Expect(officer.Locator(".state")).ToContainTextAsync("400,50\u00a0kr");

        await Fill(partner, agreement, "beslut", ("amount", "400,51"), ("purpose", "Läger i augusti"));
        await partner.Locator("main form[method=post] button[type=submit]").ClickAsync();
        await Assertions.Expect(partner.Locator("main [role=alert]")).ToContainTextAsync("400,50");
        Assert.Equal("Läger i augusti", await partner.Locator("#purpose").InputValueAsync());
    }

    [Fact]
    public async Task What_was_signed_on_paper_is_taken_over_when_both_have_said_that_it_is_right()
    {
        var title = $"Mötesplatsen {Guid.NewGuid():N}";
        var partnership = await Agreed.Together(system, title, Stop);
        var (officer, partner) = (await Open(Agreed.Officer), await Open(Agreed.Partner));
        await officer.GotoAsync($"/samverkan/{partnership}/ta-over");
        await officer.Locator("#signedOn").FillAsync("2025-12-01");
        await officer.Locator("#startsOn").FillAsync("2026-01-01");
        await officer.Locator("#endsOn").FillAsync("2028-12-31");
        await Forms.Send(officer);
        var agreement = Guid.Parse(new Uri(officer.Url).Segments[2].TrimEnd('/'));
        await Attach(officer, agreement, "Avtal.pdf", Agreed.Pdf);
        await officer.GotoAsync($"/avtal/{agreement}/papper");
        await officer.Locator("#documentId").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Forms.Send(officer);

        await Forms.Until(partner, "/inkorg", title);
        await partner.Locator($"a[href='/avtal/{agreement}/papper']").First.ClickAsync();
        await Forms.Send(partner, "button[value=confirm]");
        await officer.GotoAsync($"/avtal/{agreement}/papper");
        await Forms.Send(officer, "button[value=confirm]");
        await Assertions.Expect(officer.Locator(".state")).ToContainTextAsync("Gäller");
        await Forms.Until(partner, "/inkorg", $"har bekräftat ”{title}”");
        Assert.DoesNotContain($"”{title}”, undertecknat på papper, tas över hit",
            await partner.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_finds_none_of_the_living_pages()
    {
        const string title = "Något mellan två parter";
        var agreement = await Agreed.InForce(system, title, Stop);
        var stranger = await Open("stranger");
        string[] pages =
        [
            "", "/liv", "/liv/omforhandla", "/liv/sag-upp", "/pott", "/pott/beslut", "/papper", "/organ", "/organ/ny", "/bilagor",
            "/forutsattningar", "/plan", "/avslut", "/versioner", "/historik", "/kommentarer",
        ];
        foreach (var page in pages)
        {
            var answer = await stranger.GotoAsync($"/avtal/{agreement}{page}");
            Assert.True(answer!.Status == (int)HttpStatusCode.NotFound, $"{page}: {answer.Status}");
            Assert.DoesNotContain(title, await stranger.ContentAsync(), StringComparison.Ordinal);
        }
    }

    private Task<IPage> Open(string who) => system.Browser.Open(who, script: false);

    private static async Task Attach(IPage page, Guid agreement, string name, byte[] content)
    {
        await page.GotoAsync($"/avtal/{agreement}/bilagor");
        await page.Locator("#file").SetInputFilesAsync(
            new FilePayload { Name = name, MimeType = "application/pdf", Buffer = content });
        await page.Locator("#section").SelectOptionAsync("resources");
        await page.Locator("form[enctype] button[type=submit]").ClickAsync();
    }

    private static async Task Begin(IPage page, Guid agreement, string reason)
    {
        await page.GotoAsync($"/avtal/{agreement}/liv/omforhandla");
        await page.Locator("#reason").FillAsync(reason);
        await page.Locator("#effectiveOn").FillAsync("2027-02-01");
    }

    /// <summary>All that the page shows and holds in its fields.</summary>
    private static async Task<string> Kept(IPage page) => await page.Locator("main").InnerTextAsync()
        + string.Concat(await page.Locator("main textarea").EvaluateAllAsync<string[]>("all => all.map(one => one.value)"));

    private static async Task FormBody(IPage page, Guid agreement)
    {
        await page.GotoAsync($"/avtal/{agreement}/organ/ny");
        await page.Locator("#kind").SelectOptionAsync("steering");
        await page.Locator("#scope").SelectOptionAsync("partnership");
        await page.Locator("#name").FillAsync("Gemensam styrgrupp");
        await page.Locator("[id='rhythm.everyWeeks']").FillAsync("4");
        await Forms.Send(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Gemensam styrgrupp" }).ClickAsync();
    }

    /// <summary>A seat is taken and left; something is put on the table by one party, and closed by the other.</summary>
    private static async Task Item(IPage officer, IPage partner)
    {
        var body = new Uri(officer.Url).AbsolutePath;
        await officer.GotoAsync($"{body}/ledamoter/ny");
        await officer.Locator("#name").FillAsync("Maja Ek");
        await officer.Locator("#fromOn").FillAsync("2026-01-15");
        await Forms.Send(officer);
        await officer.Locator("a[href*='/ledamoter/']:not([href$='/ny'])").ClickAsync();
        await officer.Locator("#toOn").FillAsync("2026-06-30");
        await officer.Locator("#handover").FillAsync("Nycklar och nätverk till Ali.");
        await Forms.Send(officer);
        await Assertions.Expect(officer.Locator("main")).ToContainTextAsync("Den sista dagen är antecknad.");

        await officer.GotoAsync($"{body}/arenden/ny");
        await officer.Locator("#title").FillAsync("Läger i sommar?");
        await Forms.Send(officer);
        await partner.GotoAsync(body);
        await partner.GetByRole(AriaRole.Link, new() { Name = "Läger i sommar?" }).ClickAsync();
        await partner.Locator("#outcome").FillAsync("Ja, ur potten.");
        await Forms.Send(partner);
        await Assertions.Expect(partner.Locator("main")).ToContainTextAsync("Ja, ur potten.");
    }

    private static async Task Pool(IPage page, Guid agreement, string act, params (string Field, string Value)[] fields)
    {
        await Fill(page, agreement, act, fields);
        await Forms.Send(page);
    }

    private static async Task Fill(IPage page, Guid agreement, string act, params (string Field, string Value)[] fields)
    {
        await page.GotoAsync($"/avtal/{agreement}/pott/{act}");
        foreach (var (field, value) in fields) await page.Locator($"#{field}").FillAsync(value);
        foreach (var criterion in await page.Locator("input[name=criterionIds]").AllAsync()) await criterion.CheckAsync();
        foreach (var day in await page.Locator("[id='decision.meetingOn']").AllAsync()) await day.FillAsync("2026-11-02");
    }
}
