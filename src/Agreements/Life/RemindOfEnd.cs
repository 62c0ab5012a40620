using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Life;

/// <summary>The last day approaches where no last date of notice lies ahead (avtalet löper ut): the parties are reminded, once
/// for each.</summary>
internal sealed class RemindOfEnd(AgreementsDb db, TimeProvider clock) : ITimerRings
{
    public const string Kind = "agreement-end-reminds";

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        var agreement = await db.AgreementForUpdate(subject, cancel)
            ?? throw new InvalidOperationException($"No agreement {subject} to remind of.");
        var today = clock.Today();
        if (EndReminders.Due(agreement.State, agreement.Term, today) is not { } before) return;
        var lastDay = agreement.Term!.To!.Value;
        if (await db.Database.ExecuteSqlAsync($"""
            INSERT INTO end_reminder (agreement_id, partnership_id, last_day, days_before)
            VALUES ({subject}, {agreement.PartnershipId.Value}, {lastDay}, {before}) ON CONFLICT DO NOTHING
            """, cancel) == 0) return;
        agreement.Note();
        db.Announce(subject, agreement.Version, new AgreementEndApproaches
        {
            AgreementId = subject,
            Sequence = agreement.Version,
            PartnershipId = agreement.PartnershipId.Value,
            Title = agreement.Title,
            EndsOn = lastDay,
            DaysLeft = lastDay.DayNumber - today.DayNumber,
            Renews = agreement.State is AgreementState.InForce && agreement.Term.AutoRenews,
        });
    }

    /// <summary>Those whose day has passed ring at once, and only the last of them speaks.</summary>
    public static async Task SetTimers(AgreementsDb db, Agreement agreement, CancellationToken cancel)
    {
        foreach (var day in EndReminders.Days(agreement.State, agreement.Term))
            await db.Schedule(Kind, agreement.Id.Value, SwedishTime.StartOf(day), cancel);
    }
}
