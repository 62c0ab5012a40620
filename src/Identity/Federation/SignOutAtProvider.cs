using Iop.Calling;
using Iop.Identity.Domain;
using Iop.Identity.Providers;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Federation;

/// <summary>Somebody who has signed out here signs out at the organisation's own login too (OpenID Connect RP-Initiated
/// Logout). It asks the person itself; nothing here changes.</summary>
internal static class SignOutAtProvider
{
    public static void Map(IEndpointRouteBuilder outside) =>
        outside.MapGet("/identity/v1/sign-in/providers/{id:guid}/sign-out", Handle).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> Handle(
        Guid id, IdentityDb db, ProviderDescriptions descriptions, ReachableAddresses reachable, IConfiguration configuration,
        CancellationToken cancel)
    {
        var provider = await db.Providers.AsNoTracking()
            .FirstOrDefaultAsync(one => one.ProviderId == new ProviderId(id) && one.EndedAt == null, cancel);
        if (provider is null) return new SeeOther("/");
        try
        {
            var (_, document) = await descriptions.Of(provider, cancel);
            if (!reachable.MayBeCalled(document.EndSessionEndpoint)) return new SeeOther("/");
            return new SeeOther(Authorize.With(document.EndSessionEndpoint, ("client_id", provider.ClientId),
                ("post_logout_redirect_uri", ListProviders.SignedOutUri(configuration))));
        }
        catch (ProviderException)
        {
            return new SeeOther("/logga-in?error=provider-away");
        }
    }
}
