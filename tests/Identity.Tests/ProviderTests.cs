using System.Net;
using Iop.Calling;
using Iop.Identity.Providers;
using Iop.Kernel;
using Iop.TestKit;
using Npgsql;

namespace Iop.Identity.Tests;

[Collection(nameof(FederationWorld))]
public sealed class ProviderTests(FederationWorld world)
{
    [Fact]
    public async Task An_administrator_adds_sees_changes_and_ends_the_organisations_own_login()
    {
        var added = await world.Provider("https://login.vårby.example");
        var path = $"/identity/v1/providers/{added.GetProperty("id").GetGuid()}";
        Assert.DoesNotContain(FederationWorld.Secret, added.GetRawText(), StringComparison.Ordinal);
        var admin = world.Admin(world.Municipality);
        var changed = (await admin.Put(path, "\"1\"", new { name = "Kommunen", clientId = "iop-2" })).Is(HttpStatusCode.OK);
        Assert.Equal("Kommunen", changed.Body.GetProperty("name").GetString());
        (await admin.Put(path, "\"1\"", new { name = "Igen", clientId = "iop-2" })).Is(HttpStatusCode.PreconditionFailed);
        (await world.Admin(world.Association).Get(path)).Is(HttpStatusCode.NotFound);
        (await world.As(Callers.Of(world.Municipality, Roles.Officer)).Get(path)).Is(HttpStatusCode.Forbidden);
        (await admin.Delete(path, changed.Tag)).Is(HttpStatusCode.OK);
        (await admin.Get(path)).Is(HttpStatusCode.NotFound);
        Assert.True(await world.Scalar<long>(
            "SELECT count(*) FROM audit_trail WHERE operation = 'ChangeProvider' AND organisation_id = $1", world.Municipality) >= 1);
    }

