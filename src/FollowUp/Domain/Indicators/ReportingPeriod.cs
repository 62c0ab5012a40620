using System.Globalization;
using Iop.Kernel;

namespace Iop.FollowUp.Domain.Indicators;

internal enum Rhythm
{
    Month,
    Quarter,
    HalfYear,
    Year,
}

/// <summary>A period that reports are made for, by the calendar: <c>2026-03</c>, <c>2026-Q1</c>, <c>2026-H1</c>,
/// <c>2026</c>.</summary>
internal static class ReportingPeriod
{
    private const int FirstYear = 1990;
    private const int LastYear = 2199;

    /// <summary>The days of a period, if the key is one of the rhythm.</summary>
    public static bool TryParse(Rhythm every, string? key, out Period period)
    {
        period = default;
        var mark = Mark(every);
        if (key is null || key.Length < 4
            || !int.TryParse(key[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year)) return false;
        if (year is < FirstYear or > LastYear) return false;
        if (every is Rhythm.Year) return key.Length == 4 && Take(year, 1, 12, out period);
        var rest = key[4..];
        if (!rest.StartsWith(mark, StringComparison.Ordinal) || rest.Length != mark.Length + (every is Rhythm.Month ? 2 : 1))
            return false;
        if (!int.TryParse(rest[mark.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        var months = Months(every);
        return number >= 1 && number <= 12 / months && Take(year, (number - 1) * months + 1, months, out period);
    }

    /// <summary>The key of the period that a day belongs to.</summary>
    public static string KeyOf(Rhythm every, DateOnly day)
    {
        var number = (day.Month - 1) / Months(every) + 1;
        return every switch
        {
            Rhythm.Year => day.Year.ToString("0000", CultureInfo.InvariantCulture),
            Rhythm.Month => string.Create(CultureInfo.InvariantCulture, $"{day.Year:0000}-{number:00}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{day.Year:0000}{Mark(every)}{number}"),
        };
    }

    public static int Months(Rhythm every) => every switch
    {
        Rhythm.Month => 1,
        Rhythm.Quarter => 3,
        Rhythm.HalfYear => 6,
        _ => 12,
    };

    private static string Mark(Rhythm every) => every switch
    {
        Rhythm.Quarter => "-Q",
        Rhythm.HalfYear => "-H",
        _ => "-",
    };

    private static bool Take(int year, int firstMonth, int months, out Period period)
    {
        var from = new DateOnly(year, firstMonth, 1);
        period = new Period(from, from.AddMonths(months).AddDays(-1));
        return true;
    }
}
