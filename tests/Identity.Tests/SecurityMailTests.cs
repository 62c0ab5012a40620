using System.Net;
using Iop.Contracts.Identity;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Identity.Tests;

/// <summary>What happens to an account, its owner hears: so that it cannot have been another. And passwords that are guessed
/// first are refused.</summary>
[Collection(nameof(IdentityWorld))]
public sealed class SecurityMailTests(IdentityWorld world)
{
    private const string NewPassword = "another horse battery";

    [Fact]
    public async Task Another_password_is_told_to_its_owner()
    {
        var person = await world.Colleague(Roles.Reader);
        var me = await world.As(person);
        (await me.Send(HttpMethod.Post, "/identity/v1/session/password",
            new { password = "not the password", newPassword = NewPassword })).Is(HttpStatusCode.Conflict);
        Assert.Empty(await Told(person, "password-changed"));
        (await me.Send(HttpMethod.Post, "/identity/v1/session/password",
            new { password = person.Password, newPassword = NewPassword })).Is(HttpStatusCode.OK);
        var told = Assert.Single(await Told(person, "password-changed"));
        Assert.Equal((person.Email, "sv", "/konto"), (told.Email, told.Language, told.Path));
    }

    [Fact]
    public async Task A_browser_that_nobody_has_come_in_by_is_told_of_and_the_first_ever_and_known_ones_are_not()
    {
        var person = await world.Colleague(Roles.Reader);
        using var own = new Browser(world);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        await own.CodeFor(person);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        await own.CodeFor(person);
        Assert.Empty(await Told(person, "new-device"));
        using var other = new Browser(world) { Address = "198.51.100.90" };
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        await other.CodeFor(person);
        Assert.Single(await Told(person, "new-device"));
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        await other.CodeFor(person);
        Assert.Single(await Told(person, "new-device"));
    }

    [Theory]
    [InlineData("Sommar2026!!", "password.common")]
    [InlineData("olle@drift.example1", "password.own")] // the operator's address
    public async Task What_is_guessed_first_is_refused(string password, string code)
    {
        var refused = (await (await world.As(world.Operator)).Send(HttpMethod.Post, "/identity/v1/session/password",
            new { password = world.Operator.Password, newPassword = password })).Is(HttpStatusCode.BadRequest);
        var error = Assert.Single(refused.Body.GetProperty("errors").EnumerateArray());
        Assert.Equal(("newPassword", code), (error.GetProperty("field").GetString(), error.GetProperty("code").GetString()));
    }

    private async Task<List<AccountLinkMade>> Told(SomeBody person, string kind) =>
        [.. (await world.Announced<AccountLinkMade>()).Where(link => link.PersonId == person.Id && link.Kind == kind)];
}
