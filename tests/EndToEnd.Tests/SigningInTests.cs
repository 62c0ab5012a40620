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
        await LooksAt($"/inbjudan/{invited.Text("invitationToken")}");
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
        var secret = await OpenInstallation(page, fresh, "Rut Ek", "rut@demo.example");
        var login = new Login("rut", "Rut Ek", "rut@demo.example", Password, secret, Guid.Empty, Guid.Empty, null);
        await fresh.Browser.SignIn(page, login);
        await Assertions.Expect(page.Locator(".menu-person")).ToContainTextAsync("Rut Ek");
        await TakeAboard(page);
    }

    [Fact]
    public async Task The_first_start_s_link_opens_the_installation_once()
    {
        var page = await system.Browser.Open(null, script: false);
        await page.GotoAsync(await FirstLink(system));
        await Assertions.Expect(page.Locator("main [role=alert]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("main form")).ToHaveCountAsync(0);
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

    private async Task LooksAt(string path)
    {
        var page = await system.Browser.Open(null);
        await page.GotoAsync(path);
        await Looking.At(page);
        await page.Context.CloseAsync();
    }

    private static async Task<string> FirstLink(RunningSystem of) => new Uri((await File.ReadAllTextAsync(
        Path.Combine(of.Data, "operator-link.txt"), TestContext.Current.CancellationToken)).Trim()).PathAndQuery;

    private static async Task<string> OpenInstallation(IPage page, RunningSystem of, string name, string email)
    {
        await page.GotoAsync(await FirstLink(of));
        await page.Locator("#name").FillAsync(name);
        await page.Locator("#email").FillAsync(email);
        return await Proves(page);
    }

    private static async Task<string> Accept(IPage page, string token)
    {
        await page.GotoAsync($"/inbjudan/{token}");
        return await Proves(page);
    }

    /// <summary>A wrong code first: the same picture comes back, and nothing is lost.</summary>
    /// <returns>The secret of the authenticator app.</returns>
    private static async Task<string> Proves(IPage page)
    {
        var secret = await page.Locator("main code").First.InnerTextAsync();
        await Types(page, "12345"); // five figures are never a code
        await page.Locator("main form button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("#code-error")).ToHaveCountAsync(1);
        Assert.Equal(secret, await page.Locator("main code").First.InnerTextAsync());
        // The one before, as long as it is good for some seconds more; the one shown now is for signing in.
        const int secondsToSend = 15;
        await Types(page, Totp.Code(secret, DateTimeOffset.UtcNow - TimeSpan.FromSeconds(Totp.SecondsPerStep - secondsToSend)));
        await Forms.Send(page);
        await Assertions.Expect(page.Locator("main li code")).ToHaveCountAsync(10);
        return secret;
    }

    private static async Task Types(IPage page, string code)
    {
        await page.Locator("#password").FillAsync(Password);
        await page.Locator("#code").FillAsync(code);
    }
}
