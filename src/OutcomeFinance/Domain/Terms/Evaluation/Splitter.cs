using Iop.OutcomeFinance.Domain.Terms.Numbers;

namespace Iop.OutcomeFinance.Domain.Terms.Evaluation;

/// <summary>Gives out a period's due to the parties, whole hundredths first, the rest one by one to the largest need.</summary>
internal static class Splitter
{
    /// <summary>The parts always add up to the due, and none has another sign than the due.</summary>
    /// <param name="due">Hundredths to give out; negative ones are taken back.</param>
    /// <param name="needs">Exact share of the cumulative total less what has been charged, in hundredths. They add up to the
    /// due.</param>
    public static long[] Split(long due, IReadOnlyList<Fraction> needs)
    {
        if (due < 0) return [.. Split(-due, [.. needs.Select(need => -need)]).Select(part => -part)];
        var parts = new long[needs.Count];
        if (due == 0) return parts;
        var level = Level(due, needs);
        var remainders = new Fraction[needs.Count];
        var left = due;
        for (var index = 0; index < parts.Length; index++)
        {
            var above = Fraction.Max(Fraction.Zero, needs[index] - level);
            parts[index] = above.WholeLong(Rounding.Down);
            remainders[index] = above - Fraction.Of(parts[index]);
            left -= parts[index];
        }

        if (left == 0) return parts;
        foreach (var index in Enumerable.Range(0, parts.Length).OrderByDescending(index => remainders[index]).Take((int)left))
            parts[index]++;
        return parts;
    }

    /// <summary>Who has been charged more than its share gets nothing back: all others are served down to the same level of
    /// need.</summary>
    private static Fraction Level(long due, IReadOnlyList<Fraction> needs)
    {
        var ordered = needs.ToArray();
        Array.Sort(ordered);
        Array.Reverse(ordered);
        var sum = Fraction.Zero;
        for (var count = 1; count <= ordered.Length; count++)
        {
            sum += ordered[count - 1];
            var level = (sum - Fraction.Of(due)) / Fraction.Of(count);
            if (count == ordered.Length || ordered[count] <= level) return level;
        }

        return Fraction.Zero;
    }
}
