using System.Text.Json;
using System.Text.Json.Nodes;
using Iop.Identity.Systems;

namespace Iop.Identity.SigningIn;

/// <summary>What an OpenID provider publishes about itself: its addresses and its keys (OpenID Connect Discovery, RFC
/// 7517).</summary>
internal static class ShowProvider
{
    private const string KeysAreFreshFor = "public, max-age=60";

    public sealed record KeySet(IReadOnlyList<JsonElement> Keys);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/.well-known/openid-configuration", Discovery).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/.well-known/jwks.json", Keys).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult Discovery(IConfiguration configuration) =>
        Results.Text(Described(Issuer.Of(configuration)), "application/json");

    private static string Described(string issuer)
    {
        var at = issuer.TrimEnd('/');
        return new JsonObject
        {
            ["issuer"] = issuer,
            ["authorization_endpoint"] = $"{at}/identity/v1/authorize",
            ["token_endpoint"] = $"{at}/identity/v1/token",
            ["jwks_uri"] = $"{at}/.well-known/jwks.json",
            ["response_types_supported"] = new JsonArray("code"),
            ["response_modes_supported"] = new JsonArray("query"),
            ["grant_types_supported"] = new JsonArray(GiveToken.CodeGrant, GiveToken.SystemGrant),
            ["subject_types_supported"] = new JsonArray("public"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("ES256"),
            ["scopes_supported"] = new JsonArray("openid"),
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_post", "private_key_jwt", "none"),
            ["token_endpoint_auth_signing_alg_values_supported"] = new JsonArray(
                [.. SystemAssertion.Algorithms.Select(name => (JsonNode)name)]),
            ["authorization_response_iss_parameter_supported"] = true,
            ["claims_supported"] = new JsonArray("sub", "org", "unit", "roles", "sid"),
        }.ToJsonString();
    }

    private static async Task<IResult> Keys(HttpContext http, Tokens tokens, CancellationToken cancel)
    {
        http.Response.Headers.CacheControl = KeysAreFreshFor;
        return Results.Json(new KeySet([.. (await tokens.Published(cancel)).Select(key => key.PublicJwk)]));
    }
}
