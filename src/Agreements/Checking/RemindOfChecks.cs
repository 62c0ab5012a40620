using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Domain.Texts;
using Iop.Agreements.Plans;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Checking;

/// <summary>The parties are reminded of what they look at together: a plan that ends with no other after it (planåret vänder),
/// and each year what has been put in (levererat) and the learning goals (lärandemål). Each once.</summary>
internal sealed class RemindOfChecks(AgreementsDb db, TimeProvider clock) : ITimerRings
{
    public const string Kind = "agreement-checks";

    private const string Plan = "plan";
    private const string DeliveriesOfAYear = "deliveries";
    private const string LearningGoals = "learning-goals";

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        var agreement = await db.AgreementForUpdate(subject, cancel)
            ?? throw new InvalidOperationException($"No agreement {subject} to remind of.");
        if (!agreement.State.Binds()) return;
        var (today, living) = (clock.Today(), await Living.Of(db, agreement, cancel));
        await SetTimer(db, agreement, today, cancel);
        var plans = await db.Plans.Where(plan => plan.AgreementId == agreement.Id).Select(plan => plan.EndsOn)
            .ToListAsync(cancel);
        if (Checks.PlanEnds(plans, today) is { } last) await Tell(living, Plan, last, living.Parties, cancel);
        if (living.Text is not { } text || Checks.YearGone(agreement.Term!.From, today) is not { } year) return;
        var deliveries = await db.Deliveries.Where(one => one.AgreementId == agreement.Id).ToListAsync(cancel);
        var silent = Checks.Silent(text, deliveries, year.Year);
        await Tell(living, DeliveriesOfAYear, year, [.. living.Parties.Where(party => silent.Contains(party.Id.Value))], cancel);
        if ((text.Goals ?? []).Any(goal => goal.Kind is GoalKind.Learning))
            await Tell(living, LearningGoals, year, living.Parties, cancel);
    }

    /// <summary>The next year's; a plan sets its own.</summary>
    public static async Task SetTimer(AgreementsDb db, Agreement agreement, DateOnly today, CancellationToken cancel)
    {
        if (agreement.State.Binds())
            await db.Schedule(Kind, agreement.Id.Value, SwedishTime.StartOf(Checks.NextYearly(today)), cancel);
    }

    /// <summary>Counts a year as asked about: it was over before anybody could be.</summary>
    public static async Task LetRest(AgreementsDb db, Agreement agreement, DateOnly year, CancellationToken cancel)
    {
        foreach (var what in new[] { DeliveriesOfAYear, LearningGoals }) await IsNew(db, agreement, what, year, cancel);
    }

    private static async Task<bool> IsNew(
        AgreementsDb db, Agreement agreement, string what, DateOnly on, CancellationToken cancel) =>
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO agreement_check (agreement_id, partnership_id, what, on_day)
            VALUES ({agreement.Id.Value}, {agreement.PartnershipId.Value}, {what}, {on}) ON CONFLICT DO NOTHING
            """, cancel) == 1;

    private async Task Tell(Living living, string what, DateOnly on, IReadOnlyList<Party> parties, CancellationToken cancel)
    {
        var agreement = living.Agreement;
        if (parties.Count == 0 || !await IsNew(db, agreement, what, on, cancel)) return;
        agreement.Note();
        db.Announce(agreement.Id.Value, agreement.Version, new AgreementCheckDue
        {
            AgreementId = agreement.Id.Value,
            Sequence = agreement.Version,
            PartnershipId = agreement.PartnershipId.Value,
            Title = agreement.Title,
            What = what,
            On = on,
            Parties = [.. parties.Select(party => new AgreementCheckDueParty
            {
                PartyId = party.Id.Value, OrganisationId = party.Organisation.Value, UnitId = party.Unit?.Value,
            })],
        });
    }
}
