using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Memberships;

/// <summary>Who has which roles in an organisation: for its admin, and for the operator. The admin of one unit sees that
/// unit.</summary>
internal static class ListMemberships
{
    private const int ItemsMax = 1000;

    /// <param name="Units">The organisation's units, for whom roles can be given.</param>
    /// <param name="Alone">Persons who alone hold what others wait for, counted over all of the organisation.</param>
    public sealed record List(
        IReadOnlyList<MembershipView> Items, IReadOnlyList<UnitView> Units, IReadOnlyList<AloneView> Alone);

    public sealed record UnitView(Guid Id, string Name);

    /// <param name="UnitId">The unit in which it is so; null for the whole organisation.</param>
    public sealed record AloneView(Guid PersonId, string Name, IReadOnlyList<string> Roles, Guid? UnitId = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/memberships", Handle).WithName(nameof(ListMemberships));

    internal static async Task<Answer<List>> Handle(
        Caller caller, IdentityDb db, CancellationToken cancel, Guid? organisationId = null)
    {
        var asked = new OrganisationRef(organisationId ?? caller.Organisation);
        if (asked.Value != caller.Organisation && !caller.Has(Roles.Operator)) return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        var only = caller.OnlyUnit();
        var shown = await db.Memberships.Where(membership => membership.OrganisationId == asked && membership.Roles.Count > 0
                && (only == null || membership.UnitId == only))
            .Join(db.People, membership => membership.PersonId, person => person.PersonId, (membership, person) =>
                new { membership, person })
            .OrderBy(row => row.membership.MembershipId).Take(ItemsMax).AsNoTracking().ToListAsync(cancel);
        var units = await db.Units.Where(unit => unit.OrganisationId == asked && (only == null || unit.UnitId == only))
            .OrderBy(unit => unit.Name).AsNoTracking().ToListAsync(cancel);
        var logins = await FollowedLogins.Of([.. shown.Select(row => row.membership)], asked, db, cancel);
        var without = shown.FindAll(row => !row.person.CanSignIn).ConvertAll(row => row.person.PersonId);
        var withLogin = await db.Logins.Where(login => without.Contains(login.PersonId)).Select(login => login.PersonId)
            .ToListAsync(cancel);
        return new List(
            [
                .. shown.Select(row => logins.In(row.membership, MembershipView.Of(row.membership, row.person)) with
                {
                    Invited = !row.person.CanSignIn && !withLogin.Contains(row.person.PersonId),
                }),
            ],
            [.. units.Select(unit => new UnitView(unit.UnitId.Value, unit.Name))],
            [.. (await WhoIsAlone.In(db, asked, only, cancel))
                .Select(one => new AloneView(one.Person.Value, one.Name, one.Roles, one.Unit?.Value))]);
    }
}
