using System.Net;
using System.Text.Json;
using System.Web;
using Iop.Contracts.Identity;
using Iop.Identity.Domain;
using Iop.Kernel;
using Iop.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Iop.Identity.Tests;

/// <summary>People of a municipality come in by its own login: a real OpenID Connect provider.</summary>
[Collection(nameof(FederationWorld))]
public sealed class FederationTests(FederationWorld world) : IAsyncLifetime
{
    private readonly Municipality _municipality = new();
    private readonly string _ofThisTest = Guid.NewGuid().ToString("N")[..8];
    private Guid _provider;

    private string Anna => $"anna-{_ofThisTest}";

    public ValueTask InitializeAsync()
    {
        world.ClockIsRight();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _municipality.DisposeAsync();
        await world.EndProviders();
    }

    [Theory]
    [InlineData("client-secret", "client_secret_post")]
    [InlineData("private-key-jwt", "private_key_jwt")]
    public async Task The_first_sign_in_makes_the_person_and_what_the_groups_give(string proof, string method)
    {
        await Opens(proof, method, "IOP Handläggare", "IOP Jurister");
        using var traveller = new Traveller(world);
        var token = await traveller.Token(await SignIn(traveller));
        Assert.Equal([Roles.Legal, Roles.Officer],
            token.Claims.Where(claim => claim.Type == "roles").Select(claim => claim.Value));
        Assert.Equal(world.Municipality.ToString(), token.GetClaim("org").Value);
        var told = (await world.Announced<MembershipChanged>()).Single(one => one.PersonId == Guid.Parse(token.Subject));
        Assert.Equal(($"{Anna}@vårby.example", "Anna Andersson"), (told.Email, told.Name));
        Assert.Equal(1, await world.Scalar<long>(
            "SELECT count(*) FROM audit_trail WHERE operation = 'FollowProvider' AND person_id = $1 AND organisation_id = $2",
            Guid.Parse(token.Subject), world.Municipality));
    }

