using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Iop.Platform.Identity;

/// <summary>Accepts the tokens of this installation's Identity and nobody else's: issuer, audience, ES256, five
/// minutes.</summary>
internal static class TokenValidation
{
    public const string Audience = "iop";
    private static readonly TimeSpan SkewMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KeyRefreshMin = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddTokenValidation(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<TimeProvider>((options, clock) =>
        {
            options.MapInboundClaims = false;
            options.RequireHttpsMetadata = false; // keys are fetched inside the installation
            options.ConfigurationManager = Keys(configuration);
            options.RefreshOnIssuerKeyNotFound = true;
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = configuration["PublicBaseUrl"],
                ValidAudience = Audience,
                ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
                NameClaimType = "sub",
                RoleClaimType = "roles",
                LifetimeValidator = (from, to, _, _) =>
                    to is not null && clock.GetUtcNow() < Utc(to.Value) + SkewMax
                        && (from is null || Utc(from.Value) - SkewMax <= clock.GetUtcNow()),
            };
        });
        return services;
    }

    private static DateTimeOffset Utc(DateTime instant) => new(DateTime.SpecifyKind(instant, DateTimeKind.Utc));

    private static ConfigurationManager<OpenIdConnectConfiguration> Keys(IConfiguration configuration)
    {
        var identity = configuration["services:identity:http:0"] ?? configuration["PublicBaseUrl"] ?? "http://localhost";
        return new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{identity.TrimEnd('/')}/.well-known/jwks.json", new KeySetRetriever(),
                new HttpDocumentRetriever { RequireHttps = false })
        {
            RefreshInterval = KeyRefreshMin,
        };
    }

    /// <summary>Reads the key set alone: the discovery document names public addresses, which services need not reach.</summary>
    private sealed class KeySetRetriever : IConfigurationRetriever<OpenIdConnectConfiguration>
    {
        public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(
            string address, IDocumentRetriever retriever, CancellationToken cancel)
        {
            var keys = new JsonWebKeySet(await retriever.GetDocumentAsync(address, cancel));
            var configuration = new OpenIdConnectConfiguration { JsonWebKeySet = keys };
            foreach (var key in keys.GetSigningKeys()) configuration.SigningKeys.Add(key);
            return configuration;
        }
    }
}
