namespace Iop.Agreements.Domain.Life;

/// <summary>Notice in whole months (uppsägningstid). Counted as Swedish law counts months (lag 1930:173, 1 §): the day with the
/// same number, or the last day of a month that has no such day. Days are Swedish days; the hour does not matter.</summary>
/// <param name="Months">0 to 60.</param>
public readonly record struct NoticePeriod(int Months)
{
    /// <summary>The last day under a notice given on a day.</summary>
    public DateOnly EndsAfter(DateOnly givenOn) => givenOn.AddMonths(Months);

    /// <summary>The last day on which notice can be given so that it has run out when the term ends (sista
    /// uppsägningsdag).</summary>
    public DateOnly LastDateFor(DateOnly end)
    {
        var day = end.AddMonths(-Months);
        // 30 and 31 January both run out on 28 February: the latest of them counts.
        while (EndsAfter(day.AddDays(1)) <= end) day = day.AddDays(1);
        return day;
    }
}
