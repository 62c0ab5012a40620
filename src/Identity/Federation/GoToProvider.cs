using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Iop.Identity.Domain;
using Iop.Identity.Providers;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;

namespace Iop.Identity.Federation;

/// <summary>A person goes to the organisation's own login (code with PKCE, state, nonce): to sign in, or, signed in already, to
/// show a login that is to be connected. No transaction waits for the provider.</summary>
internal static class GoToProvider
{
    public static void Map(IEndpointRouteBuilder outside)
    {
        outside.MapGet("/identity/v1/sign-in/providers/{id:guid}", SignIn).AllowAnonymous().ExcludeFromDescription();
        outside.MapGet("/identity/v1/sign-in/providers/{id:guid}/connection", Connect).RequireAuthorization()
            .ExcludeFromDescription();
    }

    private static async Task<IResult> SignIn(
        Guid id, string? request, HttpContext http, IdentityDb db, Departure departure, TimeProvider clock,
        CancellationToken cancel)
    {
        var (hash, now) = (Random256.HashOf(request ?? ""), clock.GetUtcNow());
        if (!await db.SignInRequests.AnyAsync(one => one.RequestHash == hash && one.ExpiresAt > now, cancel))
            return new SeeOther("/logga-in?error=expired");
        var (address, no) = await departure.To(id, request, person: null, isTrial: false, http, cancel);
        return new SeeOther(address ?? Authorize.With("/logga-in", ("request", request!), ("error", no!.Code)));
    }

    private static async Task<IResult> Connect(
        Guid id, HttpContext http, Caller caller, Departure departure, CancellationToken cancel)
    {
        if (caller.IsAnonymous || caller.IsSystem) return new SeeOther("/konto/inloggningar?fel=provider-gone");
        var (address, no) = await departure.To(
            id, request: null, new PersonId(caller.Person), isTrial: false, http, cancel);
        return new SeeOther(address ?? Authorize.With("/konto/inloggningar", ("fel", no!.Code)));
    }

    /// <summary>Where the browser is sent, or why it cannot be.</summary>
    internal sealed class Departure(
        IdentityDb db, ProviderDescriptions descriptions, JourneyCookie cookie, SecretBox box, IConfiguration configuration,
        TimeProvider clock)
    {
        public async Task<(string? Address, ProviderException? No)> To(
            Guid id, string? request, PersonId? person, bool isTrial, HttpContext http, CancellationToken cancel)
        {
            var provider = await db.Providers.AsNoTracking()
                .FirstOrDefaultAsync(one => one.ProviderId == new ProviderId(id) && one.EndedAt == null, cancel);
            if (provider is null) return (null, new ProviderException("provider-gone"));
            try
            {
                var (_, document) = await descriptions.Of(provider, cancel);
                var luggage = new Luggage(Random256.NewText(), Random256.NewText(), request, isTrial);
                var state = await Pack(provider, luggage, person, http, cancel);
                return (AddressOf(provider, document.AuthorizationEndpoint, luggage, state), null);
            }
            catch (ProviderException no)
            {
                return (null, no);
            }
        }

        private async Task<string> Pack(
            Provider provider, Luggage luggage, PersonId? person, HttpContext http, CancellationToken cancel)
        {
            var (state, browser) = (Random256.NewText(), cookie.Give(http));
            db.Journeys.Add(new Journey
            {
                StateHash = Random256.HashOf(state), BrowserHash = Random256.HashOf(browser), ProviderId = provider.ProviderId,
                Luggage = box.Close(JsonSerializer.SerializeToUtf8Bytes(luggage)), PersonId = person,
                ExpiresAt = clock.GetUtcNow() + Journey.Lasts,
            });
            await db.SaveChangesAsync(cancel);
            return state;
        }

        private string AddressOf(Provider provider, string endpoint, Luggage luggage, string state)
        {
            var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(luggage.Verifier)));
            var asked = Authorize.With("", ("response_type", "code"), ("client_id", provider.ClientId),
                ("scope", provider.Scopes),
                ("redirect_uri", ListProviders.RedirectUri(provider.ProviderId, configuration)), ("state", state),
                ("nonce", luggage.Nonce), ("code_challenge", challenge), ("code_challenge_method", "S256"));
            return endpoint + (endpoint.Contains('?', StringComparison.Ordinal) ? "&" + asked[1..] : asked);
        }
    }
}
