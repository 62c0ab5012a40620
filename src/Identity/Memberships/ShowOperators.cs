using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Memberships;

/// <summary>How many operators can come in: of three, two can help the third (fyra ögon).</summary>
internal static class ShowOperators
{
    private const int WantedMin = 3;

    /// <param name="CanSignIn">Those who have taken up their invitation and can come in.</param>
    /// <param name="Wanted">So many at least.</param>
    public sealed record Operators(int CanSignIn, int Wanted);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/operators", Handle).WithName(nameof(ShowOperators));

    internal static async Task<Answer<Operators>> Handle(Caller caller, IdentityDb db, CancellationToken cancel) =>
        caller.Lacks(Roles.Operator) is { } missing ? missing : new Operators(
            await Guardians.Of(db, OrganisationRef.Operating, Roles.Operator).Select(one => one.PersonId).Distinct()
                .CountAsync(cancel),
            WantedMin);
}
