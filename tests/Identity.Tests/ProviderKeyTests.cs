using System.Net;
using System.Text.Json;
using Iop.Identity.Domain;
using Iop.Kernel;
using Iop.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Iop.Identity.Tests;

/// <summary>Our key at a municipality's login is changed, and on no day does nobody come in.</summary>
[Collection(nameof(FederationWorld))]
public sealed class ProviderKeyTests(FederationWorld world) : IAsyncLifetime
{
    private readonly Municipality _municipality = new();
    private readonly string _anna = $"anna-{Guid.NewGuid():N}";
    private Guid _provider;
    private string _redirect = "";

    private string Path => $"/identity/v1/providers/{_provider}";

    public async ValueTask InitializeAsync()
    {
        world.ClockIsRight();
        var added = await world.Provider(_municipality.Issuer, proof: "private-key-jwt");
        (_provider, _redirect) = (added.GetProperty("id").GetGuid(), added.GetProperty("redirectUri").GetString()!);
        await world.Grant(_provider, "IOP Handläggare", Roles.Officer);
    }

    public async ValueTask DisposeAsync()
    {
        await _municipality.DisposeAsync();
        await world.EndProviders();
    }

    [Fact]
    public async Task The_new_key_is_published_then_signs_then_the_old_one_goes_and_whoever_knows_both_notices_nothing()
    {
        var first = await Published();
        Assert.Equal(Assert.Single(first), await Signing());
        await Knows(first);
        await ComesIn();

        var admin = world.Admin(world.Municipality);
        var renewed = (await admin.Act($"{Path}/key", "\"1\"")).Is(HttpStatusCode.OK);
        var both = await Published();
        Assert.Equal(2, both.Count);
        Assert.Equal(Assert.Single(first), await Signing());
        await ComesIn(); // they know the first one only, and it is the one that signs
        (await admin.Act($"{Path}/key/swap", renewed.Tag)).Refuses(HttpStatusCode.Conflict, "provider.key-too-new");
        (await admin.Act($"{Path}/key", renewed.Tag)).Refuses(HttpStatusCode.Conflict, "provider.two-keys");

        var swapped = await Swapped(renewed.Tag);
        Assert.NotEqual(Assert.Single(first), await Signing());
        Assert.Equal(both.Order(StringComparer.Ordinal), (await Published()).Order(StringComparer.Ordinal));
        Assert.Equal("provider-refused", Traveller.Error(await SignIn())); // they were not told
        var back = await Swapped(swapped.Tag);
        await ComesIn();

        await _municipality.Stop();
        await using (var fetched = await KeysFrom(async () => (await world.Anonymous.Get($"{Path}/jwks.json")).Text))
        {
            await Knows(fetched.Urls.Single()); // as those do who fetch them by themselves
            await ComesIn();
            var again = await Swapped(back.Tag);
            await ComesIn();
            (await world.Admin(world.Municipality).Delete($"{Path}/key", again.Tag)).Is(HttpStatusCode.OK);
        }
        var left = Assert.Single(await Published());
        Assert.NotEqual(Assert.Single(first), left);
        await _municipality.Stop();
        await Knows([left]);
        await ComesIn();
        Assert.Equal(5, await world.Scalar<long>("""
            SELECT count(*) FROM audit_trail WHERE subject_id = $1
              AND operation IN ('RenewProviderKey', 'SwapProviderKeys', 'DropProviderKey')
            """, _provider));
    }

