using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Memberships;

/// <summary>Who has which roles in an organisation: for its admin, and for the operator.</summary>
internal static class ListMemberships
{
    private const int ItemsMax = 1000;

    public sealed record List(IReadOnlyList<MembershipView> Items);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/memberships", Handle).WithName(nameof(ListMemberships));

    internal static async Task<Answer<List>> Handle(
        Caller caller, IdentityDb db, CancellationToken cancel, Guid? organisationId = null)
    {
        var asked = new OrganisationRef(organisationId ?? caller.Organisation);
        if (asked.Value != caller.Organisation && !caller.Has(Roles.Operator)) return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        var found = await db.Memberships.Where(membership => membership.OrganisationId == asked && membership.Roles.Count > 0)
            .Join(db.People, membership => membership.PersonId, person => person.PersonId, (membership, person) =>
                new { membership, person })
            .OrderBy(row => row.membership.MembershipId).Take(ItemsMax).AsNoTracking().ToListAsync(cancel);
        return new List([.. found.Select(row => MembershipView.Of(row.membership, row.person))]);
    }
}
