using Microsoft.Playwright;

namespace Iop.EndToEnd.Tests;

/// <summary>Looking at a page as somebody does who depends on its being made well.</summary>
internal static class Looking
{
    private const int Desktop = 1280;
    private const int Phone = 320;
    private const int Height = 900;

    /// <summary>At the page that somebody stands on, in a browser that runs scripts: accessible, and within a phone.</summary>
    public static async Task At(IPage page)
    {
        Assert.Empty(await Violations(page));
        await page.SetViewportSizeAsync(Phone, Height);
        Assert.Equal("", await TooWide(page));
        await page.SetViewportSizeAsync(Desktop, Height);
    }

    /// <summary>What axe finds.</summary>
    public static async Task<IReadOnlyList<string>> Violations(IPage page)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "axe.min.js"), TestContext.Current.CancellationToken));
        return await page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document)).violations.map(v =>
              v.id + ' (' + v.impact + '): ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join('; '))
            """);
    }

    /// <summary>What reaches beyond the screen, or nothing.</summary>
    public static Task<string> TooWide(IPage page) => page.EvaluateAsync<string>("""
        () => {
          const screen = document.documentElement.clientWidth, wide = document.documentElement.scrollWidth;
          if (wide <= screen) return '';
          const beyond = [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > screen + 0.5);
          return `${wide - screen} px too wide: ` + beyond.slice(-3).map(e => e.outerHTML.slice(0, 120)).join(' | ');
        }
        """);
}
