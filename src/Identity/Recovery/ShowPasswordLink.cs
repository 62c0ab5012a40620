using Iop.Identity.Domain;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Recovery;

/// <summary>Whether the link to another password still holds, before anybody is asked for one. Whose it is, is not
/// told.</summary>
internal static class ShowPasswordLink
{
    public sealed record Link(DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/password-resets/{token}", Handle).WithName(nameof(ShowPasswordLink)).AllowAnonymous();

    internal static async Task<Answer<Link>> Handle(
        string token, HttpContext http, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (hash, now) = (Random256.HashOf(token), clock.GetUtcNow());
        var link = await db.OneTimeLinks.AsNoTracking().FirstOrDefaultAsync(
            one => one.TokenHash == hash && one.Purpose == AccountLinks.Password && one.ExpiresAt > now, cancel);
        if (link is null) return LinkRefusals.NotValid;
        http.Response.Headers.CacheControl = "no-store";
        return new Link(link.ExpiresAt);
    }
}
