using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.AspNetCore.Http.Extensions;

namespace Iop.Identity.SigningIn;

/// <summary>A client sends a person here to sign in (OpenID Connect, authorization code with PKCE). The person goes on to the
/// sign-in page.</summary>
internal static class Authorize
{
    private const int TextMax = 500;
    private const int ChallengeLength = 43;
    private static readonly TimeSpan RequestLasts = TimeSpan.FromMinutes(30);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/authorize", Handle).AllowAnonymous().ExcludeFromDescription();

    internal static async Task<IResult> Handle(
        HttpContext http, Clients clients, Tokens tokens, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        var query = http.Request.Query;
        var (client, redirectUri, state) = (
            query["client_id"].ToString(), query["redirect_uri"].ToString(), query["state"].ToString());
        // An unknown client or address gets no redirect at all: it could be anybody's.
        if (clients.RedirectUriOf(client) is not { } registered || registered != redirectUri)
            return (Answer<object>)new Refusal("authorize.client-unknown", RefusalKind.Malformed);
        if (WhatIsWrong(query) is { } error) return Back(error);
        var token = Random256.NewText();
        db.SignInRequests.Add(new SignInRequest
        {
            RequestHash = Random256.HashOf(token),
            ClientId = client,
            RedirectUri = redirectUri,
            State = state,
            Nonce = query["nonce"].ToString() is { Length: > 0 } nonce ? nonce : null,
            CodeChallenge = query["code_challenge"].ToString(),
            ExpiresAt = clock.GetUtcNow() + RequestLasts,
        });
        await db.SaveChangesAsync(cancel);
        return Results.Redirect("/logga-in?request=" + token);

        IResult Back(string error) =>
            Results.Redirect(With(redirectUri, ("state", state), ("iss", tokens.Issued), ("error", error)));
    }

    internal static string With(string uri, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in parameters) query.Add(name, value);
        return uri + query;
    }

    private static string? WhatIsWrong(IQueryCollection query)
    {
        if (query["response_type"] != "code") return "unsupported_response_type";
        if (!query["scope"].ToString().Split(' ').Contains("openid", StringComparer.Ordinal)) return "invalid_scope";
        if (query["state"].ToString().Length is 0 or > TextMax || query["nonce"].ToString().Length > TextMax)
            return "invalid_request";
        return query["code_challenge_method"] == "S256" && query["code_challenge"].ToString().Length == ChallengeLength ? null
            : "invalid_request";
    }
}
