using System.Globalization;
using System.Numerics;
using Iop.Kernel;

namespace Iop.Agreements.Domain.Plans;

/// <summary>In what way a plan leaves what the parties have signed.</summary>
public enum OverstepKind
{
    /// <summary>Before or after the agreement's period.</summary>
    OutsidePeriod,

    /// <summary>Done by somebody who is no party of the agreement.</summary>
    NotAParty,

    /// <summary>Not among the agreed activities.</summary>
    ActivityNotAgreed,

    /// <summary>Costs more than the parties have agreed to put in.</summary>
    MoneyAboveAgreed,
}

/// <summary>One way in which a plan leaves the frame. The parties may still want it, but then they renegotiate.</summary>
/// <param name="Item">The item; null when it is the plan as a whole.</param>
/// <param name="Planned">What the plan says: a period, a party's id, an activity's id or nothing, an amount.</param>
/// <param name="Agreed">What was agreed, said in the same way; null where it has no one answer.</param>
public sealed record Overstep(OverstepKind Kind, Guid? Item, string? Planned, string? Agreed);

/// <summary>What is signed, as far as a plan can be held against it (ramen).</summary>
/// <param name="Period">The agreement's; open-ended when it renews itself.</param>
/// <param name="Activities">The agreed activities; none when the agreement speaks of its interventions only in words.</param>
/// <param name="AgreedPerYear">What the parties put in per year, as far as they have put a value on it.</param>
public sealed record PlanFrame(
    Period Period, IReadOnlySet<PartyId> Parties, IReadOnlySet<Guid> Activities, Money AgreedPerYear)
{
    private const int DaysInYear = 365;
    private const int DaysInLeapYear = 366;

    /// <summary>The agreement names activities, so that a plan's items can be held against them.</summary>
    public bool ListsActivities => Activities.Count > 0;

    public IReadOnlyList<Overstep> OverstepsOf(PlanText plan) =>
    [
        .. Outside(plan),
        .. plan.Items.SelectMany(OfItem),
        .. TooDear(plan),
    ];

    /// <summary>What is agreed for a period: each year's share by its days, rounded once.</summary>
    public Money AgreedFor(Period period)
    {
        var share = new BigInteger(0);
        for (var year = period.From.Year; year <= period.To!.Value.Year; year++)
        {
            var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
            var days = Min(last, period.To.Value).DayNumber - Max(first, period.From).DayNumber + 1;
            share += (BigInteger)AgreedPerYear.Minor * days * (DateTime.IsLeapYear(year) ? DaysInYear : DaysInLeapYear);
        }
        return Money.FromFraction(share, DaysInYear * DaysInLeapYear, AgreedPerYear.Currency);
    }

    private IEnumerable<Overstep> Outside(PlanText plan)
    {
        if (!Within(plan.StartsOn, plan.EndsOn))
            yield return new Overstep(OverstepKind.OutsidePeriod, null, Written(plan.Period), Written(Period));
    }

    private IEnumerable<Overstep> OfItem(PlanText.Item item)
    {
        if (!Within(item.StartsOn ?? Period.From, item.EndsOn ?? item.StartsOn ?? Period.From))
        {
            var planned = new Period(item.StartsOn ?? Period.From, item.EndsOn);
            yield return new Overstep(OverstepKind.OutsidePeriod, item.Id, Written(planned), Written(Period));
        }
        foreach (var party in item.Parties.Where(party => !Parties.Contains(party)))
            yield return new Overstep(OverstepKind.NotAParty, item.Id, party.Value.ToString(), null);
        if (ListsActivities && (item.ActivityId is not { } activity || !Activities.Contains(activity)))
            yield return new Overstep(OverstepKind.ActivityNotAgreed, item.Id, item.ActivityId?.ToString(), null);
    }

    private IEnumerable<Overstep> TooDear(PlanText plan)
    {
        var agreed = AgreedFor(plan.Period);
        if (plan.Cost > agreed)
        {
            yield return new Overstep(
                OverstepKind.MoneyAboveAgreed, null, plan.Cost.ToDecimalString(), agreed.ToDecimalString());
        }
    }

    private bool Within(DateOnly from, DateOnly to) => Period.Contains(from) && Period.Contains(to);

    private static string Written(Period period) =>
        period.To is { } to ? $"{Day(period.From)}–{Day(to)}" : $"{Day(period.From)}–";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Min(DateOnly one, DateOnly other) => one < other ? one : other;

    private static DateOnly Max(DateOnly one, DateOnly other) => one > other ? one : other;
}
