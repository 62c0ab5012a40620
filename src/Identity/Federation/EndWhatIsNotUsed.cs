using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.StandingIn;
using Iop.Identity.Storage;
using Iop.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Federation;

/// <summary>Roles that follow a provider end when the person has not come in by it for ninety days: whoever has left there, or
/// has been shut out, never signs in again to be told so. The next sign-in by it gives them back, if it still says so.</summary>
internal sealed class EndWhatIsNotUsed(IdentityDb db, SettleStandIns standIns, AccountTrail trail, TimeProvider clock)
    : ITimerRings
{
    public const string Kind = "following-ends";

    /// <summary>Looks again when it would end; one timer for each membership, which moves on with the sign-ins.</summary>
    public static Task Wait(IdentityDb db, MembershipId membership, DateTimeOffset heardAt, CancellationToken cancel) =>
        db.Schedule(Kind, membership.Value, heardAt + Membership.FollowsUnheardFor, cancel);

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        var id = new MembershipId(subject);
        var of = await db.Memberships.Where(one => one.MembershipId == id).Select(one => one.OrganisationId).SingleAsync(cancel);
        await db.OneGiverAtATime(of, cancel);
        var membership = await db.Memberships.SingleAsync(one => one.MembershipId == id, cancel);
        if (membership.EndsUnheardAt is not { } endsAt) return; // ended, or in hand: nothing follows
        if (clock.GetUtcNow() < endsAt)
        {
            await db.Schedule(Kind, subject, endsAt, cancel);
            return;
        }
        membership.Follow([]);
        var person = await db.People.SingleAsync(one => one.PersonId == membership.PersonId, cancel);
        db.Announce(subject, membership.Version, MembershipView.Fact(membership, person));
        await db.SaveChangesAsync(cancel);
        await standIns.After(membership, cancel);
        await trail.OfMembership(
            nameof(EndWhatIsNotUsed), membership, membership.PersonId, ["modified membership roles"], cancel);
    }
}
