using System.Text.Json;

namespace Iop.Identity.SigningIn;

/// <summary>What an OpenID provider publishes about itself: its addresses and its keys (OpenID Connect Discovery, RFC 7517).</summary>
internal static class ShowProvider
{
    private const string KeysAreFreshFor = "public, max-age=60";

    public sealed record KeySet(IReadOnlyList<JsonElement> Keys);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/.well-known/openid-configuration", Discovery).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/.well-known/jwks.json", Keys).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult Discovery(IConfiguration configuration)
    {
        var (issuer, at) = (Issuer.Of(configuration), Issuer.Of(configuration).TrimEnd('/'));
        return Results.Json(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["issuer"] = issuer,
            ["authorization_endpoint"] = $"{at}/identity/v1/authorize",
            ["token_endpoint"] = $"{at}/identity/v1/token",
            ["jwks_uri"] = $"{at}/.well-known/jwks.json",
            ["response_types_supported"] = new[] { "code" },
            ["response_modes_supported"] = new[] { "query" },
            ["grant_types_supported"] = new[] { GiveToken.CodeGrant, GiveToken.SystemGrant },
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = new[] { "ES256" },
            ["scopes_supported"] = new[] { "openid" },
            ["code_challenge_methods_supported"] = new[] { "S256" },
            ["token_endpoint_auth_methods_supported"] = new[] { "client_secret_post", "private_key_jwt", "none" },
            ["token_endpoint_auth_signing_alg_values_supported"] = SystemAssertion.Algorithms,
            ["authorization_response_iss_parameter_supported"] = true,
            ["claims_supported"] = new[] { "sub", "org", "unit", "roles", "sid" },
        });
    }

    private static async Task<IResult> Keys(HttpContext http, Tokens tokens, CancellationToken cancel)
    {
        http.Response.Headers.CacheControl = KeysAreFreshFor;
        return Results.Json(new KeySet([.. (await tokens.Published(cancel)).Select(key => key.PublicJwk)]));
    }
}
