using Iop.Identity.Tests;
using Microsoft.Playwright;

namespace Iop.EndToEnd.Tests;

/// <summary>A login that says what is not right: its administrator sees it on trial, and whoever comes by it is told why she is
/// not let in.</summary>
public sealed class RefusedSignInTests(RunningSystem system) : IAsyncLifetime
{
    private const string Tenant = "0b0c0d00-0000-4000-8000-000000000003";
    private const string ClientId = "iop";
    private readonly string _name = $"Prov {Guid.NewGuid():N}"[..20];
    private readonly string _group = $"IOP-{Guid.NewGuid():N}";
    private readonly string _subject = $"{Guid.NewGuid():N}";
    private Forger _login = null!;

    public async ValueTask InitializeAsync() => _login = await Forger.Start();

    public ValueTask DisposeAsync() => _login.DisposeAsync();

    [Fact]
    public async Task A_wrong_token_a_foreign_directory_and_somebodys_address_lead_to_a_page_that_says_so_and_nobody_is_in()
    {
        var admin = await system.Browser.Open("sundsvall-admin", script: false);
        await Add(admin);
        await Tries(admin);
        await Assertions.Expect(admin.Locator("main [role=alert]")).ToContainTextAsync("inte kopplat någon grupp");
        await Assertions.Expect(admin.Locator("main dl")).ToContainTextAsync(_group);
        var shown = admin.Url;
        await Grant(admin);
        await admin.GotoAsync(shown);
        await Assertions.Expect(admin.Locator("main [role=status]")).ToContainTextAsync("Inloggningen fungerar");

        var taken = (await system.As("sundsvall-admin").Get("/identity/v1/session", TestContext.Current.CancellationToken))
            .Body.GetProperty("person").GetProperty("email").GetString()!;
        var page = await system.Browser.Open(null, script: false);
        await Refused(page, claims => claims["nonce"] = "another", "gick inte att lita på");
        await Refused(page, claims => claims["aud"] = "another-client", "gick inte att lita på");
        await Refused(page, claims => claims["tid"] = $"{Guid.NewGuid()}", "från en annan katalog");
        await Refused(page, claims => claims["email"] = taken, "Det finns redan ett konto med din e-postadress");
        _login.GivesFor = nonce => _login.Signed(Right(nonce));
        await Goes(page);
        await Forms.Comes(page, url => url.Contains("/samverkan", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator(".menu-person")).ToContainTextAsync("Disa Berg");
        await TakesBack(admin);
    }

    private async Task Add(IPage page)
    {
        await page.GotoAsync("/inloggningstjanster");
        await page.Locator("#name").FillAsync(_name);
        await page.Locator("#issuer").FillAsync(_login.Issuer);
        await page.Locator("#tenant").FillAsync(Tenant);
        await page.Locator("#clientId").FillAsync(ClientId);
        await page.Locator("#proof").SelectOptionAsync("client-secret");
        await page.Locator("#clientSecret").FillAsync("en-hemlighet");
        await page.Locator("form:has(#issuer) button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(_name);
    }

    private async Task Tries(IPage page)
    {
        _login.GivesFor = nonce => _login.Signed(Right(nonce));
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Provlogga in" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Provinloggning");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Provlogga in" }).ClickAsync();
        await Forms.Comes(page, url => url.Contains("provinloggning?visad=", StringComparison.Ordinal));
        await Forms.Loaded(page);
    }

    private async Task Grant(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Till inloggningstjänsten" }).ClickAsync();
        await page.Locator("#value").FillAsync(_group);
        await page.GetByLabel("handläggare", new PageGetByLabelOptions { Exact = true }).CheckAsync();
        await page.Locator("form:has(#value) button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("Kopplingen är tillagd");
    }

    private async Task TakesBack(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Till inloggningstjänsten" }).ClickAsync();
        await page.Locator("a[href$='/ta-bort']").ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("1 person blir genast av med rollerna");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Ta bort kopplingen" }).ClickAsync();
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("Kopplingen är borttagen");
    }

    private async Task Refused(IPage page, Action<Dictionary<string, object>> spoil, string said)
    {
        _login.GivesFor = nonce =>
        {
            var claims = Right(nonce);
            spoil(claims);
            return _login.Signed(claims);
        };
        await Goes(page);
        await Forms.Comes(page, url => url.Contains("/logga-in", StringComparison.Ordinal)
            && url.Contains("error=provider-", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("main [role=alert]")).ToContainTextAsync(said);
        await page.GotoAsync("/konto");
        await Assertions.Expect(page.Locator(".menu-person")).ToHaveCountAsync(0);
    }

    private async Task Goes(IPage page)
    {
        await page.GotoAsync("/session/start?returnUrl=/samverkan");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Logga in med din organisations inloggning" })
            .ClickAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = _name }).ClickAsync();
    }

    private Dictionary<string, object> Right(string nonce)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new Dictionary<string, object>
        {
            ["iss"] = _login.Issuer, ["aud"] = ClientId, ["sub"] = _subject, ["nonce"] = nonce, ["tid"] = Tenant,
            ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(), ["name"] = "Disa Berg",
            ["email"] = $"disa-{_subject}@sundsvall.example", ["groups"] = new[] { _group },
        };
    }
}
