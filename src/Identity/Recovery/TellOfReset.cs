using Iop.Contracts.Identity;
using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Recovery;

/// <summary>Those who may confirm a reset hear that it waits, and that it waits no more. After its seven days nobody is
/// asked.</summary>
internal sealed class TellOfReset(IdentityDb db, TimeProvider clock) : ITimerRings
{
    public const string Timer = "second-factor-resets";
    private const string Confirmed = "confirmed";
    private const string Expired = "expired";
    private const int ToldMax = 50;

    public static async Task ThatItWaits(IdentityDb db, SecondFactorReset reset, string name, CancellationToken cancel)
    {
        db.Announce(reset.ResetId, reset.Version, new SecondFactorResetAsked
        {
            ResetId = reset.ResetId, Sequence = reset.Version, AboutPersonId = reset.PersonId.Value, Name = name,
            AskedByPersonId = reset.AskedBy, LastOn = SwedishTime.DateIn(reset.WaitsUntil),
            MayConfirm = await MayConfirm(db, reset, cancel),
        });
        await db.Schedule(Timer, reset.ResetId, reset.WaitsUntil, cancel);
    }

    public static void ThatItIsConfirmed(IdentityDb db, SecondFactorReset reset) =>
        Settled(db, reset.ResetId, reset.Version, Confirmed);

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        var reset = await db.SecondFactorResets.AsNoTracking().SingleAsync(one => one.ResetId == subject, cancel);
        if (reset.ConfirmedAt is not null || reset.IsOpen(clock.GetUtcNow())) return;
        Settled(db, subject, reset.Version + 1, Expired); // nothing is written down: it cannot change any more
    }

    private static void Settled(IdentityDb db, Guid id, long sequence, string how) => db.Announce(
        id, sequence, new SecondFactorResetSettled { ResetId = id, Sequence = sequence, How = how });

    /// <summary>Administrators who reach the person, of the other organisations where she has roles if there are any; where
    /// nobody else administers, those who operate the platform.</summary>
    private static async Task<IReadOnlyList<SecondFactorResetConfirmer>> MayConfirm(
        IdentityDb db, SecondFactorReset reset, CancellationToken cancel)
    {
        var hers = db.Memberships.Where(one => one.PersonId == reset.PersonId && one.Roles.Count > 0);
        var elsewhere = hers.Where(one => one.OrganisationId != reset.OrganisationId).Select(one => one.OrganisationId);
        var isElsewhere = await elsewhere.AnyAsync(cancel);
        var admins = await Others(db, reset, Roles.Admin)
            .Where(one => isElsewhere ? elsewhere.Contains(one.OrganisationId) : one.OrganisationId == reset.OrganisationId)
            .Where(one => one.UnitId == null
                || !hers.Any(held => held.OrganisationId == one.OrganisationId && held.UnitId != one.UnitId))
            .OrderBy(one => one.MembershipId).Take(ToldMax).ToListAsync(cancel);
        if (admins.Count == 0)
        {
            admins = await Others(db, reset, Roles.Operator).OrderBy(one => one.MembershipId).Take(ToldMax).ToListAsync(cancel);
        }
        return [.. admins.DistinctBy(one => one.PersonId).Select(one => new SecondFactorResetConfirmer
        {
            PersonId = one.PersonId.Value, OrganisationId = one.OrganisationId.Value,
        })];
    }

    /// <summary>Neither who asked nor the person herself, nor anybody who has never come in.</summary>
    private static IQueryable<Membership> Others(IdentityDb db, SecondFactorReset reset, string role)
    {
        var asker = new PersonId(reset.AskedBy);
        return db.Memberships.AsNoTracking().Where(one =>
            one.Roles.Contains(role) && one.PersonId != reset.PersonId && one.PersonId != asker
            && (db.People.Any(person => person.PersonId == one.PersonId && person.PasswordHash != null)
                || db.Logins.Any(login => login.PersonId == one.PersonId)));
    }
}