    [Fact]
    public async Task Another_role_at_the_municipality_is_another_role_here_at_the_next_sign_in_and_none_is_none()
    {
        await Opens(groups: "IOP Handläggare");
        using var traveller = new Traveller(world);
        var first = await traveller.Token(await SignIn(traveller));
        await Says("IOP Jurister");
        using var second = new Traveller(world);
        var token = await second.Token(await SignIn(second));
        Assert.Equal([Roles.Legal], token.Claims.Where(claim => claim.Type == "roles").Select(claim => claim.Value));
        Assert.Equal(first.Subject, token.Subject);
        await Says("Vaktmästare");
        using var third = new Traveller(world);
        Assert.Equal("no-membership", Traveller.Error(await SignIn(third)));
        Assert.Empty((await world.Announced<MembershipChanged>()).Last(one => one.PersonId == Guid.Parse(first.Subject)).Roles);
        (await world.Swap(traveller.Session)).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_an_administrator_takes_by_hand_no_group_gives_back()
    {
        await Opens(groups: "IOP Handläggare");
        using var traveller = new Traveller(world);
        var person = Guid.Parse((await traveller.Token(await SignIn(traveller))).Subject);
        var membership = (await world.Announced<MembershipChanged>()).Single(one => one.PersonId == person).MembershipId;
        (await world.Admin(world.Municipality).Put(
            $"/identity/v1/memberships/{membership}", "\"1\"", new { roles = Array.Empty<string>() })).Is(HttpStatusCode.OK);
        using var again = new Traveller(world);
        Assert.Equal("no-membership", Traveller.Error(await SignIn(again)));
    }

    [Fact]
    public async Task A_code_is_good_once_at_the_provider_too()
    {
        await Opens(groups: "IOP Handläggare");
        using var traveller = new Traveller(world);
        var callback = await _municipality.SignIn(await traveller.Leaves(_provider), Anna);
        await traveller.Token(await traveller.ComesBack(callback));
        var state = HttpUtility.ParseQueryString((await traveller.Leaves(_provider)).Query)["state"];
        var again = HttpUtility.ParseQueryString(callback.Query);
        again["state"] = state;
        Assert.Equal("provider-refused", Traveller.Error(
            await traveller.ComesBack(new UriBuilder(callback) { Query = again.ToString() }.Uri)));
    }

    [Fact]
    public async Task Whoever_says_no_there_is_told_so_here_and_may_choose_another_way()
    {
        await Opens(groups: "IOP Handläggare");
        using var traveller = new Traveller(world);
        var state = HttpUtility.ParseQueryString((await traveller.Leaves(_provider)).Query)["state"];
        var ended = await traveller.ComesBack(new Uri(
            $"http://localhost/identity/v1/sign-in/providers/{_provider}/callback?error=access_denied&state={state}&iss={_municipality.Issuer}"));
        Assert.Equal("provider-said-no", Traveller.Error(ended));
        Assert.Equal(traveller.Request, HttpUtility.ParseQueryString(ended.Query)["request"]);
        Assert.NotNull(await traveller.Token(await traveller.ComesBack(
            await _municipality.SignIn(await traveller.Leaves(_provider), Anna))));
    }

    [Fact]
    public async Task Several_organisations_stand_behind_one_login()
    {
        await Opens(groups: ["IOP Handläggare", "Förening"], owner: OrganisationRef.Operating.Value);
        await world.Grant(_provider, "Förening", Roles.Signatory, world.Association);
        using var traveller = new Traveller(world);
        var token = await traveller.Token(await SignIn(traveller));
        var told = (await world.Announced<MembershipChanged>()).Where(one => one.PersonId == Guid.Parse(token.Subject)).ToList();
        Assert.Equal(new[] { world.Association, world.Municipality }.Order(), told.Select(one => one.OrganisationId).Order());
    }

    [Fact]
    public async Task A_login_opens_no_door_of_an_organisation_that_does_not_trust_it()
    {
        await Opens(groups: "IOP Handläggare");
        using var traveller = new Traveller(world);
        var person = Guid.Parse((await traveller.Token(await SignIn(traveller))).Subject);
        (await world.Admin(world.Association).Create("/identity/v1/memberships", new
        {
            personId = person, organisationId = world.Association, roles = new[] { Roles.Signatory },
        })).Is(HttpStatusCode.Created);
        await Says("Vaktmästare"); // nothing is left but what the association gave by hand
        using var again = new Traveller(world);
        Assert.Equal("no-membership", Traveller.Error(await SignIn(again)));
    }

    [Fact]
    public async Task What_a_login_gives_counts_only_for_those_who_come_in_by_it()
    {
        await Opens(groups: "IOP Handläggare");
        var email = $"vera-{_ofThisTest}@vårby.example";
        var vera = await world.WithPassword(email, role: null);
        await Connected(vera);
        using var traveller = new Traveller(world);
        var token = await traveller.Token(await SignIn(traveller));
        Assert.Equal(vera.Id.ToString(), token.Subject);
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = new Browser(world);
        var ended = await browser.Fill(await browser.Request(), vera.Email, vera.Password, browser.Totp(vera));
        Assert.Equal("no-membership", Browser.Parameter(ended, "error"));
    }

    [Fact]
    public async Task A_login_is_connected_by_the_person_who_has_shown_it_and_by_nobody_else()
    {
        await Opens(groups: "IOP Handläggare");
        var vera = await world.WithPassword($"vera-{_ofThisTest}@vårby.example");
        var shown = await Shown(vera);
        var other = await world.WithPassword($"eva-{_ofThisTest}@vårby.example");
        (await world.Self(other.Id).Send(HttpMethod.Post, "/identity/v1/session/logins", new { shown }))
            .Refuses(HttpStatusCode.Conflict, "login.not-shown");
        var look = (await world.Self(vera.Id).Send(HttpMethod.Post, "/identity/v1/session/logins/shown", new { shown }))
            .Is(HttpStatusCode.OK).Body;
        Assert.Equal($"{Anna}@vårby.example", look.GetProperty("label").GetString());
        Assert.True(look.GetProperty("needsPassword").GetBoolean());
        (await world.Self(vera.Id).Send(HttpMethod.Post, "/identity/v1/session/logins", new { shown, password = "a guess" }))
            .Refuses(HttpStatusCode.Conflict, "person.password-wrong");
        Assert.Equal(0, await world.Scalar<long>("SELECT count(*) FROM login WHERE person_id = $1", vera.Id));
        await Confirmed(vera, shown);
        Assert.Single(await world.Announced<AccountLinkMade>(),
            link => link.PersonId == vera.Id && link.Kind == "login-connected" && link.Email == vera.Email);
        (await world.Self(vera.Id).Send(HttpMethod.Post, "/identity/v1/session/logins", new { shown }))
            .Refuses(HttpStatusCode.Conflict, "login.not-shown");
        (await world.Self(other.Id).Send(
            HttpMethod.Post, "/identity/v1/session/logins", new { shown = await Shown(other), password = other.Password }))
            .Refuses(HttpStatusCode.Conflict, "login.taken");
    }

    [Fact]
    public async Task Whoever_has_no_password_opens_another_way_in_only_from_one_that_opens_everything_she_has()
    {
        await Opens(groups: "IOP Handläggare");
        using var traveller = new Traveller(world);
        var anna = Guid.Parse((await traveller.Token(await SignIn(traveller))).Subject);
        var token = world.TokenOf(Callers.Of(world.Municipality, Roles.Officer) with { Person = anna });
        var session = Guid.Parse(new JsonWebToken(token).GetClaim("sid").Value); // one like hers, by a token of the tests
        await LikeHers(session, anna);
        using var http = world.NewClient();
        var me = new CallerClient(http, () => token);
        using var mail = new MailIsOn(world.Services.GetRequiredService<IConfiguration>());
        (await Moves("forst")).Is(HttpStatusCode.OK);
        (await world.Admin(world.Association).Create("/identity/v1/memberships", new
        {
            personId = anna, organisationId = world.Association, roles = new[] { Roles.Signatory },
        })).Is(HttpStatusCode.Created);
        (await Moves("sedan")).Refuses(HttpStatusCode.Conflict, "person.not-all-opened");
        var shown = await Shown(new SomeBody(anna, "", "", ""));
        (await me.Send(HttpMethod.Post, "/identity/v1/session/logins", new { shown }))
            .Refuses(HttpStatusCode.Conflict, "person.not-all-opened");

        async Task<Reply> Moves(string to) => await me.Put("/identity/v1/my-data", (await me.Get("/identity/v1/my-data")).Tag,
            new { name = "Anna Andersson", email = $"{to}-{_ofThisTest}@vårby.example", language = "sv" });
    }

    [Fact]
    public async Task A_connected_login_is_listed_and_let_go_but_never_the_only_way_in()
    {
        await Opens(groups: "IOP Handläggare");
        var vera = await world.WithPassword($"vera-{_ofThisTest}@vårby.example");
        await Connected(vera);
        var (login, tag) = await Only(vera.Id);
        (await world.Self(vera.Id).Delete($"/identity/v1/session/logins/{login}")).Is(HttpStatusCode.PreconditionRequired);
        (await world.Self(vera.Id).Delete($"/identity/v1/session/logins/{login}", "\"another\""))
            .Is(HttpStatusCode.PreconditionFailed);
        (await world.Self(vera.Id).Delete($"/identity/v1/session/logins/{login}", tag)).Is(HttpStatusCode.OK);
        using var traveller = new Traveller(world);
        var anna = Guid.Parse((await traveller.Token(await SignIn(traveller))).Subject);
        Assert.NotEqual(vera.Id, anna);
        (login, tag) = await Only(anna);
        (await world.Self(anna).Delete($"/identity/v1/session/logins/{login}", tag))
            .Refuses(HttpStatusCode.Conflict, "login.only-way-in");
        (await world.Self(vera.Id).Delete($"/identity/v1/session/logins/{login}", tag)).Is(HttpStatusCode.NotFound);

        async Task<(Guid Login, string Tag)> Only(Guid person)
        {
            var one = Assert.Single((await world.Self(person).Get("/identity/v1/session/logins")).Body.GetProperty("items")
                .EnumerateArray());
            return (one.GetProperty("id").GetGuid(), $"\"{one.GetProperty("loginTag").GetString()}\"");
        }
    }

    [Fact]
    public async Task Without_a_login_there_is_one_here_with_it_away_passwords_still_work()
    {
        await Opens(groups: "IOP Handläggare");
        var vera = await world.WithPassword($"vera-{_ofThisTest}@vårby.example");
        await _municipality.Stop();
        using var traveller = new Traveller(world);
        Assert.Equal("provider-away", Traveller.Error(await traveller.Leaves(_provider)));
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = new Browser(world);
        Assert.NotEmpty(await browser.CodeFor(vera));
    }

    [Fact]
    public async Task An_ended_login_lets_nobody_in_and_its_sessions_get_no_more_tokens()
    {
        await Opens(groups: "IOP Handläggare");
        using var traveller = new Traveller(world);
        var person = Guid.Parse((await traveller.Token(await SignIn(traveller))).Subject);
        (await world.Swap(traveller.Session)).Is(HttpStatusCode.OK);
        (await world.Admin(world.Municipality).Delete($"/identity/v1/providers/{_provider}", "\"1\"")).Is(HttpStatusCode.OK);
        using var late = new Traveller(world);
        Assert.Equal("provider-gone", Traveller.Error(await late.Leaves(_provider)));
        (await world.Swap(traveller.Session)).Is(HttpStatusCode.BadRequest);
        Assert.Empty(await RolesOf(person));
    }

    [Fact]
    public async Task What_follows_from_a_login_ends_with_the_last_grant_there()
    {
        await Opens(groups: "IOP Handläggare");
        using var traveller = new Traveller(world);
        var person = Guid.Parse((await traveller.Token(await SignIn(traveller))).Subject);
        var path = $"/identity/v1/providers/{_provider}";
        var grants = (await world.Admin(world.Municipality).Get(path)).Body.GetProperty("grants").EnumerateArray()
            .OrderBy(one => one.GetProperty("value").GetString(), StringComparer.Ordinal) // officers before lawyers
            .Select(one => one.GetProperty("id").GetGuid()).ToList();
        var admin = world.Admin(world.Municipality);
        Assert.Equal((false, 1), await Loses(grants[0]));
        Assert.Equal((false, 0), await Loses(grants[1])); // nobody has what it gives
        var seen = (await admin.Get($"{path}/grants/{grants[1]}")).Tag;
        (await admin.Delete($"{path}/grants/{grants[0]}")).Is(HttpStatusCode.PreconditionRequired);
        (await FederationWorld.TakesBack(admin, _provider, grants[0])).Is(HttpStatusCode.OK);
        Assert.Equal([Roles.Officer], await RolesOf(person)); // until the next sign-in
        (await admin.Delete($"{path}/grants/{grants[1]}", seen)).Is(HttpStatusCode.PreconditionFailed); // now it is the last one
        Assert.Equal((true, 1), await Loses(grants[1]));
        (await FederationWorld.TakesBack(admin, _provider, grants[1])).Is(HttpStatusCode.OK);
        Assert.Empty(await RolesOf(person));

        async Task<(bool, int)> Loses(Guid grant) => (await admin.Get($"{path}/grants/{grant}")).Is(HttpStatusCode.OK).Body
            is var shown ? (shown.GetProperty("isLast").GetBoolean(), shown.GetProperty("people").GetInt32()) : default;
    }

    [Fact]
    public async Task Signing_out_at_the_municipality_too_means_that_it_asks_again()
    {
        await Opens(groups: "IOP Handläggare");
        var cookies = new CookieContainer();
        using var traveller = new Traveller(world);
        await traveller.ComesBack(await _municipality.SignIn(await traveller.Leaves(_provider), Anna, cookies));
        await _municipality.SignIn(await traveller.Leaves(_provider), Anna, cookies);
        Assert.Equal(1, _municipality.TimesAsked); // the second time it knew her
        using var http = world.NewClient();
        using var answer = await http.GetAsync($"/identity/v1/sign-in/providers/{_provider}/sign-out");
        Assert.Equal(new Uri("http://localhost/"), await Identity.Tests.Municipality.SignOut(answer.Headers.Location!, cookies));
        await _municipality.SignIn(await traveller.Leaves(_provider), Anna, cookies);
        Assert.Equal(2, _municipality.TimesAsked);
    }

    private async Task Opens(string proof = "client-secret", string method = "client_secret_post", params string[] groups) =>
        await Opens(groups, world.Municipality, proof, method);

    private async Task Opens(
        string[] groups, Guid owner, string proof = "client-secret", string method = "client_secret_post")
    {
        JsonElement provider;
        if (owner == world.Municipality) provider = await world.Provider(_municipality.Issuer, proof: proof);
        else
        {
            provider = (await world.Operator.Create("/identity/v1/providers", new
            {
                name = "Gemensam", issuer = _municipality.Issuer, clientId = FederationWorld.ClientId, proof,
                clientSecret = FederationWorld.Secret,
            })).Is(HttpStatusCode.Created).Body;
        }
        _provider = provider.GetProperty("id").GetGuid();
        await world.Grant(_provider, "IOP Handläggare", Roles.Officer);
        await world.Grant(_provider, "IOP Jurister", Roles.Legal);
        object client = proof == "client-secret"
            ? new
            {
                client_id = FederationWorld.ClientId, client_secret = FederationWorld.Secret,
                token_endpoint_auth_method = method, redirect_uris = new[] { provider.GetProperty("redirectUri").GetString() },
                post_logout_redirect_uris = new[] { provider.GetProperty("signedOutUri").GetString() },
            }
            : new
            {
                client_id = FederationWorld.ClientId, token_endpoint_auth_method = method,
                redirect_uris = new[] { provider.GetProperty("redirectUri").GetString() },
                jwks = new { keys = new[] { provider.GetProperty("publicJwk") } },
            };
        await _municipality.Start(client, People(groups));
    }

    private async Task<IReadOnlyList<string>> RolesOf(Guid person) =>
        (await world.Announced<MembershipChanged>()).Last(one => one.PersonId == person).Roles;

    private Task Says(params string[] groups) => _municipality.Says(People(groups));

    private Dictionary<string, object> People(string[] groups) => new(StringComparer.Ordinal)
    {
        [Anna] = new { name = "Anna Andersson", email = $"{Anna}@vårby.example", groups },
    };

    private async Task LikeHers(Guid session, Guid person)
    {
        await using var connection = new Npgsql.NpgsqlConnection(world.Database.ConnectionString);
        await connection.OpenAsync();
        await using var same = new Npgsql.NpgsqlCommand("""
            INSERT INTO session (session_id, person_id, organisation_id, client_id, provider_id, begun_at, used_at)
            SELECT $1, person_id, organisation_id, client_id, provider_id, begun_at, used_at FROM session WHERE person_id = $2
            """, connection);
        same.Parameters.Add(new Npgsql.NpgsqlParameter { Value = session });
        same.Parameters.Add(new Npgsql.NpgsqlParameter { Value = person });
        Assert.Equal(1, await same.ExecuteNonQueryAsync());
    }

    private async Task<Uri> SignIn(Traveller traveller)
    {
        var callback = await _municipality.SignIn(await traveller.Leaves(_provider), Anna);
        world.ClockIsRight();
        return await traveller.ComesBack(callback);
    }

    private async Task<string> Shown(SomeBody person)
    {
        using var traveller = new Traveller(world);
        var callback = await _municipality.SignIn(await traveller.LeavesToConnect(_provider, world.Self(person.Id)), Anna);
        world.ClockIsRight();
        var ended = await traveller.ComesBack(callback);
        Assert.Equal("/konto/inloggningar/bekrafta", ended.AbsolutePath);
        return HttpUtility.ParseQueryString(ended.Query)["visad"]!;
    }

    private async Task Confirmed(SomeBody person, string shown) =>
        (await world.Self(person.Id).Send(
            HttpMethod.Post, "/identity/v1/session/logins", new { shown, password = person.Password })).Is(HttpStatusCode.OK);

    private async Task Connected(SomeBody person) => await Confirmed(person, await Shown(person));
}