    [Fact]
    public async Task Keys_are_changed_by_their_own_administrator_and_there_is_nothing_to_swap_or_drop_with_one()
    {
        var admin = world.Admin(world.Municipality);
        (await admin.Act($"{Path}/key", null)).Is(HttpStatusCode.PreconditionRequired);
        (await admin.Act($"{Path}/key", "\"7\"")).Is(HttpStatusCode.PreconditionFailed);
        (await admin.Act($"{Path}/key/swap", "\"1\"")).Refuses(HttpStatusCode.Conflict, "provider.one-key");
        (await admin.Delete($"{Path}/key", "\"1\"")).Refuses(HttpStatusCode.Conflict, "provider.one-key");
        (await world.Admin(world.Association).Act($"{Path}/key", "\"1\"")).Is(HttpStatusCode.NotFound);
        (await world.As(Callers.Of(world.Municipality, Roles.Officer)).Act($"{Path}/key", "\"1\"")).Is(HttpStatusCode.Forbidden);
        var secret = (await world.Provider("https://login.vårby.example")).GetProperty("id").GetGuid();
        (await admin.Act($"/identity/v1/providers/{secret}/key", "\"1\"")).Refuses(HttpStatusCode.Conflict, "provider.no-key");
        (await world.Anonymous.Get($"/identity/v1/providers/{secret}/jwks.json")).Is(HttpStatusCode.NotFound);
        (await world.Anonymous.Get($"/identity/v1/providers/{Guid.NewGuid()}/jwks.json")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_published_is_public_and_the_other_key_lies_encrypted()
    {
        var renewed = (await world.Admin(world.Municipality).Act($"{Path}/key", "\"1\"")).Is(HttpStatusCode.OK);
        var keys = (await world.Anonymous.Get($"{Path}/jwks.json")).Is(HttpStatusCode.OK).Body.GetProperty("keys");
        Assert.All(keys.EnumerateArray(), key => Assert.Equal(["alg", "e", "kid", "kty", "n", "use", "x5c", "x5t#S256"],
            key.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal)));
        Assert.EndsWith($"{Path}/jwks.json", renewed.Body.GetProperty("keysUri").GetString(), StringComparison.Ordinal);
        var kept = await world.Scalar<byte[]>("SELECT other_secret FROM provider WHERE provider_id = $1", _provider);
        using var rsa = System.Security.Cryptography.RSA.Create();
        Assert.ThrowsAny<Exception>(() => rsa.ImportPkcs8PrivateKey(kept, out _));
    }

    /// <summary>Five minutes later: a real provider's clock does not wait, so ours goes back afterwards.</summary>
    private async Task<Reply> Swapped(string? tag)
    {
        world.Clock.Advance(Provider.PublishedBefore);
        return (await world.Admin(world.Municipality).Act($"{Path}/key/swap", tag)).Is(HttpStatusCode.OK);
    }

    private async Task<List<string>> Published() => [.. (await world.Anonymous.Get($"{Path}/jwks.json"))
        .Is(HttpStatusCode.OK).Body.GetProperty("keys").EnumerateArray().Select(key => key.GetRawText())];

    private async Task<string> Signing() =>
        (await world.Admin(world.Municipality).Get(Path)).Body.GetProperty("publicJwk").GetRawText();

    /// <summary>The municipality's own people enter our keys there.</summary>
    private Task Knows(IEnumerable<string> keys) => Starts(new
    {
        client_id = FederationWorld.ClientId, token_endpoint_auth_method = "private_key_jwt", redirect_uris = new[] { _redirect },
        jwks = new { keys = keys.Select(key => JsonSerializer.Deserialize<JsonElement>(key)) },
    });

    private Task Knows(string address) => Starts(new
    {
        client_id = FederationWorld.ClientId, token_endpoint_auth_method = "private_key_jwt", redirect_uris = new[] { _redirect },
        jwks_uri = address + "/jwks.json",
    });

    private Task Starts(object client) => _municipality.Start(client, new Dictionary<string, object>(StringComparer.Ordinal)
    {
        [_anna] = new { name = "Anna Andersson", email = $"{_anna}@vårby.example", groups = new[] { "IOP Handläggare" } },
    });

    private static async Task<WebApplication> KeysFrom(Func<Task<string>> published)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async http =>
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(await published());
        });
        await app.StartAsync();
        return app;
    }

    private async Task<Uri> SignIn()
    {
        world.ClockIsRight(); // theirs is the real one
        using var traveller = new Traveller(world);
        return await Ends(traveller);
    }

    private async Task ComesIn()
    {
        world.ClockIsRight();
        using var traveller = new Traveller(world);
        await traveller.Token(await Ends(traveller));
    }

    private async Task<Uri> Ends(Traveller traveller)
    {
        var callback = await _municipality.SignIn(await traveller.Leaves(_provider), _anna);
        world.ClockIsRight();
        return await traveller.ComesBack(callback);
    }
}
