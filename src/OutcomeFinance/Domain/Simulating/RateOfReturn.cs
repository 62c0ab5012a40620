namespace Iop.OutcomeFinance.Domain.Simulating;

/// <summary>Money to the funder (above zero) or from it on a day, in öre.</summary>
internal readonly record struct CashFlow(DateOnly On, long Minor);

internal enum RateKind
{
    Found,

    /// <summary>Money never flows both ways, or all is lost: no rate makes the flows even out.</summary>
    None,

    /// <summary>The flows turn more than once and even out at several rates, so that none of them says anything.</summary>
    Several,
}

/// <summary>The funder's internal rate of return (internränta).</summary>
/// <param name="BasisPoints">Hundredths of a percent per year.</param>
internal readonly record struct RateOfReturn(RateKind Kind, int BasisPoints)
{
    /// <summary>The search ends within a ten-millionth per month, counted in millionths of a millionth: below the hundredth of
    /// a percent per year that is shown.</summary>
    public const long Tolerance = 100_000;

    /// <summary>A loss of 99 percent a year, and a hundredfold gain.</summary>
    private const long Least = -318_707_000_000;
    private const long Most = 470_000_000_000;

    private const long One = 1_000_000_000_000;
    private const int Bits = 56;
    private const int Steps = 96;

    /// <summary>Flows are counted by calendar month. The rate is found per month by bisection in whole numbers and shown per
    /// year,
    /// compounded: (1 + monthly)^12 − 1. Where the flows turn more than once, the rate counts only if they even out once among
    /// evenly spread monthly rates.</summary>
    public static RateOfReturn Of(IReadOnlyList<CashFlow> flows)
    {
        var months = Months(flows);
        var turns = Turns(months);
        if (turns == 0) return new RateOfReturn(RateKind.None, 0);
        var (low, high) = (Least, Most);
        if (turns > 1)
        {
            var (crossings, from) = Crossings(months);
            if (crossings > 1) return new RateOfReturn(RateKind.Several, 0);
            if (crossings == 0) return new RateOfReturn(RateKind.None, 0);
            (low, high) = (from, from + (Most - Least) / Steps);
        }

        var below = Sign(months, low);
        if (below == Sign(months, high)) return new RateOfReturn(RateKind.None, 0);
        while (high - low > Tolerance)
        {
            var middle = low + (high - low) / 2;
            if (Sign(months, middle) == below) low = middle;
            else high = middle;
        }

        return new RateOfReturn(RateKind.Found, PerYear(low + (high - low) / 2));
    }

    /// <summary>What flows in each month, those without any left out; the first month is 0.</summary>
    private static List<(int Month, long Minor)> Months(IReadOnlyList<CashFlow> flows)
    {
        var months = new List<(int Month, long Minor)>(flows.Count);
        foreach (var flow in flows)
        {
            var month = flow.On.Year * 12 + flow.On.Month;
            var at = months.Count;
            while (at > 0 && months[at - 1].Month > month) at--;
            if (at > 0 && months[at - 1].Month == month) months[at - 1] = (month, months[at - 1].Minor + flow.Minor);
            else months.Insert(at, (month, flow.Minor));
        }

        months.RemoveAll(month => month.Minor == 0);
        var first = months.Count == 0 ? 0 : months[0].Month;
        for (var at = 0; at < months.Count; at++) months[at] = (months[at].Month - first, months[at].Minor);
        return months;
    }

    private static int Turns(List<(int Month, long Minor)> months)
    {
        var turns = 0;
        for (var at = 1; at < months.Count; at++)
        {
            if ((months[at].Minor < 0) != (months[at - 1].Minor < 0)) turns++;
        }

        return turns;
    }

    private static (int Count, long From) Crossings(List<(int Month, long Minor)> months)
    {
        var (count, from, before) = (0, 0L, Sign(months, Least));
        for (var step = 1; step <= Steps; step++)
        {
            var sign = Sign(months, Least + (Most - Least) / Steps * step);
            if (sign != before) (count, from) = (count + 1, Least + (Most - Least) / Steps * (step - 1));
            before = sign;
        }

        return (count, from);
    }

    /// <summary>The sign of all flows at a monthly rate. Gains are taken back to the first month and losses forward to the last,
    /// so that every factor is at most one and nothing can overflow.</summary>
    private static int Sign(List<(int Month, long Minor)> months, long rate)
    {
        var factor = rate >= 0
            ? (ulong)(((UInt128)One << Bits) / (ulong)(One + rate))
            : (ulong)(((UInt128)(ulong)(One + rate) << Bits) / (ulong)One);
        var sum = (Int128)0;
        var worth = 1UL << Bits;
        var (apart, power) = (0, 1UL << Bits); // periods are as long as each other: most powers are the one before
        for (var at = 0; at < months.Count; at++)
        {
            var place = rate >= 0 ? at : months.Count - 1 - at;
            var before = rate >= 0 ? place - 1 : place + 1;
            if (at > 0)
            {
                var between = Math.Abs(months[place].Month - months[before].Month);
                if (between != apart) (apart, power) = (between, Power(factor, between));
                worth = Times(worth, power);
            }

            sum += (Int128)months[place].Minor * worth;
        }

        return sum >= 0 ? 1 : -1;
    }

    private static ulong Power(ulong factor, int times)
    {
        var result = 1UL << Bits;
        for (; times > 0; times >>= 1)
        {
            if ((times & 1) == 1) result = Times(result, factor);
            factor = Times(factor, factor);
        }

        return result;
    }

    private static ulong Times(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return (high << (64 - Bits)) | (low >> Bits);
    }

    private static int PerYear(long rate)
    {
        var year = (Int128)One;
        for (var month = 0; month < 12; month++) year = year * (One + rate) / One;
        var parts = (long)(year - One);
        const long part = One / 10_000;
        return (int)((parts >= 0 ? parts + part / 2 : parts - part / 2) / part);
    }
}
