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
    /// <param name="Alone">Persons on whom several critical roles rest, with nobody beside them.</param>
    public sealed record List(
        IReadOnlyList<MembershipView> Items, IReadOnlyList<UnitView> Units, IReadOnlyList<AloneView> Alone);

    public sealed record UnitView(Guid Id, string Name);

    public sealed record AloneView(Guid PersonId, string Name, IReadOnlyList<string> Roles);

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
        var only = caller.OnlyUnit();
        var units = await db.Units.Where(unit => unit.OrganisationId == asked && (only == null || unit.UnitId == only))
            .OrderBy(unit => unit.Name).AsNoTracking().ToListAsync(cancel);
        var names = found.Select(row => row.person).DistinctBy(person => person.PersonId)
            .ToDictionary(person => person.PersonId, person => person.Name);
        var shown = found.FindAll(row => only is null || row.membership.UnitId == only);
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
            [.. Burden.Of([.. found.Select(row => row.membership)])
                .Where(alone => shown.Exists(row => row.person.PersonId == alone.Key))
                .Select(alone => new AloneView(alone.Key.Value, names[alone.Key], alone.Value))]);
    }
}
