using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Iop.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.StandingIn;

/// <summary>On the first day, and on the day after the last: what is lent comes, and goes.</summary>
internal sealed class TurnStandIn(IdentityDb db, SettleStandIns settle) : ITimerRings
{
    public const string Kind = "stand-in-turns";

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        var id = new StandInId(subject);
        var standIn = await db.StandIns.AsNoTracking().SingleAsync(one => one.StandInId == id, cancel);
        await db.OneGiverAtATime(standIn.OrganisationId, cancel);
        await settle.For(standIn.MembershipId, cancel);
    }
}
