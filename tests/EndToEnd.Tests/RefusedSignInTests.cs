using System.Web;
using Iop.Identity.Tests;
using Microsoft.Playwright;

namespace Iop.EndToEnd.Tests;

/// <summary>A municipality's login whose answers are spoiled on their way: its administrator sees on trial what is missing, and
/// whoever comes by it is told why she is not let in.</summary>
public sealed class RefusedSignInTests(RunningSystem system) : IAsyncLifetime
{
    private const string Tenant = "0b0c0d00-0000-4000-8000-000000000003";
    private const string ClientId = "iop";
    private const string Secret = "en-hemlighet-mellan-plattform-och-kommun";
    private const string NotGenuine = "gick inte att lita på";
    private const string Expired = "tog för lång tid";
    private readonly string _name = $"Prov {Guid.NewGuid():N}"[..20];
    private readonly string _group = $"IOP-{Guid.NewGuid():N}";
    private readonly string _host = $"s{Guid.NewGuid():N}.example";
    private readonly Municipality _municipality = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _municipality.DisposeAsync();

    [Fact]
    public async Task Whatever_is_wrong_with_an_answer_leads_to_a_page_that_says_so_and_nobody_is_in()
    {
        var admin = await system.Browser.Open("sundsvall-admin");
        await Add(admin);
        await Looking.At(admin);
        await Tries(admin);
        await Looking.At(admin);
        await Assertions.Expect(admin.Locator("main [role=alert]")).ToContainTextAsync("inte kopplat någon grupp");
        await Assertions.Expect(admin.Locator("main dl")).ToContainTextAsync(_group);
        var shown = admin.Url;
        await Grant(admin);
        await admin.GotoAsync(shown);
        await Assertions.Expect(admin.Locator("main [role=status]")).ToContainTextAsync("Inloggningen fungerar");

        var taken = (await system.As("sundsvall-admin").Get("/identity/v1/session", TestContext.Current.CancellationToken))
            .Body.GetProperty("person").GetProperty("email").GetString()!;
        var page = await system.Browser.Open(null, script: false);
        var callback = "";
        page.Request += (_, request) => callback = request.Url.Contains("/callback?", StringComparison.Ordinal)
            && request.Url.Contains("/providers/", StringComparison.Ordinal) ? request.Url : callback;
        await Refused(page, NotGenuine, new { claims = new { nonce = "another" } });
        await Refused(page, NotGenuine, new { claims = new { iss = "https://login.example" } });
        await Refused(page, NotGenuine, new { claims = new { aud = "another-client" } });
        await Refused(page, NotGenuine, new { signature = "stranger" });
        await Refused(page, NotGenuine, new { signature = "none" });
        await Refused(page, NotGenuine, new { answer = new { iss = "https://login.example" } }); // another answers in its place
        await Refused(page, "Klockan hos din organisations inloggning", new { claims = new { iat = 1, exp = 2 } });
        await Refused(page, "från en annan katalog", new { claims = new { tid = $"{Guid.NewGuid()}" } });
        await Refused(page, "Det finns redan ett konto med din e-postadress", new { claims = new { email = taken } });
        await Refused(page, Expired, new { answer = new { state = "made-up" } });

        await _municipality.Spoils(new { });
        await Goes(page);
        await Forms.Comes(page, url => url.Contains("/samverkan", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator(".menu-person")).ToContainTextAsync("Disa Berg");
        await UsedAgain(page, callback);
        await TakesBack(admin);
    }

    /// <summary>The answer by which she came in opens nothing once more: neither its address, nor its code in a new
    /// answer.</summary>
    private async Task UsedAgain(IPage page, string callback)
    {
        await page.Locator(".menu summary").ClickAsync();
        await page.Locator("form[action='/session/end'] button").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Du är utloggad");
        await page.GotoAsync(callback);
        await IsRefused(page, Expired);
        var code = HttpUtility.ParseQueryString(new Uri(callback).Query)["code"]!;
        await Refused(page, "godtog inte försöket", new { answer = new { code } });
    }

    private async Task Add(IPage page)
    {
        await page.GotoAsync("/inloggningstjanster");
        await page.Locator("#name").FillAsync(_name);
        await page.Locator("#issuer").FillAsync(_municipality.Issuer);
        await page.Locator("#tenant").FillAsync(Tenant);
        await page.Locator("#clientId").FillAsync(ClientId);
        await page.Locator("#proof").SelectOptionAsync("client-secret");
        await page.Locator("#clientSecret").FillAsync(Secret);
        await page.Locator("form:has(#issuer) button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(_name);
        await _municipality.Start(new
        {
            client_id = ClientId, client_secret = Secret, token_endpoint_auth_method = "client_secret_post",
            redirect_uris = new[] { await page.Locator("dd code").First.InnerTextAsync() },
        }, new { disa = new { name = "Disa Berg", email = $"disa@{_host}", groups = new[] { _group }, tid = Tenant } });
    }

    private async Task Tries(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Provlogga in" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Provinloggning");
        await SaysWho(page, by: "Provlogga in");
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
        await Looking.At(page);
        await page.Locator("a[href$='/ta-bort']").ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("1 person blir genast av med rollerna");
        await Looking.At(page);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Ta bort kopplingen" }).ClickAsync();
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("Kopplingen är borttagen");
    }

    private async Task Refused(IPage page, string said, object spoil)
    {
        await _municipality.Spoils(spoil);
        await Goes(page);
        await IsRefused(page, said);
    }

    private static async Task IsRefused(IPage page, string said)
    {
        await Forms.Comes(page, url => url.Contains("/logga-in", StringComparison.Ordinal)
            && url.Contains("error=", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("main [role=alert]")).ToContainTextAsync(said);
        await page.GotoAsync("/konto");
        await Assertions.Expect(page.Locator(".menu-person")).ToHaveCountAsync(0);
    }

    private async Task Goes(IPage page)
    {
        await page.GotoAsync("/session/start?returnUrl=/samverkan");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Logga in med din organisations inloggning" })
            .ClickAsync();
        await SaysWho(page, by: _name);
    }

    /// <summary>Asked the first time only: then the municipality knows the browser.</summary>
    private async Task SaysWho(IPage page, string by)
    {
        var before = page.Url;
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = by }).ClickAsync();
        await Forms.Comes(page, url => url != before);
        if (!page.Url.StartsWith(_municipality.Issuer, StringComparison.Ordinal)) return;
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Disa Berg" }).ClickAsync();
    }
}
