using System.Net;
using System.Security.Cryptography;
using Iop.Identity.SigningIn;
using Iop.Kernel;
using Iop.TestKit;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Iop.Identity.Tests;

[Collection(nameof(IdentityWorld))]
public sealed class SystemTests(IdentityWorld world) : IDisposable
{
    private readonly ECDsa _pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public async Task A_system_proves_itself_with_its_key_and_acts_for_its_organisation()
    {
        var system = await Registered(Roles.Reporter);
        using var http = world.NewClient();
        var token = new JsonWebToken(
            (await Ask(http, Assertion(system))).Is(HttpStatusCode.OK).Body.GetProperty("access_token").GetString());
        Assert.Equal(system.ToString(), token.Subject);
        Assert.Equal(IdentityWorld.Municipality.ToString(), token.GetClaim("org").Value);
        Assert.False(token.TryGetClaim("sid", out _));
    }

    [Fact]
    public async Task An_assertion_is_good_once_whichever_replica_it_comes_to()
    {
        var assertion = Assertion(await Registered(Roles.Reporter));
        using var one = world.NewClient();
        using var other = world.AnotherReplica();
        await Task.WhenAll(other.GetAsync("/health/live"), one.GetAsync("/health/live"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(turn => Ask(turn % 2 == 0 ? one : other, assertion)));
        Assert.Single(answers, answer => answer.Status is HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.Status is not HttpStatusCode.OK), answer =>
            answer.Is(HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Assertions_for_others_too_long_lived_or_of_another_key_are_refused()
    {
        var system = await Registered(Roles.Reporter);
        using var http = world.NewClient();
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        (await Ask(http, Assertion(system, key: stranger))).Is(HttpStatusCode.Unauthorized);
        (await Ask(http, Assertion(system, audience: "https://elsewhere.example"))).Is(HttpStatusCode.Unauthorized);
        (await Ask(http, Assertion(system, minutes: 60))).Is(HttpStatusCode.Unauthorized);
        (await Ask(http, Assertion(system, minutes: -2))).Is(HttpStatusCode.Unauthorized);
        (await Ask(http, Assertion(system, jti: ""))).Is(HttpStatusCode.Unauthorized);
        (await Ask(http, Assertion(Guid.NewGuid()))).Is(HttpStatusCode.Unauthorized);
        (await Ask(http, "not.a.token")).Is(HttpStatusCode.Unauthorized);
        (await Ask(http, Assertion(system))).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_key_is_changed_without_the_system_ever_being_without()
    {
        var system = await Registered(Roles.Reporter);
        var admin = await world.As(world.Admin);
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var http = world.NewClient();
        (await Ask(http, Assertion(system, key: next))).Is(HttpStatusCode.Unauthorized);
        var alone = KeyTag((await admin.Get($"/identity/v1/systems/{system}")).Body.GetProperty("keys")[0]);
        (await admin.Create($"/identity/v1/systems/{system}/keys", new { publicJwk = Public(next) })).Is(HttpStatusCode.Created);
        (await Ask(http, Assertion(system, key: next))).Is(HttpStatusCode.OK);
        (await Ask(http, Assertion(system))).Is(HttpStatusCode.OK);
        var keys = (await admin.Get($"/identity/v1/systems/{system}")).Is(HttpStatusCode.OK).Body.GetProperty("keys");
        Assert.All(keys.EnumerateArray(), key => Assert.NotNull(key.GetProperty("usedAt").GetString()));
        var first = keys[0].GetProperty("id").GetGuid();
        (await (await world.As(world.AssociationsAdmin)).Delete($"/identity/v1/systems/{system}/keys/{first}"))
            .Is(HttpStatusCode.NotFound);
        (await admin.Delete($"/identity/v1/systems/{system}/keys/{first}")).Is(HttpStatusCode.PreconditionRequired);
        (await admin.Delete($"/identity/v1/systems/{system}/keys/{first}", alone)).Is(HttpStatusCode.PreconditionFailed);
        (await admin.Delete($"/identity/v1/systems/{system}/keys/{first}", KeyTag(keys[0]))).Is(HttpStatusCode.OK);
        (await Ask(http, Assertion(system))).Is(HttpStatusCode.Unauthorized);
        (await Ask(http, Assertion(system, key: next))).Is(HttpStatusCode.OK);
        for (var more = 0; more < 4; more++)
        {
            (await admin.Create($"/identity/v1/systems/{system}/keys", new { publicJwk = Public(next) }))
                .Is(HttpStatusCode.Created);
        }
        (await admin.Create($"/identity/v1/systems/{system}/keys", new { publicJwk = Public(next) }))
            .Refuses(HttpStatusCode.Conflict, "system.too-many-keys");
        Assert.Contains((await admin.Get("/identity/v1/systems")).Body.GetProperty("items").EnumerateArray(),
            one => one.GetProperty("id").GetGuid() == system);
    }

    [Fact]
    public async Task Other_roles_are_in_the_systems_next_token_and_in_the_audit_trail()
    {
        var system = await Registered(Roles.Reporter, Roles.Reader);
        var (admin, path) = (await world.As(world.Admin), $"/identity/v1/systems/{system}");
        using var http = world.NewClient();
        Assert.Equal([Roles.Reader, Roles.Reporter], await RolesIn(http, system));
        var body = new { name = "Nya systemet", roles = new[] { Roles.Reader, Roles.Verifier, Roles.Reader } };
        (await admin.Put(path, null, body)).Is(HttpStatusCode.PreconditionRequired);
        var seen = (await admin.Get(path)).Is(HttpStatusCode.OK);
        Assert.Equal(seen.Tag, $"\"{seen.Body.GetProperty("systemTag").GetString()}\"");
        var changed = (await admin.Put(path, seen.Tag, body)).Is(HttpStatusCode.OK);
        Assert.Equal("Nya systemet", changed.Body.GetProperty("name").GetString());
        Assert.Equal([Roles.Reader, Roles.Verifier], await RolesIn(http, system));
        (await Ask(http, Assertion(system), ("scope", Roles.Reporter))).Is(HttpStatusCode.BadRequest);
        (await admin.Put(path, seen.Tag, body)).Is(HttpStatusCode.PreconditionFailed);
        Assert.Equal(1, await world.Scalar<long>("""
            SELECT count(*) FROM audit_trail WHERE operation = 'ChangeSystem' AND subject_id = $1
              AND changes ? 'modified system_client name,roles,version' AND person_id = $2
            """, system, world.Admin.Id));
        Assert.Contains("system.role-is-for-people", (await admin.Put(path, changed.Tag, body with { roles = [Roles.Admin] }))
            .Is(HttpStatusCode.BadRequest).Text, StringComparison.Ordinal);
        (await admin.Put(path, changed.Tag, body with { roles = [] })).Is(HttpStatusCode.BadRequest);
        (await (await world.As(world.AssociationsAdmin)).Put(path, changed.Tag, body)).Is(HttpStatusCode.NotFound);
        (await (await world.As(await world.Colleague(Roles.Officer))).Put(path, changed.Tag, body)).Is(HttpStatusCode.Forbidden);
        Assert.Equal([Roles.Reader, Roles.Verifier], await RolesIn(http, system));
    }

    [Fact]
    public async Task A_system_may_ask_for_fewer_roles_and_never_for_others()
    {
        var system = await Registered(Roles.Reporter, Roles.Reader);
        using var http = world.NewClient();
        var token = (await Ask(http, Assertion(system), ("scope", Roles.Reader))).Is(HttpStatusCode.OK).Body;
        Assert.Equal(Roles.Reader, token.GetProperty("scope").GetString());
        Assert.Equal([Roles.Reader], new JsonWebToken(token.GetProperty("access_token").GetString()).Claims
            .Where(claim => claim.Type == "roles").Select(claim => claim.Value));
        (await Ask(http, Assertion(system), ("scope", $"{Roles.Reader} {Roles.Officer}"))).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_people_answer_for_is_not_for_systems_and_private_keys_are_not_for_us()
    {
        var admin = await world.As(world.Admin);
        foreach (var role in new[] { Roles.Legal, Roles.Signatory, Roles.Admin, Roles.Operator })
        {
            var refused = await admin.Create("/identity/v1/systems", Body(Public(_pair), Roles.Reader, role));
            Assert.Contains("system.role-is-for-people", refused.Is(HttpStatusCode.BadRequest).Text, StringComparison.Ordinal);
        }
        var parameters = _pair.ExportParameters(includePrivateParameters: true);
        var leaked = new { kty = "EC", crv = "P-256", x = Text(parameters.Q.X), y = Text(parameters.Q.Y),
            d = Text(parameters.D) };
        (await admin.Create("/identity/v1/systems", Body(leaked, Roles.Reporter))).Is(HttpStatusCode.BadRequest);
        (await (await world.As(world.AssociationsAdmin)).Create("/identity/v1/systems", Body(Public(_pair), Roles.Reporter)))
            .Is(HttpStatusCode.NotFound);
    }

    public void Dispose() => _pair.Dispose();

    private async Task<Guid> Registered(params string[] roles) =>
        (await (await world.As(world.Admin)).Create("/identity/v1/systems", Body(Public(_pair), roles)))
            .Is(HttpStatusCode.Created).Id;

    private static object Body(object publicJwk, params string[] roles) =>
        new { name = "Verksamhetssystemet", organisationId = IdentityWorld.Municipality, roles, publicJwk };

    private static object Public(ECDsa pair)
    {
        var point = pair.ExportParameters(includePrivateParameters: false).Q;
        return new { kty = "EC", crv = "P-256", x = Text(point.X), y = Text(point.Y) };
    }

    private string Assertion(
        Guid system, ECDsa? key = null, string audience = "http://localhost/identity/v1/token", int minutes = 1,
        string? jti = null)
    {
        var now = world.Clock.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = system.ToString(),
            Audience = audience,
            Claims = new Dictionary<string, object> { ["sub"] = system.ToString(), ["jti"] = jti ?? Guid.NewGuid().ToString() },
            IssuedAt = now,
            Expires = now.AddMinutes(minutes),
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key ?? _pair), SecurityAlgorithms.EcdsaSha256),
        });
    }

    private async Task<IEnumerable<string>> RolesIn(HttpClient http, Guid system) => new JsonWebToken(
        (await Ask(http, Assertion(system))).Is(HttpStatusCode.OK).Body.GetProperty("access_token").GetString()).Claims
        .Where(claim => claim.Type == "roles").Select(claim => claim.Value);

    private static string KeyTag(System.Text.Json.JsonElement key) => $"\"{key.GetProperty("keyTag").GetString()}\"";

    private static Task<Reply> Ask(HttpClient http, string assertion, params (string Name, string Value)[] more) =>
        Browser.Post(http, [
        .. more,
        ("grant_type", GiveToken.SystemGrant),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", assertion)]);

    private static string Text(byte[]? bytes) => Base64UrlEncoder.Encode(bytes);
}
