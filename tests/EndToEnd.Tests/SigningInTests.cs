using Iop.DemoData.Playing;
using Microsoft.Playwright;

namespace Iop.EndToEnd.Tests;

/// <summary>Coming in: an invitation taken up, a second organisation, and what happens to a link that is spent.</summary>
public sealed class SigningInTests(RunningSystem system)
{
    private const string Password = "hundra-havregrynskakor-till-fika";

    [Fact]
    public async Task Somebody_invited_to_two_organisations_comes_in_and_chooses_whom_to_act_for()
    {
        var stop = TestContext.Current.CancellationToken;
        var email = $"vera.{Guid.NewGuid():N}@demo.example";
        var invited = await system.As("solna-admin")
            .Create("/identity/v1/people", new { name = "Vera Lund", email, language = "sv" }, stop);
        foreach (var (admin, roles) in new[] { ("solna-admin", new[] { "officer" }), ("sundsvall-admin", ["reader"]) })
        {
            var organisationId = system.Logins.Find(admin)!.OrganisationId;
            await system.As(admin)
                .Create("/identity/v1/memberships", new { personId = invited.Id, organisationId, roles }, stop);
        }
        var page = await system.Browser.Open(null, script: false);
        var secret = await Accept(page, invited.Text("invitationToken"));
        await system.Browser.SignIn(page, new Login("vera", "Vera Lund", email, Password, secret, invited.Id, Guid.Empty, null));

        await page.GotoAsync("/valj-organisation");
        await page.GetByLabel("Sundsvalls kommun").CheckAsync();
        await Forms.Send(page, "main form button[type=submit]");
        await Assertions.Expect(page.Locator(".menu-org")).ToContainTextAsync("Sundsvall");
    }

    [Fact]
    public async Task A_new_installation_is_opened_by_its_first_link_in_the_browser()
    {
        await using var fresh = RunningSystem.WithoutDemo();
        await fresh.InitializeAsync();
        var page = await fresh.Browser.Open(null, script: false);
        await OpenInstallation(page, fresh, "Rut Ek", "rut@demo.example");
        var secret = await page.Locator("main code").First.InnerTextAsync();
        var login = new Login("rut", "Rut Ek", "rut@demo.example", Password, secret, Guid.Empty, Guid.Empty, null);
        await fresh.Browser.SignIn(page, login);
        await Assertions.Expect(page.Locator(".menu-person")).ToContainTextAsync("Rut Ek");
        await TakeAboard(page);
    }

    [Fact]
    public async Task The_first_start_s_link_opens_the_installation_once()
    {
        var page = await system.Browser.Open(null, script: false);
        await OpenInstallation(page, system, "En till operatör", "en-till@demo.example");
        await Assertions.Expect(page.Locator("main [role=alert]")).ToHaveCountAsync(1);
        Assert.Equal("En till operatör", await page.Locator("#name").InputValueAsync());
    }

    /// <summary>The first thing an operator does: without it nobody else can begin.</summary>
    private static async Task TakeAboard(IPage page)
    {
        await page.GotoAsync("/drift/organisationer/ny");
        await page.Locator("#number").FillAsync("212000-2239");
        await page.Locator("#name").FillAsync("Falu kommun");
        await page.Locator("#municipalityCode").SelectOptionAsync("2080");
        await Forms.Send(page, "main form button[type=submit]");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Falu kommun");
        await page.Locator("#name").FillAsync("Socialnämnden");
        await Forms.Send(page, "main form[action$='/enheter'] button[type=submit]");
        await Assertions.Expect(page.Locator("main h3")).ToContainTextAsync("Socialnämnden");
        await Assertions.Expect(page.Locator("main a[href^='/personer/bjud-in']")).ToHaveCountAsync(1);
    }

    private static async Task OpenInstallation(IPage page, RunningSystem of, string name, string email)
    {
        var link = await File.ReadAllTextAsync(Path.Combine(of.Data, "operator-link.txt"), TestContext.Current.CancellationToken);
        await page.GotoAsync(new Uri(link.Trim()).PathAndQuery);
        await page.Locator("#name").FillAsync(name);
        await page.Locator("#email").FillAsync(email);
        await page.Locator("#password").FillAsync(Password);
        await page.Locator("main form button[type=submit]").ClickAsync();
    }

    /// <returns>The secret of the authenticator app.</returns>
    private static async Task<string> Accept(IPage page, string token)
    {
        await page.GotoAsync($"/inbjudan/{token}");
        await page.Locator("#password").FillAsync(Password);
        await Forms.Send(page);
        return await page.Locator("main code").First.InnerTextAsync();
    }
}
