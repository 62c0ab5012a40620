using System.Web;
using Iop.Kernel;

namespace Iop.Identity.Tests;

/// <summary>A municipality trusts a login of its own, whose group of officers are officers here; the login says whatever a test
/// wants it to say.</summary>
public abstract class AtForgedProvider(FederationWorld world) : IAsyncLifetime
{
    private Forger? _forger;

    protected FederationWorld World { get; } = world;

    protected Forger Forger => _forger!;

    protected Guid Provider { get; set; }

    public virtual async ValueTask InitializeAsync()
    {
        World.ClockIsRight();
        _forger = await Forger.Start();
        Provider = (await World.Provider(Forger.Issuer)).GetProperty("id").GetGuid();
        await World.Grant(Provider, "officers", Roles.Officer);
    }

    public async ValueTask DisposeAsync()
    {
        await Forger.DisposeAsync();
        await World.EndProviders();
        GC.SuppressFinalize(this);
    }

    /// <summary>Comes by the login, which says this.</summary>
    protected async Task<Uri> Arrives(Traveller traveller, Func<Dictionary<string, object>, string> token, string? subject = null)
    {
        var sent = HttpUtility.ParseQueryString((await traveller.Leaves(Provider)).Query);
        Forger.IdToken = token(Right(sent["nonce"]!, subject ?? Guid.NewGuid().ToString()));
        return await traveller.ComesBack(new Uri(
            $"http://localhost/identity/v1/sign-in/providers/{Provider}/callback?code=a&state={Uri.EscapeDataString(sent["state"]!)}"));
    }

    /// <summary>What is right for one of the officers.</summary>
    protected Dictionary<string, object> Right(string nonce, string subject)
    {
        var now = World.Clock.GetUtcNow();
        return new Dictionary<string, object>
        {
            ["iss"] = Forger.Issuer, ["aud"] = FederationWorld.ClientId, ["sub"] = subject, ["nonce"] = nonce,
            ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(), ["name"] = "Anna Andersson",
            ["email"] = $"anna-{subject}@vårby.example", ["groups"] = new[] { "officers", "others" },
            ["email_verified"] = true,
        };
    }
}
