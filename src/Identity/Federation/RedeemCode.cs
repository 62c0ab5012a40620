using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Iop.Identity.Domain;
using Iop.Identity.Providers;
using Iop.Identity.SigningIn;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Iop.Identity.Federation;

/// <summary>What a provider gave for a code.</summary>
internal sealed record Given(string IdToken, string? AccessToken);

/// <summary>The code a person came back with is exchanged for a token, with the proof of who we are that was agreed
/// on.</summary>
internal sealed class RedeemCode(ProviderCalls calls, SecretBox box, IConfiguration configuration, TimeProvider clock)
{
    private const int TextMax = 20_000;
    private const string InTheBody = "client_secret_post";
    private const string StatementType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    public async Task<Given> Of(
        Provider provider, OpenIdConnectConfiguration document, string code, string verifier, CancellationToken cancel)
    {
        if (code.Length is 0 or > TextMax) throw new ProviderException(ProviderException.NotGenuine, "no-code");
        var (ok, answer) = await Ask(provider, document, code, verifier, cancel);
        if (!ok) throw Refused(answer);
        return Text(answer, "id_token") is { } token
            ? new Given(token, Text(answer, "access_token"))
            : throw new ProviderException(ProviderException.NotGenuine, "no-token");
    }

    /// <summary>Comes with a code that nobody has given: a provider that knows us says that the code is wrong, and one that does
    /// not says so.</summary>
    /// <exception cref="ProviderException">It does not know us, or does not answer.</exception>
    public async Task AskWhetherWeAreKnown(
        Provider provider, OpenIdConnectConfiguration document, CancellationToken cancel)
    {
        try
        {
            var (ok, answer) = await Ask(provider, document, Random256.NewText(), Random256.NewText(), cancel);
            if (!ok && Text(answer, "error") is "invalid_client" or "unauthorized_client") throw Refused(answer);
        }
        catch (ProviderException no) when (no.Code == ProviderException.Misdescribed)
        {
            // Some say no by a page instead of an answer: then it is the trial sign-in that tells.
        }
    }

    private async Task<(bool Ok, JsonElement Answer)> Ask(
        Provider provider, OpenIdConnectConfiguration document, string code, string verifier, CancellationToken cancel)
    {
        var form = new List<KeyValuePair<string, string>>
        {
            new("grant_type", "authorization_code"), new("code", code), new("code_verifier", verifier),
            new("redirect_uri", ListProviders.RedirectUri(provider.ProviderId, configuration)),
        };
        using var call = new HttpRequestMessage(HttpMethod.Post, document.TokenEndpoint);
        Prove(provider, document, form, call);
        call.Content = new FormUrlEncodedContent(form);
        return await calls.Ask(call, cancel);
    }

    private static ProviderException Refused(JsonElement answer) =>
        new(ProviderException.Refused, Text(answer, "error")) { Said = Text(answer, "error_description") };

    private void Prove(
        Provider provider, OpenIdConnectConfiguration document, List<KeyValuePair<string, string>> form,
        HttpRequestMessage call)
    {
        var secret = box.Open(provider.Secret);
        if (provider.Proof is ClientProof.PrivateKeyJwt)
        {
            form.Add(new("client_id", provider.ClientId));
            form.Add(new("client_assertion_type", StatementType));
            form.Add(new("client_assertion", OurKey.Statement(
                secret, provider.PublicJwk!, provider.ClientId, document.TokenEndpoint, clock.GetUtcNow())));
        }
        else if (document.TokenEndpointAuthMethodsSupported.Contains(InTheBody))
        {
            form.Add(new("client_id", provider.ClientId));
            form.Add(new("client_secret", Encoding.UTF8.GetString(secret)));
        }
        else
        {
            var (id, word) = (
                Uri.EscapeDataString(provider.ClientId), Uri.EscapeDataString(Encoding.UTF8.GetString(secret)));
            call.Headers.Authorization =
                new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{word}")));
        }
    }

    private static string? Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String
            && text.GetString() is { Length: > 0 and <= TextMax } said ? said : null;
}
