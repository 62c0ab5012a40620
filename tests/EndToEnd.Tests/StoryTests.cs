using System.Net;
using Microsoft.Playwright;

namespace Iop.EndToEnd.Tests;

/// <summary>What people do in a browser that runs no scripts, form by form.</summary>
public sealed class StoryTests(RunningSystem system)
{
    private const string Officer = "solna-officer";

    [Fact]
    public async Task Two_people_write_the_same_section_and_nothing_is_lost()
    {
        var first = await system.Browser.Open(Officer, script: false);
        var partnership = await Forms.Begin(first, "Nattvandring i Hagalund");
        await Forms.Invite(first, partnership, "Stiftelsen Tryggare Sverige");
        var agreement = await Forms.BeginAgreement(first, partnership);
        var section = $"/avtal/{agreement}/avsnitt/background";
        var second = await system.Browser.Open("foundation-signatory", script: false);
        await first.GotoAsync(section);
        await second.GotoAsync(section);

        await first.Locator("#text").FillAsync("Kommunen ser att kvällarna är otrygga.");
        await first.Locator("button[value=save]").ClickAsync();
        await second.Locator("#text").FillAsync("Stiftelsen ser att kvällarna är otrygga.");
        await second.Locator("button[value=save]").ClickAsync();

        Assert.Equal(1, await second.Locator("#difference").CountAsync());
        Assert.Equal("Stiftelsen ser att kvällarna är otrygga.", await second.Locator("#text").InputValueAsync());
        await second.Locator("button[value=save]").ClickAsync();
        await first.GotoAsync(section);
        Assert.Equal("Stiftelsen ser att kvällarna är otrygga.", await first.Locator("#text").InputValueAsync());
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_what_was_typed_is_kept()
    {
        var page = await system.Browser.Open(Officer, script: false);
        await page.GotoAsync("/samverkan/ny");
        await page.Locator("#title").FillAsync("   ");
        await page.Locator("#challenge").FillAsync("<script>alert('x')</script> Ensamhet bland äldre");
        await page.Locator("main form button[type=submit]").ClickAsync();
        Assert.Equal(1, await page.Locator("[role=alert]").CountAsync());
        Assert.Equal("<script>alert('x')</script> Ensamhet bland äldre", await page.Locator("#challenge").InputValueAsync());
    }

    [Fact]
    public async Task A_stranger_finds_nothing_where_others_work()
    {
        var officer = await system.Browser.Open(Officer, script: false);
        var partnership = await Forms.Begin(officer, "Något som inte rör andra");
        var stranger = await system.Browser.Open("stranger", script: false);
        var answer = await stranger.GotoAsync($"/samverkan/{partnership}");
        Assert.Equal((int)HttpStatusCode.NotFound, answer!.Status);
        Assert.DoesNotContain("Något som inte rör andra", await stranger.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_kept_from_before_is_worth_nothing_after_sign_out()
    {
        var page = await system.Browser.Open(null, script: false);
        await system.Browser.SignIn(page, system.Logins.Find("evaluator")!);
        var kept = await page.Context.CookiesAsync();
        await page.Locator("header details summary").First.ClickAsync();
        await page.Locator("form[action='/session/end'] button").ClickAsync();

        await page.Context.AddCookiesAsync(kept.Select(cookie => new Microsoft.Playwright.Cookie
        {
            Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path,
        }));
        await page.GotoAsync("/samverkan");
        Assert.Equal(0, await page.Locator("form[action='/session/end']").CountAsync());
    }
}
