using System.Text.Json;
using Iop.DemoData.Playing;
using Microsoft.Playwright;

namespace Iop.EndToEnd.Tests;

/// <summary>A real Chromium. Everybody who signs in does it by the page, with password and authenticator code.</summary>
public sealed class Browser(RunningSystem system) : IAsyncLifetime
{
    private const float PatienceMilliseconds = 60_000;
    private const int CodesMax = 3;
    private static readonly TimeSpan CodeLife = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, string> _signedIn = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        _one.Dispose();
    }

    /// <summary>A page of one's own, for a person of the demo or a visitor.</summary>
    public async Task<IPage> Open(string? who, int width = 1280, bool script = true, string language = "sv-SE", bool dark = false)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = system.Address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            JavaScriptEnabled = script,
            Locale = language,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            StorageState = who is null ? null : await SignedIn(who),
        });
        context.SetDefaultTimeout(PatienceMilliseconds);
        return await context.NewPageAsync();
    }

    /// <summary>The session cookie of a person, as a header.</summary>
    internal async Task<string> CookieOf(string who)
    {
        using var state = JsonDocument.Parse(await SignedIn(who));
        return string.Join("; ", state.RootElement.GetProperty("cookies").EnumerateArray()
            .Select(cookie => $"{cookie.GetProperty("name").GetString()}={cookie.GetProperty("value").GetString()}"));
    }

    /// <summary>Signs in by the page, on a page that need not be able to run scripts. A code that was used moments before (by the
    /// demo, as the same person) is refused, as it should be; the next one is not, and is good already.</summary>
    internal async Task SignIn(IPage page, Login login)
    {
        await page.GotoAsync("/session/start?returnUrl=/samverkan");
        for (var attempt = 1; ; attempt++)
        {
            await page.Locator("input[name=email]").FillAsync(login.Email);
            await page.Locator("input[name=password]").FillAsync(login.Password);
            var at = DateTimeOffset.UtcNow + (attempt == 1 ? TimeSpan.Zero : CodeLife);
            await page.Locator("input[name=totp]").FillAsync(Totp.Code(login.TotpSecret, at));
            await page.Locator("main form button[type=submit]").First.ClickAsync();
            await Forms.Comes(page, url => url.Contains("error=", StringComparison.Ordinal) || IsSignedIn(url));
            if (IsSignedIn(page.Url)) return;
            Assert.True(attempt < CodesMax, $"{login.Email} cannot sign in: {page.Url}");
            if (attempt > 1) await Task.Delay(CodeLife);
        }
    }

    private static bool IsSignedIn(string url) =>
        !url.Contains("/logga-in", StringComparison.Ordinal) && !url.Contains("/identity/", StringComparison.Ordinal);

    private async Task<string> SignedIn(string who)
    {
        await _one.WaitAsync();
        try
        {
            if (_signedIn.TryGetValue(who, out var state)) return state;
            await using var context =
                await _browser!.NewContextAsync(
                    new BrowserNewContextOptions { BaseURL = system.Address.ToString(), JavaScriptEnabled = false });
            context.SetDefaultTimeout(PatienceMilliseconds);
            await SignIn(await context.NewPageAsync(), system.Logins.Find(who)!);
            return _signedIn[who] = await context.StorageStateAsync();
        }
        finally
        {
            _one.Release();
        }
    }
}
