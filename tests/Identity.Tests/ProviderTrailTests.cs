using System.Net;
using System.Web;
using Iop.Identity.Domain;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Identity.Tests;

/// <summary>What follows from a provider's word stands in the audit trail of the organisation where it counts.</summary>
[Collection(nameof(FederationWorld))]
public sealed class ProviderTrailTests(FederationWorld world) : IAsyncLifetime
{
    private readonly string _anna = $"anna-{Guid.NewGuid():N}";
    private Forger _forger = null!;
    private Guid _provider;

    public async ValueTask InitializeAsync()
    {
        world.ClockIsRight();
        _forger = await Forger.Start();
        _provider = (await world.Operator.Create("/identity/v1/providers", new
        {
            name = "Gemensam", issuer = _forger.Issuer, clientId = FederationWorld.ClientId, proof = "client-secret",
            clientSecret = FederationWorld.Secret,
        })).Is(HttpStatusCode.Created).Id;
        await world.Grant(_provider, "officers", Roles.Officer);
        await world.Grant(_provider, "lawyers", Roles.Legal);
        await world.Grant(_provider, "signers", Roles.Signatory, world.Association);
    }

    public async ValueTask DisposeAsync() => await _forger.DisposeAsync();

    [Fact]
    public async Task A_new_person_other_roles_and_none_leave_a_line_each_and_the_same_roles_none()
    {
        var anna = await ComesIn("officers");
        Assert.Equal(["added login", "added membership", "added person"], await Changes(anna, world.Municipality));
        await ComesIn("officers");
        Assert.Equal(1, await Lines("FollowProvider", anna, world.Municipality));
        await ComesIn("lawyers", "signers");
        Assert.Equal(2, await Lines("FollowProvider", anna, world.Municipality));
        Assert.Equal(["modified membership roles"], await Changes(anna, world.Municipality));
        Assert.Equal(["added membership"], await Changes(anna, world.Association));
        await ComesIn("signers");
        Assert.Equal(3, await Lines("FollowProvider", anna, world.Municipality));
        Assert.Equal(1, await Lines("FollowProvider", anna, world.Association));
    }

    [Fact]
    public async Task With_a_provider_its_memberships_end_and_each_organisation_sees_which_and_by_whom()
    {
        var anna = await ComesIn("officers", "signers");
        var tag = (await world.Operator.Get($"/identity/v1/providers/{_provider}")).Is(HttpStatusCode.OK).Tag;
        var someone = Callers.Of(OrganisationRef.Operating.Value, Roles.Operator);
        (await world.As(someone).Delete($"/identity/v1/providers/{_provider}", tag)).Is(HttpStatusCode.OK);
        foreach (var organisation in new[] { world.Municipality, world.Association })
        {
            Assert.Equal(1, await world.Scalar<long>("""
                SELECT count(*) FROM audit_trail JOIN membership ON membership_id = subject_id
                WHERE operation = 'EndByProvider' AND audit_trail.person_id = $1 AND audit_trail.organisation_id = $2
                  AND membership.person_id = $3
                """, someone.Person, organisation, anna));
        }
        // And the act itself, where it was done.
        Assert.Equal(1, await Lines("EndProvider", someone.Person, OrganisationRef.Operating.Value));
    }

    [Fact]
    public async Task A_login_that_is_connected_or_let_go_leaves_a_line()
    {
        var vera = await world.WithPassword($"vera-{_anna}@vårby.example");
        using var traveller = new Traveller(world);
        var sent = HttpUtility.ParseQueryString((await traveller.LeavesToConnect(_provider, world.Self(vera.Id))).Query);
        var shown = HttpUtility.ParseQueryString((await Back(traveller, sent, "officers")).Query)["visad"];
        (await world.Self(vera.Id).Send(
            HttpMethod.Post, "/identity/v1/session/logins", new { shown, password = vera.Password })).Is(HttpStatusCode.OK);
        Assert.Equal(1, await Lines("ConnectLogin", vera.Id, world.Municipality));
        var login = await world.Scalar<Guid>("SELECT login_id FROM login WHERE person_id = $1", vera.Id);
        var tag = (await world.Self(vera.Id).Get("/identity/v1/session/logins")).Body.GetProperty("items")[0]
            .GetProperty("loginTag").GetString();
        (await world.Self(vera.Id).Delete($"/identity/v1/session/logins/{login}", $"\"{tag}\"")).Is(HttpStatusCode.OK);
        Assert.Equal(1, await Lines("DisconnectLogin", vera.Id, world.Municipality));
    }

    private async Task<Guid> ComesIn(params string[] groups)
    {
        world.ClockIsRight(); // so that lines have an order
        using var traveller = new Traveller(world);
        var sent = HttpUtility.ParseQueryString((await traveller.Leaves(_provider)).Query);
        return Guid.Parse((await traveller.Token(await Back(traveller, sent, groups))).Subject);
    }

    private Task<Uri> Back(
        Traveller traveller, System.Collections.Specialized.NameValueCollection sent, params string[] groups)
    {
        var now = world.Clock.GetUtcNow();
        _forger.IdToken = _forger.Signed(new Dictionary<string, object>
        {
            ["iss"] = _forger.Issuer, ["aud"] = FederationWorld.ClientId, ["sub"] = _anna, ["nonce"] = sent["nonce"]!,
            ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(), ["name"] = "Anna Andersson",
            ["email"] = $"{_anna}@vårby.example", ["groups"] = groups,
        });
        return traveller.ComesBack(new Uri(
            $"http://localhost/identity/v1/sign-in/providers/{_provider}/callback?code=a&state={Uri.EscapeDataString(sent["state"]!)}"));
    }

    private Task<long> Lines(string operation, Guid person, Guid organisation) => world.Scalar<long>(
        "SELECT count(*) FROM audit_trail WHERE operation = $1 AND person_id = $2 AND organisation_id = $3",
        operation, person, organisation);

    /// <summary>What the newest line says.</summary>
    private async Task<string[]> Changes(Guid person, Guid organisation) =>
        System.Text.Json.JsonSerializer.Deserialize<string[]>(await world.Scalar<string>("""
            SELECT changes::text FROM audit_trail WHERE operation = 'FollowProvider' AND person_id = $1 AND organisation_id = $2
            ORDER BY entry_id DESC LIMIT 1
            """, person, organisation))!;
}
