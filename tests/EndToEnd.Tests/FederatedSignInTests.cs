using System.Text.RegularExpressions;
using Iop.Identity.Tests;
using Microsoft.Playwright;

namespace Iop.EndToEnd.Tests;

/// <summary>A municipality plugs its own login in by the pages, and one of its people comes in by it, changes role there, and
/// signs out in both places.</summary>
public sealed class FederatedSignInTests(RunningSystem system) : IAsyncLifetime
{
    private const string ClientId = "iop";
    private const string Secret = "en-hemlighet-mellan-plattform-och-kommun";
    private readonly Municipality _municipality = new();
    private readonly string _group = $"IOP-{Guid.NewGuid():N}";
    private readonly string _name = $"Sundsvalls inloggning {Guid.NewGuid():N}"[..30];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _municipality.DisposeAsync();

    [Fact]
    public async Task A_municipalitys_person_comes_in_by_its_own_login_and_its_roles_follow_the_groups_there()
    {
        var admin = await system.Browser.Open("sundsvall-admin", script: false);
        await Add(admin);
        await Grant(admin, _group, "handläggare");
        await Grant(admin, _group + "-jurist", "jurist");

        var page = await system.Browser.Open(null, script: false);
        await SignIn(page);
        await Assertions.Expect(page.Locator(".menu-person")).ToContainTextAsync("Disa Berg");
        await Assertions.Expect(page.Locator(".menu-org")).ToContainTextAsync("Sundsvall");
        await Assertions.Expect(page.Locator(".menu-body")).ToContainTextAsync("handläggare");

        await SignOut(page, there: true);
        await _municipality.Says(People(_group + "-jurist"));
        await SignIn(page);
        await Assertions.Expect(page.Locator(".menu-body")).ToContainTextAsync("jurist");
        await Assertions.Expect(page.Locator(".menu-body")).Not.ToContainTextAsync("handläggare");

        await SignOut(page, there: true);
        await _municipality.Says(People("Vaktmästare"));
        await SignIn(page, comesIn: false);
        await Assertions.Expect(page.Locator("main [role=alert]")).ToContainTextAsync("inga roller");

        await _municipality.Stop();
        await admin.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Prova" }).ClickAsync();
        await Assertions.Expect(admin.Locator("main [role=alert]")).ToContainTextAsync("svarar inte");
    }

    [Fact]
    public async Task A_login_that_fetches_our_key_finds_the_new_one_beside_the_old_and_people_come_in_all_the_while()
    {
        var admin = await system.Browser.Open("sundsvall-admin", script: false);
        await AddByKey(admin);
        await Grant(admin, _group, "handläggare");
        var page = await system.Browser.Open(null, script: false);
        await SignIn(page);
        await page.GotoAsync("/konto");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("har inget lösenord här");
        await SignOut(page, there: true);

        await admin.Locator("summary", new PageLocatorOptions { HasText = "Byt nyckel" }).ClickAsync();
        await admin.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Byt nyckel" }).ClickAsync();
        await Assertions.Expect(admin.Locator("main [role=status]")).ToContainTextAsync("Den används inte än");
        await Assertions.Expect(admin.Locator("#otherCertificate")).ToHaveValueAsync(new Regex("BEGIN CERTIFICATE"));
        await admin.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Byt vilken nyckel som används" }).ClickAsync();
        await Assertions.Expect(admin.Locator("main [role=alert]")).ToContainTextAsync("Vänta fem minuter");
        await SignIn(page);
        await SignOut(page, there: true);

        await admin.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Ta bort nyckeln som inte används" })
            .ClickAsync();
        await Assertions.Expect(admin.Locator("main [role=status]")).ToContainTextAsync("Nyckeln är borttagen");
        await SignIn(page);
    }

    private async Task AddByKey(IPage page)
    {
        await page.GotoAsync("/inloggningstjanster");
        await page.Locator("#name").FillAsync(_name);
        await page.Locator("#issuer").FillAsync(_municipality.Issuer);
        await page.Locator("#clientId").FillAsync(ClientId);
        await page.Locator("#proof").SelectOptionAsync("private-key-jwt");
        await page.Locator("form:has(#issuer) button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(_name);
        await _municipality.Start(new
        {
            client_id = ClientId, token_endpoint_auth_method = "private_key_jwt",
            jwks_uri = await page.Locator("details:has(#jwk) code").TextContentAsync(),
            redirect_uris = new[] { await page.Locator("dd code").First.InnerTextAsync() },
            post_logout_redirect_uris = new[] { system.Address.ToString() },
        }, People(_group));
    }

    private async Task Add(IPage page)
    {
        await page.GotoAsync("/inloggningstjanster");
        await page.Locator("#name").FillAsync(_name);
        await page.Locator("#issuer").FillAsync(_municipality.Issuer);
        await page.Locator("#clientId").FillAsync(ClientId);
        await page.Locator("#proof").SelectOptionAsync("client-secret");
        await page.Locator("#clientSecret").FillAsync(Secret);
        await page.Locator("form:has(#issuer) button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(_name);
        var redirect = await page.Locator("dd code").First.InnerTextAsync();
        await _municipality.Start(new
        {
            client_id = ClientId, client_secret = Secret, token_endpoint_auth_method = "client_secret_post",
            redirect_uris = new[] { redirect }, post_logout_redirect_uris = new[] { system.Address.ToString() },
        }, People(_group));
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Prova" }).ClickAsync();
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("Tjänsten svarar");
    }

    private static async Task Grant(IPage page, string group, string role)
    {
        await page.Locator("#value").FillAsync(group);
        await page.GetByLabel(role, new PageGetByLabelOptions { Exact = true }).CheckAsync();
        await page.Locator("form:has(#value) button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("Kopplingen är tillagd");
    }

    private async Task SignIn(IPage page, bool comesIn = true)
    {
        await page.GotoAsync("/session/start?returnUrl=/samverkan");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Logga in med din organisations inloggning" })
            .ClickAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = _name }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Disa Berg" }).ClickAsync();
        await Forms.Comes(page, url => url.Contains(comesIn ? "/samverkan" : "error=no-membership", StringComparison.Ordinal)
            && url.StartsWith(system.Address.ToString(), StringComparison.Ordinal));
        await Forms.Loaded(page);
    }

    private async Task SignOut(IPage page, bool there)
    {
        await page.Locator(".menu summary").ClickAsync();
        await page.Locator("form[action='/session/end'] button").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Du är utloggad");
        if (!there) return;
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = $"Logga ut hos {_name}" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Logga ut hos kommunen" }).ClickAsync();
        await Forms.Comes(page, url => url.TrimEnd('/') == system.Address.ToString().TrimEnd('/'));
    }

    private Dictionary<string, object> People(string group) => new(StringComparer.Ordinal)
    {
        ["disa"] = new { name = "Disa Berg", email = $"disa@{_host}", groups = new[] { group } },
    };

    // Of this test alone: a person is one person through all of it.
    private readonly string _host = $"s{Guid.NewGuid():N}.example";
}
