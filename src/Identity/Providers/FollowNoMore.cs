using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.StandingIn;
using Iop.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Providers;

/// <summary>A provider has no more say there: what followed from its word ends at once, and mail and calendars with it; a line in
/// the audit trail of the organisation it ends in says so. What an administrator has given by hand stays.</summary>
internal static class FollowNoMore
{
    private const string Operation = "EndByProvider";
    private const int BatchSize = 200;
    private const int BatchesMax = 500;

    public static async Task End(
        IQueryable<Membership> following, IdentityDb db, SettleStandIns standIns, AccountTrail trail,
        CancellationToken cancel)
    {
        for (var batch = 0; batch < BatchesMax; batch++)
        {
            var held = await following.Where(one => one.OwnRoles.Count > 0).OrderBy(one => one.MembershipId).Take(BatchSize)
                .ToListAsync(cancel);
            if (held.Count == 0) return;
            var ids = held.Select(one => one.PersonId).Distinct().ToList();
            var people = await db.People.Where(one => ids.Contains(one.PersonId))
                .ToDictionaryAsync(one => one.PersonId, cancel);
            foreach (var membership in held)
            {
                membership.Follow([]);
                db.Announce(membership.MembershipId.Value, membership.Version,
                    MembershipView.Fact(membership, people[membership.PersonId]));
            }
            await db.SaveChangesAsync(cancel);
            foreach (var membership in held)
            {
                await standIns.After(membership, cancel);
                await trail.OfMembership(Operation, membership, trail.Caller, ["modified membership roles"], cancel);
            }
        }
        throw new InvalidOperationException($"More than {BatchSize * BatchesMax} memberships follow one provider.");
    }
}
