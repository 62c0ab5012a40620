using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Iop.Identity.SigningIn;

/// <summary>Identity knows its keys itself: it does not fetch them from its own address as the other services do.</summary>
internal sealed class OwnKeys(Tokens tokens) : IConfigurationManager<OpenIdConnectConfiguration>
{
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        var known = new OpenIdConnectConfiguration();
        foreach (var key in await tokens.Published(cancel)) known.SigningKeys.Add(
            new JsonWebKey(JsonSerializer.Serialize(key.PublicJwk)));
        return known;
    }

    public void RequestRefresh()
    {
        // The key ring looks for new keys by itself.
    }

    public static void Use(IServiceCollection services) =>
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
        .PostConfigure<OwnKeys>((options, keys) => options.ConfigurationManager = keys);
}
