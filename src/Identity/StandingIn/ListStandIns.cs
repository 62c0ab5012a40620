using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.StandingIn;

/// <summary>Who stands in for whom in the own organisation, now and later.</summary>
internal static class ListStandIns
{
    private const int ItemsMax = 500;

    public sealed record List(IReadOnlyList<StandInView> Items);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/stand-ins", Handle).WithName(nameof(ListStandIns));

    internal static async Task<Answer<List>> Handle(Caller caller, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Admin) is { } missing) return missing;
        var (organisation, only, today) = (new OrganisationRef(caller.Organisation), caller.OnlyUnit(), clock.Today());
        var found = await db.StandIns
            .Where(one => one.OrganisationId == organisation && one.EndedAt == null && one.ToOn >= today)
            .Where(one => only == null
                || db.Memberships.Any(held => held.MembershipId == one.MembershipId && held.UnitId == only))
            .Join(db.People, standIn => standIn.PersonId, person => person.PersonId, (standIn, person) => new { standIn, person })
            .OrderBy(row => row.standIn.FromOn).ThenBy(row => row.standIn.StandInId).Take(ItemsMax).AsNoTracking()
            .ToListAsync(cancel);
        return new List([.. found.Select(row => StandInView.Of(row.standIn, row.person, today))]);
    }
}
