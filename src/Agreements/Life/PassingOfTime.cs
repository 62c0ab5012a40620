using Iop.Agreements.Checking;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Domain.Signing;
using Iop.Agreements.Signing;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Life;

/// <summary>Does what time has brought, turn by turn in the order of the days, however late a timer rings, and sets the next
/// timers. Rung twice, or by two timers at once, it finds nothing more to do.</summary>
internal sealed class PassingOfTime(AgreementsDb db, TakingOver takingOver, TimeProvider clock)
{
    private const int TurnsMax = 1_000;

    public async Task Pass(Guid id, CancellationToken cancel) => await Pass(
        await db.AgreementForUpdate(id, cancel) ?? throw new InvalidOperationException($"No agreement {id}."), cancel);

    /// <summary>The same for an agreement that is already held.</summary>
    public async Task Pass(Agreement agreement, CancellationToken cancel)
    {
        var leaving = await Leaving(agreement, cancel);
        for (var turns = 0; Calendar.Next(agreement, leaving, clock.Today()) is { } due; turns++)
        {
            if (turns == TurnsMax) throw new InvalidOperationException($"Agreement {agreement.Id.Value} turns for ever.");
            await Happen(agreement, due, leaving, cancel);
        }
        await SetTimers(agreement, leaving, cancel);
    }

    /// <summary>A timer for each day ahead; one that is set already stays one.</summary>
    public async Task SetTimers(Agreement agreement, IEnumerable<Change> leaving, CancellationToken cancel)
    {
        foreach (var due in Calendar.Ahead(agreement, leaving))
        {
            var kind = due.Turn switch
            {
                Turn.TakesOver => EnterIntoForceWhenStartDateComes.Kind,
                Turn.PartyLeaves => LetPartyGoWhenItsNoticeRunsOut.Kind,
                Turn.Renews => RenewWhenLastDateOfNoticePasses.Kind,
                _ => EndWhenLastDayPasses.Kind,
            };
            await db.Schedule(kind, agreement.Id.Value, SwedishTime.StartOf(due.On), cancel);
        }
        await RemindOfLastDateOfNotice.SetTimers(db, agreement, cancel);
        await RemindOfEnd.SetTimers(db, agreement, cancel);
        await RemindOfChecks.SetTimer(db, agreement, clock.Today(), cancel);
    }

    public Task<List<Change>> Leaving(Agreement agreement, CancellationToken cancel) => db.Changes
        .Where(change => change.AgreementId == agreement.Id && change.Kind == ChangeKind.Withdrawal
            && change.State == ChangeState.UnderWay)
        .ToListAsync(cancel);

    private Task Happen(Agreement agreement, Due due, List<Change> leaving, CancellationToken cancel) => due.Turn switch
    {
        Turn.TakesOver => takingOver.Signed(agreement, due.On, leaving, cancel),
        Turn.PartyLeaves => PartyLeaves(agreement, due.Leaving!, leaving, cancel),
        Turn.Renews => Renew(agreement, due.On, cancel),
        _ => End(agreement, due.On.AddDays(-1), leaving, cancel),
    };

    private async Task PartyLeaves(Agreement agreement, Change change, List<Change> leaving, CancellationToken cancel)
    {
        var (now, day, party) = (clock.GetUtcNow(), change.EffectiveOn!.Value, change.PartyId!.Value);
        var inForce = await takingOver.InForceText(agreement, cancel);
        var without = inForce.Text.Without(party);
        if (without.Parties.Count == inForce.Text.Parties.Count)
        {
            change.Abandon("not-a-party", now);
            return;
        }
        if (!Sides.AreBoth(without.Parties.Select(of => of.Kind)))
        {
            await End(agreement, day.AddDays(-1), leaving, cancel);
            return;
        }
        if (agreement.Working is Working.OpenForSignature) Must(agreement.Redraft(now)); // it names the party that has left
        await db.SaveChangesAsync(cancel);
        if (agreement.CanBeDrafted) await WorkingText.Without(db, agreement, party, cancel);
        await takingOver.Unsigned(agreement, change, day, without, change.BegunBy, cancel);
        await db.Schedule(KeepAccessWithTheAgreements.Kind, party.Value, SwedishTime.StartOf(day), cancel);
    }

    private async Task Renew(Agreement agreement, DateOnly day, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var inForce = await takingOver.InForceText(agreement, cancel);
        var change = Change.Renew(new ChangeId(Guid.CreateVersion7(now)), agreement, day, !await TalkWasHeld(agreement, cancel),
            inForce.IsAssessedTooLongAgo(day), now);
        db.Add(change);
        await db.SaveChangesAsync(cancel);
        await takingOver.Unsigned(agreement, change, day, inForce.Text.Until(agreement.Term!.Renewed.To), null, cancel);
    }

    /// <summary>The talk before this very last date of notice.</summary>
    private Task<bool> TalkWasHeld(Agreement agreement, CancellationToken cancel)
    {
        var lastDate = agreement.Term!.LastDateOfNotice;
        return db.JointTalks.AnyAsync(talk => talk.AgreementId == agreement.Id && talk.BeforeDate == lastDate
            && talk.Held == true, cancel);
    }

    private async Task End(Agreement agreement, DateOnly lastDay, List<Change> leaving, CancellationToken cancel)
    {
        var (now, how) = (clock.GetUtcNow(), agreement.State is AgreementState.NoticeGiven ? "notice" : "ended");
        var wasSigned = agreement.Working is Working.Signed;
        await takingOver.GiveUp(agreement, "over", cancel);
        Must(agreement.End(now));
        await takingOver.Over(agreement, lastDay, wasSigned, leaving, cancel);
        db.Announce(agreement.Id.Value, agreement.Version, new AgreementEnded
        {
            AgreementId = agreement.Id.Value,
            Sequence = agreement.Version,
            PartnershipId = agreement.PartnershipId.Value,
            Title = agreement.Title,
            EndedOn = lastDay,
            How = how,
        });
        await db.SaveChangesAsync(cancel);
    }

    private static void Must(Refusal? refusal)
    {
        if (refusal is not null) throw new InvalidOperationException(refusal.Code);
    }
}
