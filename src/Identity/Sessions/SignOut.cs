using System.Security.Claims;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Identity.Sessions;

/// <summary>A person signs out (loggar ut): the session ends and gives no more tokens.</summary>
internal static class SignOut
{
    /// <param name="EndedAt">When it ended here.</param>
    /// <param name="ProviderId">The login by which the person came in, and is perhaps signed in still.</param>
    public sealed record Done(DateTimeOffset EndedAt, Guid? ProviderId = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapDelete("/session", Handle).WithName(nameof(SignOut));

    internal static async Task<Answer<Done>> Handle(
        ClaimsPrincipal user, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await ShowSession.Find(user, db, clock, cancel) is not { } session) return Refusal.NotFound;
        session.End(clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return new Done(session.EndedAt!.Value, session.ProviderId?.Value);
    }
}
