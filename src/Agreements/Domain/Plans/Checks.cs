using Iop.Agreements.Domain.Texts;

namespace Iop.Agreements.Domain.Plans;

/// <summary>When the parties are to look at something together: a plan turns (planår), or a year has gone.</summary>
public static class Checks
{
    private const int PlanEndsWithinDays = 30;

    /// <summary>January is for reporting the year before.</summary>
    private const int FirstMonth = 2;

    /// <summary>The day on which a plan that nothing follows is asked about.</summary>
    public static DateOnly DayBeforePlanEnds(DateOnly lastDay) => lastDay.AddDays(-PlanEndsWithinDays);

    /// <summary>The last day of the last plan, when it is near.</summary>
    public static DateOnly? PlanEnds(IReadOnlyCollection<DateOnly> lastDays, DateOnly today) =>
        lastDays.Count > 0 && lastDays.Max() is var last && today <= last && today >= DayBeforePlanEnds(last) ? last : null;

    /// <summary>The next day on which a year is asked about.</summary>
    public static DateOnly NextYearly(DateOnly today) =>
        new DateOnly(today.Year, FirstMonth, 1) is var day && day > today ? day : day.AddYears(1);

    /// <summary>The last day of the year that is asked about; none in January, or when the agreement was not yet in
    /// force.</summary>
    public static DateOnly? YearGone(DateOnly from, DateOnly today) =>
        today.Month >= FirstMonth && from.Year < today.Year ? new DateOnly(today.Year - 1, 12, 31) : null;

    /// <summary>Parties that have put a value on what they contribute, and said nothing of what they put in during a
    /// year.</summary>
    public static IReadOnlySet<Guid> Silent(AgreementText text, IReadOnlyCollection<Delivery> deliveries, int year)
    {
        var said = Delivery.ThatCount(deliveries).Where(one => one.FromOn.Year <= year && one.ToOn.Year >= year)
            .Select(one => one.ContributionId.Value).ToHashSet();
        return text.Contributions
            .Where(one => (one.OrePerYear ?? one.HoursPerYear) is not null && !said.Contains(one.ContributionId))
            .Select(one => one.PartyId).ToHashSet();
    }
}
