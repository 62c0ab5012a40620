using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.Storage;
using Iop.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.StandingIn;

/// <summary>Gives those who stand in what they may do today, and takes it back when the days are over: by the roles of their
/// memberships, so that tokens, the inbox and mail all follow.</summary>
internal sealed class SettleStandIns(IdentityDb db, TimeProvider clock)
{
    /// <summary>After its own roles have changed: who stands in for it has no more than it, and who has left stands in for
    /// nobody.</summary>
    public async Task After(Membership changed, CancellationToken cancel)
    {
        await For(changed.MembershipId, cancel);
        var lenders = await db.StandIns.Where(one => one.PersonId == changed.PersonId
            && one.OrganisationId == changed.OrganisationId && one.EndedAt == null).Select(one => one.MembershipId)
                .ToListAsync(cancel);
        foreach (var lender in lenders.Distinct()) await For(lender, cancel);
    }

    /// <summary>Everybody who stands in, has stood in or will stand in for this membership.</summary>
    public async Task For(MembershipId lender, CancellationToken cancel)
    {
        var own = await db.Memberships.SingleAsync(one => one.MembershipId == lender, cancel);
        var people = await db.StandIns.Where(one => one.MembershipId == lender).Select(one => one.PersonId).ToListAsync(cancel);
        foreach (var person in people.Distinct()) await Settle(person, own.OrganisationId, own.UnitId, cancel);
    }

    private async Task Settle(PersonId person, OrganisationRef organisation, UnitRef? unit, CancellationToken cancel)
    {
        var today = clock.Today();
        var lent = await db.StandIns.Where(one => one.PersonId == person && one.OrganisationId == organisation
                && one.EndedAt == null && one.FromOn <= today && today <= one.ToOn)
            .Join(db.Memberships.Where(one => one.UnitId == unit), one => one.MembershipId, one => one.MembershipId,
                (_, lender) => lender.OwnRoles).ToListAsync(cancel);
        var isColleague = await db.Memberships.AnyAsync(
            one => one.PersonId == person && one.OrganisationId == organisation && one.OwnRoles.Count > 0, cancel);
        var roles = isColleague ? lent.SelectMany(one => one).Where(StandIn.MayLend).ToList() : [];
        var membership = await db.Memberships.FirstOrDefaultAsync(
            one => one.PersonId == person && one.OrganisationId == organisation && one.UnitId == unit, cancel);
        if (membership is null && roles.Count == 0) return;
        var now = clock.GetUtcNow();
        var isNew = membership is null;
        membership ??= Membership.Give(new MembershipId(Guid.CreateVersion7(now)), person, organisation, unit, [], now);
        if (!membership.Borrow(roles)) return;
        if (isNew) db.Memberships.Add(membership);
        var whose = await db.People.SingleAsync(one => one.PersonId == person, cancel);
        db.Announce(membership.MembershipId.Value, membership.Version, MembershipView.Fact(membership, whose));
        await db.SaveChangesAsync(cancel);
    }
}
