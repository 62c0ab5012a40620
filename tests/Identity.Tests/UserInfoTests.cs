using Iop.Kernel;
using Microsoft.AspNetCore.Http;

namespace Iop.Identity.Tests;

/// <summary>A provider is asked for more than its token says only where that could give something; and where the answer does not
/// come, whoever needs nothing of it comes in all the same.</summary>
[Collection(nameof(FederationWorld))]
public sealed class UserInfoTests(FederationWorld world) : AtForgedProvider(world)
{
    private readonly string _anna = Guid.NewGuid().ToString();
    private int _asked;
    private bool _isBlocked;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Forger.UserInfo = new { sub = _anna, groups = new[] { "officers" } };
        Forger.Instead = async http =>
        {
            if (http.Request.Path != "/person") return false;
            _asked++;
            if (!_isBlocked) return false;
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            await http.Response.WriteAsJsonAsync(new { error = "blocked by the firewall" });
            return true;
        };
    }

    [Fact]
    public async Task It_is_asked_where_the_token_leaves_out_what_a_grant_wants_and_not_else()
    {
        Assert.Equal([Roles.Officer], await Comes());
        Assert.Equal(0, _asked);
        Assert.Equal([Roles.Officer], await Comes("groups"));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Where_no_grant_could_follow_it_is_not_asked()
    {
        Assert.Equal([Roles.Officer], await Comes());
        var admin = World.Admin(World.Municipality);
        var path = $"/identity/v1/providers/{Provider}";
        var only = (await admin.Get("/identity/v1/providers")).Body.GetProperty("items").EnumerateArray()
            .Single(one => one.GetProperty("id").GetGuid() == Provider).GetProperty("grants")[0].GetProperty("id").GetGuid();
        (await FederationWorld.TakesBack(admin, Provider, only)).Is(System.Net.HttpStatusCode.OK);
        Assert.Equal("no-membership", await IsRefused("groups"));
        Assert.Equal(0, _asked);
    }

    [Fact]
    public async Task Blocked_it_keeps_out_whoever_has_nothing_else_and_changes_nothing()
    {
        Assert.Equal([Roles.Officer], await Comes());
        _isBlocked = true;
        Assert.Equal("provider-refused", await IsRefused("groups"));
        Assert.Equal(1, _asked);
        _isBlocked = false;
        Assert.Equal([Roles.Officer], await Comes("groups"));
    }

    [Fact]
    public async Task Blocked_it_locks_out_nobody_who_has_roles_given_by_hand()
    {
        Assert.Equal([Roles.Officer], await Comes());
        var person = await World.Scalar<Guid>("SELECT person_id FROM login WHERE subject = $1", _anna);
        (await World.Admin(World.Municipality).Create("/identity/v1/memberships", new
        {
            personId = person, organisationId = World.Municipality, unitId = World.SocialServices, roles = new[] { Roles.Legal },
        })).Is(System.Net.HttpStatusCode.Created);
        _isBlocked = true;
        Assert.NotEmpty(await Comes("groups"));
        Assert.Equal(1, await World.Scalar<long>( // what the groups gave stays: it was not said that it had ended
            "SELECT count(*) FROM membership WHERE person_id = $1 AND 'officer' = ANY (roles)", person));
    }

    [Fact]
    public async Task Blocked_it_locks_out_nobody_whose_groups_are_in_the_token()
    {
        Assert.Equal([Roles.Officer], await Comes());
        _isBlocked = true;
        Assert.Equal([Roles.Officer], await Comes("email"));
        Assert.Equal(1, _asked);
    }

    private async Task<IEnumerable<string>> Comes(params string[] without)
    {
        using var traveller = new Traveller(World);
        var token = await traveller.Token(await Arrives(traveller, claims => Less(claims, without), _anna));
        return token.Claims.Where(claim => claim.Type == "roles").Select(claim => claim.Value);
    }

    private async Task<string> IsRefused(params string[] without)
    {
        using var traveller = new Traveller(World);
        return Traveller.Error(await Arrives(traveller, claims => Less(claims, without), _anna));
    }

    private string Less(Dictionary<string, object> claims, string[] without)
    {
        foreach (var name in without) claims.Remove(name);
        return Forger.Signed(claims);
    }
}
