using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Memberships;

/// <summary>A person is given roles in an organisation or unit: by its admin, or, for its first admin, by the
/// operator.</summary>
internal static class GiveMembership
{
    private const int RolesMax = 10;

    public sealed record Request(Guid PersonId, Guid OrganisationId, IReadOnlyList<string> Roles, Guid? UnitId = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/memberships", Handle).WithName(nameof(GiveMembership)).Creates();

    internal static async Task<Answer<MembershipView>> Handle(
        Request request, Caller caller, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        if (RolesIn(request.Roles).Refusal is { } malformed) return malformed;
        var (organisation, giver) = (new OrganisationRef(request.OrganisationId), new OrganisationRef(caller.Organisation));
        UnitRef? unit = request.UnitId is { } asked ? new UnitRef(asked) : null;
        await db.OneGiverAtATime(organisation, cancel);
        var hasAdmin = await Guardians.Of(db, organisation, Roles.Admin).AnyAsync(cancel);
        if (Membership.MayBeGiven(request.Roles, organisation, giver, caller.Has(Roles.Operator), hasAdmin) is { } no) return no;
        if (caller.Exceeds(unit) is { } other) return other;
        if (!await db.Organisations.AnyAsync(one => one.OrganisationId == organisation, cancel)) return Refusal.NotFound;
        if (unit is not null && !await db.Units.AnyAsync(one => one.UnitId == unit && one.OrganisationId == organisation, cancel))
            return Refusal.NotFound;
        if (await db.People.FindAsync([new PersonId(request.PersonId)], cancel) is not { } person) return Refusal.NotFound;
        var there = await db.Memberships.FirstOrDefaultAsync(
            one => one.PersonId == person.PersonId && one.OrganisationId == organisation && one.UnitId == unit, cancel);
        if (there is { OwnRoles.Count: > 0 }) return MembershipRefusals.AlreadyThere(there.MembershipId);

        if (there is not null && there.Change(request.Roles, lastOf: null) is { } refusal)
            return refusal; // an ended one begins again
        var now = clock.GetUtcNow();
        var membership = there ?? Membership.Give(
            new MembershipId(Guid.CreateVersion7(now)), person.PersonId, organisation, unit, request.Roles, now);
        if (there is null) db.Memberships.Add(membership);
        db.Announce(membership.MembershipId.Value, membership.Version, MembershipView.Fact(membership, person));
        await db.SaveChangesAsync(cancel);
        return Answers.Created(
            $"/identity/v1/memberships/{membership.MembershipId.Value}", MembershipView.Of(membership, person),
            membership.Version);
    }

    internal static Fields RolesIn(IReadOnlyList<string> roles) => new Fields()
        .Count("roles", roles.Count, 1, RolesMax)
        .Must("roles", roles.All(Roles.All.Contains), "membership.unknown-role");
}