    [Fact]
    public async Task Secrets_lie_encrypted()
    {
        var id = (await world.Provider("https://login.vårby.example")).GetProperty("id").GetGuid();
        var kept = await world.Scalar<byte[]>("SELECT secret FROM provider WHERE provider_id = $1", id);
        Assert.DoesNotContain(
            FederationWorld.Secret, System.Text.Encoding.UTF8.GetString(kept), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("issuer", "http://login.vårby.example", "provider.issuer")]
    [InlineData("issuer", "https://user:word@login.vårby.example", "provider.issuer")]
    [InlineData("issuer", "https://login.vårby.example/?x=1", "provider.issuer")]
    [InlineData("issuer", "file:///etc/passwd", "provider.issuer")]
    [InlineData("clientSecret", "", "provider.secret")]
    [InlineData("tenant", "a/b", "provider.tenant")]
    [InlineData("scopes", "profile email", "provider.scopes")]
    public async Task What_cannot_be_used_is_not_taken(string field, string value, string code)
    {
        var body = new Dictionary<string, string>
        {
            ["name"] = "x", ["issuer"] = "https://login.vårby.example", ["clientId"] = "x", ["proof"] = "client-secret",
            ["clientSecret"] = "x", [field] = value,
        };
        var refused = (await world.Admin(world.Municipality).Create("/identity/v1/providers", body))
            .Is(HttpStatusCode.BadRequest);
        Assert.Contains(code, refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_organisation_itself_decides_whom_a_login_gives_its_roles()
    {
        var shared = (await world.Operator.Create("/identity/v1/providers", new
        {
            name = "Gemensam", issuer = "https://login.region.example", clientId = "iop", proof = "private-key-jwt",
        })).Is(HttpStatusCode.Created).Body.GetProperty("id").GetGuid();
        var path = $"/identity/v1/providers/{shared}/grants";
        object Body(Guid organisation, string role) =>
            new { source = "app-role", value = "IOP", organisationId = organisation, roles = new[] { role } };
        (await world.Admin(world.Association).Create(path, Body(world.Municipality, Roles.Officer))).Is(HttpStatusCode.NotFound);
        (await world.Admin(world.Association).Create(path, Body(world.Association, Roles.Operator)))
            .Refuses(HttpStatusCode.Conflict, "membership.operator-is-for-operators");
        (await world.Operator.Create(path, Body(world.Association, Roles.Officer)))
            .Refuses(HttpStatusCode.Conflict, "membership.first-is-admin");
        (await world.Admin(world.Association).Create(path, Body(world.Association, Roles.Officer))).Is(HttpStatusCode.Created);
        (await world.Admin(world.Association).Create(path, Body(world.Association, Roles.Legal)))
            .Refuses(HttpStatusCode.Conflict, "provider.grant-there");
        var seen = (await world.Admin(world.Municipality).Get($"/identity/v1/providers/{shared}")).Is(HttpStatusCode.OK).Body;
        Assert.Equal(0, seen.GetProperty("grants").GetArrayLength());
        Assert.False(seen.GetProperty("mine").GetBoolean());
        (await world.Admin(world.Municipality).Put(
            $"/identity/v1/providers/{shared}", "\"1\"", new { name = "x", clientId = "x" }))
            .Is(HttpStatusCode.NotFound);
        var grant = (await world.Admin(world.Association).Get($"/identity/v1/providers/{shared}")).Body.GetProperty("grants")[0]
            .GetProperty("id").GetGuid();
        (await world.Admin(world.Municipality).Delete($"{path}/{grant}")).Is(HttpStatusCode.NotFound);
        (await world.Admin(world.Municipality).Get($"{path}/{grant}")).Is(HttpStatusCode.NotFound);
        (await FederationWorld.TakesBack(world.Admin(world.Association), shared, grant)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task No_organisation_gets_an_admin_by_the_login_of_a_third_one_and_it_sees_whatever_gives_roles_in_it()
    {
        var (third, young) = (Guid.NewGuid(), Guid.NewGuid());
        await world.Tell(IdentityWorld.Organisation(third, "Tredje kommun", "public"));
        await world.Tell(IdentityWorld.Organisation(young, "Ny förening", "idea-driven"));
        var theirs = (await world.Provider("https://login.tredje.example", third)).GetProperty("id").GetGuid();
        var own = (await world.Provider("https://login.ny.example", young)).GetProperty("id").GetGuid();
        var body = new { source = "app-role", value = "IOP", organisationId = young, roles = new[] { Roles.Admin } };
        (await world.Operator.Create($"/identity/v1/providers/{theirs}/grants", body)).Is(HttpStatusCode.NotFound);
        (await world.Operator.Create($"/identity/v1/providers/{own}/grants", body)).Is(HttpStatusCode.Created);

        var path = $"/identity/v1/providers/{theirs}";
        (await world.Admin(young).Get(path)).Is(HttpStatusCode.NotFound);
        var left = await LeftFromBefore(theirs, young);
        var seen = (await world.Admin(young).Get(path)).Is(HttpStatusCode.OK).Body;
        Assert.False(seen.GetProperty("mine").GetBoolean());
        Assert.Equal(left, Assert.Single(seen.GetProperty("grants").EnumerateArray()).GetProperty("id").GetGuid());
        (await FederationWorld.TakesBack(world.Admin(young), theirs, left)).Is(HttpStatusCode.OK);
        (await world.Admin(young).Get(path)).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task There_is_an_end_to_how_many()
    {
        var organisation = Guid.NewGuid();
        await world.Tell(IdentityWorld.Organisation(organisation, "Många kommun", "public"));
        for (var number = 0; number < 20; number++) await world.Provider($"https://login{number}.example", organisation);
        (await world.Admin(organisation).Create("/identity/v1/providers", new
        {
            name = "x", issuer = "https://login.example", clientId = "x", proof = "private-key-jwt",
        })).Refuses(HttpStatusCode.Conflict, "provider.too-many");
    }

    [Fact]
    public async Task Those_that_somebody_trusts_can_be_chosen_before_signing_in()
    {
        var id = (await world.Provider("https://login.vårby.example")).GetProperty("id").GetGuid();
        Assert.DoesNotContain(id, await Open());
        await world.Grant(id, "x", Roles.Reader);
        Assert.Contains(id, await Open());

        async Task<IEnumerable<Guid>> Open() => (await world.Anonymous.Get("/identity/v1/sign-in/providers"))
            .Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Internal_addresses_are_not_asked()
    {
        var id = (await world.Provider("https://10.1.2.3")).GetProperty("id").GetGuid();
        var outcome = (await world.Admin(world.Municipality)
            .Send(HttpMethod.Post, $"/identity/v1/providers/{id}/tests", body: null)).Is(HttpStatusCode.OK).Body;
        Assert.Equal("internal-address", outcome.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("127.0.0.1", "Production", false)]
    [InlineData("127.0.0.1", "Development", true)]
    [InlineData("::1", "Production", false)]
    [InlineData("10.0.0.7", "Development", false)]
    [InlineData("10.9.0.7", "Production", true)] // the operator's own network
    [InlineData("169.254.169.254", "Production", false)]
    [InlineData("::ffff:192.168.1.1", "Production", false)]
    [InlineData("fd00::1", "Production", false)]
    [InlineData("193.10.0.1", "Production", true)]
    [InlineData("2a00:1450::1", "Production", true)]
    public void A_provider_is_at_a_public_address_or_where_the_operator_allows_it(string address, string environment, bool may) =>
        Assert.Equal(may, Addresses(environment).MayReach(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://localhost:1/", "Production", false)]
    [InlineData("http://localhost:1/", "Development", true)]
    [InlineData("http://login.example/", "Development", false)]
    [InlineData("https://login.example/", "Production", true)]
    [InlineData("javascript:alert(1)", "Production", false)]
    public void A_provider_is_called_encrypted(string address, string environment, bool may) =>
        Assert.Equal(may, Addresses(environment).MayBeCalled(address));

    private async Task<Guid> LeftFromBefore(Guid provider, Guid organisation)
    {
        await using var app = NpgsqlDataSource.Create(
            world.Database.ConnectionStringFor("identity_app", ServiceDatabase.Password));
        await using var command = app.CreateCommand("""
            INSERT INTO provider_grant (grant_id, provider_id, source, value, organisation_id, roles)
            VALUES (gen_random_uuid(), $1, 'Group', 'x', $2, '{admin}') RETURNING grant_id
            """);
        command.Parameters.Add(new() { Value = provider });
        command.Parameters.Add(new() { Value = organisation });
        return (Guid)(await command.ExecuteScalarAsync())!;
    }

    private static ReachableAddresses Addresses(string environment) =>
        new FederationSettings { InternalNetworks = ["10.9.0.0/16"] }.Reachable(new Named(environment));
}
