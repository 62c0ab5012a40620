using System.Net;
using Iop.Contracts.Identity;
using Iop.Identity.SigningIn;
using Iop.Kernel;
using Iop.TestKit;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Iop.Identity.Tests;

[Collection(nameof(IdentityWorld))]
public sealed class SessionTests(IdentityWorld world)
{
    [Fact]
    public async Task A_session_shows_for_whom_one_acts_and_could_act()
    {
        var person = await InTwoOrganisations();
        var session = (await (await world.As(person)).Get("/identity/v1/session")).Is(HttpStatusCode.OK).Body;
        Assert.Equal(person.Email, session.GetProperty("person").GetProperty("email").GetString());
        Assert.Equal("Vårby kommun", session.GetProperty("acting").GetProperty("organisationName").GetString());
        Assert.Equal(["Vårby kommun", "Föreningen Vårsol"], session.GetProperty("memberships").EnumerateArray()
            .Select(one => one.GetProperty("organisationName").GetString()));
    }

    [Fact]
    public async Task The_gateway_swaps_the_session_for_tokens_of_the_organisation_chosen_last()
    {
        var key = await KeyOf(await InTwoOrganisations());
        var token = (await Swap(key)).Is(HttpStatusCode.OK).Body.GetProperty("access_token").GetString()!;
        Assert.Equal(IdentityWorld.Municipality.ToString(), new JsonWebToken(token).GetClaim("org").Value);
        var chosen = await world.With(token).Send(
            HttpMethod.Post, "/identity/v1/session/organisation", new { organisationId = IdentityWorld.Association });
        Assert.Equal("Föreningen Vårsol",
            chosen.Is(HttpStatusCode.OK).Body.GetProperty("acting").GetProperty("organisationName").GetString());
        var next = new JsonWebToken((await Swap(key)).Body.GetProperty("access_token").GetString());
        Assert.Equal(IdentityWorld.Association.ToString(), next.GetClaim("org").Value);
        Assert.Equal([Roles.Signatory], next.Claims.Where(claim => claim.Type == "roles").Select(claim => claim.Value));
    }

    [Fact]
    public async Task Nobody_acts_for_an_organisation_without_a_role_there()
    {
        var person = await world.As(await world.Colleague(Roles.Officer));
        (await person.Send(HttpMethod.Post, "/identity/v1/session/organisation",
            new { organisationId = IdentityWorld.Association }))
            .Refuses(HttpStatusCode.Conflict, "session.no-such-membership");
        (await person.Send(HttpMethod.Post, "/identity/v1/session/organisation",
            new { organisationId = IdentityWorld.Municipality, unitId = IdentityWorld.SocialServices }))
                .Refuses(HttpStatusCode.Conflict, "session.no-such-membership");
    }

    [Fact]
    public async Task Signing_out_ends_the_session_at_once()
    {
        var key = await KeyOf(await world.Colleague(Roles.Officer));
        var token = (await Swap(key)).Body.GetProperty("access_token").GetString()!;
        (await world.With(token).Delete("/identity/v1/session")).Is(HttpStatusCode.OK);
        (await Swap(key)).Is(HttpStatusCode.BadRequest);
        (await world.With(token).Get("/identity/v1/session")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_session_unused_for_two_hours_is_over()
    {
        var key = await KeyOf(await world.Colleague(Roles.Officer));
        world.Clock.Advance(TimeSpan.FromMinutes(119));
        (await Swap(key)).Is(HttpStatusCode.OK);
        world.Clock.Advance(TimeSpan.FromMinutes(119));
        (await Swap(key)).Is(HttpStatusCode.OK);
        world.Clock.Advance(TimeSpan.FromMinutes(121));
        (await Swap(key)).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Whoever_loses_the_role_gets_no_more_tokens()
    {
        var person = await world.Colleague(Roles.Officer);
        var key = await KeyOf(person);
        var admin = await world.As(world.Admin);
        var told = (await world.Announced<MembershipChanged>()).Last(one => one.PersonId == person.Id);
        (await admin.Put($"/identity/v1/memberships/{told.MembershipId}", "\"1\"", new { roles = Array.Empty<string>() }))
            .Is(HttpStatusCode.OK);
        (await Swap(key)).Is(HttpStatusCode.BadRequest);
        Assert.Empty((await world.Announced<MembershipChanged>()).Last(one => one.PersonId == person.Id).Roles);
    }

    [Fact]
    public async Task Only_the_gateway_swaps_sessions()
    {
        var key = await KeyOf(await world.Colleague(Roles.Officer));
        using var http = world.NewClient();
        (await Browser.Post(http, [("grant_type", GiveToken.SessionGrant), ("client_id", "cli"), ("session", key)]))
            .Is(HttpStatusCode.BadRequest);
        (await Browser.Post(http,
            [("grant_type", GiveToken.SessionGrant), ("client_id", "gateway"), ("client_secret", "guess"), ("session", key)]))
            .Is(HttpStatusCode.Unauthorized);
    }

    private async Task<SomeBody> InTwoOrganisations()
    {
        var person = await world.Colleague(Roles.Officer);
        await IdentityWorld.GivenBy(await world.As(world.AssociationsAdmin), person, IdentityWorld.Association, Roles.Signatory);
        return person;
    }

    private async Task<string> KeyOf(SomeBody person)
    {
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = new Browser(world) { Client = "gateway", RedirectUri = "http://localhost/session/callback" };
        var answer = await browser.Exchange(await browser.CodeFor(person), ("client_secret", IdentityWorld.GatewaySecret));
        return answer.Is(HttpStatusCode.OK).Body.GetProperty("session").GetString()!;
    }

    private async Task<Reply> Swap(string key)
    {
        using var http = world.NewClient();
        return await Browser.Post(http, [
            ("grant_type", GiveToken.SessionGrant), ("client_id", "gateway"), ("client_secret", IdentityWorld.GatewaySecret),
            ("session", key)]);
    }
}
