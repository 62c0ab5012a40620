using System.Net;
using System.Text.Json;
using Iop.Identity.SigningIn;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Identity.Tests;

/// <summary>What people do with their own account, and what others cannot do to it.</summary>
[Collection(nameof(IdentityWorld))]
public sealed class AccountTests(IdentityWorld world)
{
    [Fact]
    public async Task A_recovery_code_stands_in_for_the_app_once()
    {
        var person = await world.Colleague(Roles.Reader);
        var codes = await Renewed(person);
        using var browser = new Browser(world);
        Assert.NotEmpty(Browser.Parameter(await Fill(browser, person, codes[0]), "code"));
        Assert.Equal("wrong", Browser.Parameter(await Fill(browser, person, codes[0]), "error"));
        Assert.NotEmpty(Browser.Parameter(
            await Fill(browser, person, codes[1].Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant()), "code"));
        Assert.Equal(8, (await (await world.As(person)).Get("/identity/v1/session/account")).Body
            .GetProperty("recoveryCodesLeft").GetInt32());
    }

    [Fact]
    public async Task A_wrong_password_costs_no_recovery_code_and_new_codes_end_the_old()
    {
        var person = await world.Colleague(Roles.Reader);
        var codes = await Renewed(person);
        using var browser = new Browser(world) { Address = "192.0.2.31" };
        var wrong = await browser.Fill(await browser.Request(), person.Email, "not the password", codes[0]);
        Assert.Equal("wrong", Browser.Parameter(wrong, "error"));
        Assert.NotEmpty(Browser.Parameter(await Fill(browser, person, codes[0]), "code"));
        await Renewed(person);
        Assert.Equal("wrong", Browser.Parameter(await Fill(browser, person, codes[2]), "error"));
    }

