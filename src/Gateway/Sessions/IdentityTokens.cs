using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization;

namespace Iop.Gateway.Sessions;

/// <summary>The gateway as Identity's client: codes and sessions become tokens.</summary>
internal sealed class IdentityTokens(HttpClient http, GatewaySettings settings)
{
    public sealed record Answer(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("id_token")] string? IdToken,
        [property: JsonPropertyName("session")] string? Session);

    public Task<Answer?> ForCode(string code, string verifier, string redirectUri, CancellationToken cancel) => Exchange(
        cancel, ("grant_type", "authorization_code"), ("code", code), ("code_verifier", verifier), ("redirect_uri", redirectUri));

    public Task<Answer?> ForSession(string session, CancellationToken cancel) =>
        Exchange(cancel, ("grant_type", "urn:iop:params:oauth:grant-type:session"), ("session", session));

    /// <returns>The organisation's own login by which the person came in, and is perhaps signed in still.</returns>
    public async Task<Guid?> EndSession(string token, CancellationToken cancel)
    {
        using var end = new HttpRequestMessage(HttpMethod.Delete, "/identity/v1/session");
        end.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(end, cancel);
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.NotFound) return null;
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Ended>(cancel))?.ProviderId;
    }

    /// <summary>Null when Identity refuses; an exception when it is away.</summary>
    private async Task<Answer?> Exchange(CancellationToken cancel, params IEnumerable<(string Name, string Value)> parameters)
    {
        using var form = new FormUrlEncodedContent(
            parameters.Append(("client_id", "gateway")).Append(("client_secret", settings.ClientSecret))
            .Select(parameter => new KeyValuePair<string, string>(parameter.Item1, parameter.Item2)));
        using var answer = await http.PostAsync(new Uri("/identity/v1/token", UriKind.Relative), form, cancel);
        if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized) return null;
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<Answer>(cancel);
    }

    private sealed record Ended([property: JsonPropertyName("providerId")] Guid? ProviderId);
}
