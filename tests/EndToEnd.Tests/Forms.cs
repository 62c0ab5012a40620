using Microsoft.Playwright;

namespace Iop.EndToEnd.Tests;

/// <summary>Filling in and sending the pages' forms, as a person does who runs no scripts.</summary>
internal static class Forms
{
    private const float LoadMilliseconds = 10_000;

    public static async Task<string> Begin(IPage page, string title)
    {
        await page.GotoAsync("/samverkan/ny");
        await page.Locator("#title").FillAsync(title);
        await page.Locator("#challenge").FillAsync("Det är tomt ute på kvällarna.");
        await Send(page);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(title);
        return new Uri(page.Url).Segments[^1];
    }

    public static async Task Invite(IPage page, string partnership, string organisation, int signatures = 1)
    {
        await page.GotoAsync($"/samverkan/{partnership}/part?sok={Uri.EscapeDataString(organisation)}");
        await page.Locator("#organisationId").SelectOptionAsync(new SelectOptionValue { Label = organisation });
        await page.Locator("#requiredSignatures").SelectOptionAsync($"{signatures}");
        await page.Locator("form[method=post][action$='/part'] button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(organisation);
    }

    public static async Task<string> BeginAgreement(
        IPage page, string partnership, string startsOn = "2027-01-01", string endsOn = "2027-12-31")
    {
        await page.GotoAsync($"/samverkan/{partnership}/avtal");
        await page.Locator("#startsOn").FillAsync(startsOn);
        await page.Locator("#endsOn").FillAsync(endsOn);
        await Send(page);
        await Comes(page, url => url.Contains("/avtal/", StringComparison.Ordinal));
        return new Uri(page.Url).Segments[2].TrimEnd('/');
    }

    /// <summary>Presses the page's own button, and sees that nothing was wrong.</summary>
    public static async Task Send(IPage page, string button = "main form[method=post] button[type=submit]")
    {
        await page.Locator(button).First.ClickAsync();
        await Loaded(page);
        Assert.Empty(await page.Locator("main [role=alert]").AllInnerTextsAsync());
    }

    /// <summary>The page that a click leads to is there. Now and then the browser's word of it is lost: then it has long been
    /// there.</summary>
    public static async Task Loaded(IPage page)
    {
        try
        {
            await page.WaitForLoadStateAsync(LoadState.Load, new PageWaitForLoadStateOptions { Timeout = LoadMilliseconds });
        }
        catch (TimeoutException)
        {
            await Assertions.Expect(page.Locator("h1")).ToHaveCountAsync(1);
        }
    }

    /// <summary>The browser is where it should come; not when that page has loaded, since the word of it may be lost.</summary>
    public static Task Comes(IPage page, Func<string, bool> address) =>
        page.WaitForURLAsync(address, new PageWaitForURLOptions { WaitUntil = WaitUntilState.Commit });

    /// <summary>The decision that a signature rests on, and the signature.</summary>
    public static async Task Sign(IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.Locator("#decidedOn").FillAsync("2025-12-01");
        await page.Locator("#paragraph").FillAsync("41");
        await Send(page, "form:has(#decidedOn) button[type=submit]");
    }

    /// <summary>Looks again until it is so: what one service says reaches the others in its own time.</summary>
    public static async Task Until(IPage page, string path, string text)
    {
        for (var look = 0; look < LooksMax; look++)
        {
            await page.GotoAsync(path);
            if ((await page.Locator("main").InnerTextAsync()).Contains(text, StringComparison.Ordinal)) return;
            await Task.Delay(Pause);
        }
        Assert.Fail($"{path} does not come to say “{text}”.");
    }

    private const int LooksMax = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
}