    [Fact]
    public async Task Codes_lie_hashed_and_are_given_with_the_invitation_too()
    {
        var person = await world.Colleague(Roles.Reader);
        Assert.Equal(10, await world.Scalar<long>("SELECT count(*) FROM recovery_code WHERE person_id = $1 AND octet_length(code_hash) = 32", person.Id));
        Assert.Equal(10, (await Renewed(person)).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(10, await world.Scalar<long>("SELECT count(*) FROM recovery_code WHERE person_id = $1 AND octet_length(code_hash) = 32", person.Id));
    }

    [Fact]
    public async Task Another_password_signs_out_everywhere_else()
    {
        var person = await world.Colleague(Roles.Reader);
        var (here, there) = (await world.As(person), await world.As(person));
        (await here.Send(HttpMethod.Post, "/identity/v1/session/password",
            new { password = person.Password, newPassword = "kort" })).Is(HttpStatusCode.BadRequest);
        (await here.Send(HttpMethod.Post, "/identity/v1/session/password",
            new { password = person.Password, newPassword = "another horse battery" })).Is(HttpStatusCode.OK);
        (await here.Get("/identity/v1/session")).Is(HttpStatusCode.OK);
        (await there.Get("/identity/v1/session")).Is(HttpStatusCode.NotFound);
        using var browser = new Browser(world) { Address = "192.0.2.32" };
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("wrong", Browser.Parameter(await Fill(browser, person, browser.Totp(person)), "error"));
        var changed = person with { Password = "another horse battery" };
        Assert.NotEmpty(Browser.Parameter(await Fill(browser, changed, browser.Totp(person)), "code"));
    }

    [Fact]
    public async Task A_stolen_session_cannot_try_passwords_for_long()
    {
        var person = await world.Colleague(Roles.Reader);
        var thief = await world.As(person);
        for (var guess = 0; guess < 5; guess++)
        {
            (await thief.Send(HttpMethod.Post, "/identity/v1/session/recovery-codes", new { password = $"guess {guess}" }))
                .Refuses(HttpStatusCode.Conflict, "person.password-wrong");
        }
        (await thief.Send(HttpMethod.Post, "/identity/v1/session/recovery-codes", new { password = person.Password }))
            .Refuses(HttpStatusCode.Conflict, "person.must-wait");
        Assert.NotNull(await world.As(person)); // signing in is not held up by it
    }

    [Fact]
    public async Task Devices_are_listed_and_signed_out_one_by_one_or_all_and_only_by_their_owner()
    {
        var person = await world.Colleague(Roles.Reader);
        var (here, there, third) = (await world.As(person), await world.As(person), await world.As(person));
        var devices = (await here.Get("/identity/v1/session/devices")).Is(HttpStatusCode.OK).Body.GetProperty("items")
            .EnumerateArray().ToList();
        Assert.Equal(3, devices.Count);
        Assert.Single(devices, device => device.GetProperty("current").GetBoolean());
        var current = (await there.Get("/identity/v1/session/devices")).Body.GetProperty("items").EnumerateArray()
            .Single(device => device.GetProperty("current").GetBoolean()).GetProperty("id").GetGuid();
        (await (await world.As(world.Admin)).Delete($"/identity/v1/session/devices/{current}")).Is(HttpStatusCode.NotFound);
        (await here.Delete($"/identity/v1/session/devices/{current}")).Is(HttpStatusCode.OK);
        (await there.Get("/identity/v1/session")).Is(HttpStatusCode.NotFound);
        (await third.Get("/identity/v1/session")).Is(HttpStatusCode.OK);
        (await here.Delete("/identity/v1/session/devices")).Is(HttpStatusCode.OK);
        (await here.Get("/identity/v1/session")).Is(HttpStatusCode.NotFound);
        (await third.Get("/identity/v1/session")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Guesses_hold_up_nobody_who_has_come_in_before_from_that_device()
    {
        var person = await world.Colleague(Roles.Reader);
        using var own = new Browser(world) { Address = "192.0.2.40" };
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        await own.CodeFor(person);
        using var colleague = new Browser(world) { Address = "192.0.2.40" }; // the same town hall
        var request = await colleague.Request();
        for (var guess = 0; guess < 5; guess++) await colleague.Fill(request, person.Email, $"guess {guess}", "000000");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("locked-out", Browser.Parameter(await Fill(colleague, person, "000000"), "error"));
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        await colleague.Fill(request, person.Email, "guess", "000000"); // and so on
        Assert.NotEmpty(await own.CodeFor(person));
    }

    [Fact]
    public async Task Guesses_from_everywhere_slow_the_account_down_but_not_where_its_owner_has_been()
    {
        var person = await world.Colleague(Roles.Reader);
        using var own = new Browser(world) { Address = "192.0.2.50" };
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        await own.CodeFor(person);
        await using (var many = world.AsSystem.CreateCommand(
            "INSERT INTO failed_sign_in (account_hash, address, failures, last_at) VALUES ($1, '*', 150, $2)"))
        {
            many.Parameters.Add(new() { Value = Random256.HashOf(person.Email) });
            many.Parameters.Add(new() { Value = world.Clock.GetUtcNow() });
            await many.ExecuteNonQueryAsync();
        }
        using var elsewhere = new Browser(world) { Address = "198.51.100.77" };
        Assert.Equal("locked-out", Browser.Parameter(await Fill(elsewhere, person, "000000"), "error"));
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.NotEmpty(await own.CodeFor(person));
        world.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.NotEmpty(await elsewhere.CodeFor(person));
    }

    private async Task<List<string>> Renewed(SomeBody person)
    {
        var renewed = (await (await world.As(person)).Send(
            HttpMethod.Post, "/identity/v1/session/recovery-codes", new { password = person.Password })).Is(HttpStatusCode.OK);
        return renewed.Body.GetProperty("recoveryCodes").Deserialize<List<string>>()!;
    }

    private static async Task<HttpResponseMessage> Fill(Browser browser, SomeBody person, string code) =>
        await browser.Fill(await browser.Request(), person.Email, person.Password, code);
}
