using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Life;

/// <summary>The last date of notice approaches, or the talk that comes before it is to be booked or told of: the parties are
/// reminded, once for each.</summary>
internal sealed class RemindOfLastDateOfNotice(AgreementsDb db, TakingOver takingOver, TimeProvider clock) : ITimerRings
{
    public const string Kind = "agreement-reminds";

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        var agreement = await db.AgreementForUpdate(subject, cancel)
            ?? throw new InvalidOperationException($"No agreement {subject} to remind of.");
        var today = clock.Today();
        if (agreement.State is not AgreementState.InForce || agreement.Term is not { } term) return;
        var talks = await db.JointTalks.Where(talk => talk.AgreementId == agreement.Id).ToListAsync(cancel);
        if (talks.Find(talk => talk.IsPast(today)) is { } past)
            await Ask(agreement, "was-it-held", past.OnDay, past.OnDay, 0, cancel);
        if (talks.Find(talk => talk.IsSoon(today)) is { } soon)
            await Ask(agreement, "soon", soon.OnDay, soon.OnDay, JointTalk.SoonDays, cancel);
        if (term.LastDateOfNotice is not { } lastDate || NoticeReminders.Due(lastDate, today) is not { } before) return;
        if (!await IsNew(agreement, lastDate, before, cancel)) return;
        var talk = talks.Where(of => of.BeforeDate == lastDate && of.Held is not false).MaxBy(of => (of.Held, of.OnDay));
        agreement.Note();
        db.Announce(subject, agreement.Version, new NoticeDateApproaches
        {
            AgreementId = subject,
            Sequence = agreement.Version,
            PartnershipId = agreement.PartnershipId.Value,
            Title = agreement.Title,
            LastDateOfNotice = lastDate,
            EndsOn = term.To!.Value,
            DaysLeft = lastDate.DayNumber - today.DayNumber,
            AutoRenews = term.AutoRenews,
            Talk = talk switch { null => "none", { Held: true } => "held", _ => "booked" },
            AssessmentTooOld =
                (await takingOver.InForceText(agreement, cancel)).IsAssessedTooLongAgo(lastDate.AddDays(1)),
        });
        if (talk is null && before <= NoticeReminders.TalkIsDueWithin) Due(agreement, "book", lastDate, null);
    }

    /// <summary>Sets the reminders of the term in force; those whose day has passed ring at once.</summary>
    public static async Task SetTimers(AgreementsDb db, Agreement agreement, CancellationToken cancel)
    {
        if (agreement.State is not AgreementState.InForce || agreement.Term?.LastDateOfNotice is not { } lastDate) return;
        foreach (var days in NoticeReminders.Before)
            await db.Schedule(Kind, agreement.Id.Value, SwedishTime.StartOf(lastDate.AddDays(-days)), cancel);
    }

    private async Task Ask(Agreement agreement, string what, DateOnly about, DateOnly bookedOn, int number,
        CancellationToken cancel)
    {
        if (!await IsNew(agreement, about, number, cancel)) return;
        agreement.Note();
        Due(agreement, what, about, bookedOn);
    }

    private void Due(Agreement agreement, string what, DateOnly before, DateOnly? bookedOn) =>
        db.Announce(agreement.Id.Value, agreement.Version, new JointTalkDue
        {
            AgreementId = agreement.Id.Value,
            Sequence = agreement.Version,
            PartnershipId = agreement.PartnershipId.Value,
            Title = agreement.Title,
            What = what,
            Before = before,
            BookedOn = bookedOn,
        });

    private async Task<bool> IsNew(Agreement agreement, DateOnly lastDate, int days, CancellationToken cancel) =>
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO notice_reminder (agreement_id, partnership_id, last_date, days_before)
            VALUES ({agreement.Id.Value}, {agreement.PartnershipId.Value}, {lastDate}, {days}) ON CONFLICT DO NOTHING
            """, cancel) == 1;
}
