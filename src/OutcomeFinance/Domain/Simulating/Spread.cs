namespace Iop.OutcomeFinance.Domain.Simulating;

/// <summary>How an amount spread over the runs, in öre. A percentile is an outcome that occurred: the smallest that at least so
/// many
/// percent of the runs did not exceed.</summary>
/// <param name="Mean">Rounded to öre, half away from zero.</param>
internal sealed record Spread(long Mean, long P5, long P25, long P50, long P75, long P95)
{
    public const int BinsMax = 20;

    public static Spread Of(ReadOnlySpan<long> outcomes)
    {
        if (outcomes.IsEmpty) return new Spread(0, 0, 0, 0, 0, 0);
        var sorted = outcomes.ToArray();
        Array.Sort(sorted);
        var sum = (Int128)0;
        foreach (var outcome in sorted) sum += outcome;
        return new Spread(Rounded(sum, sorted.Length), At(5), At(25), At(50), At(75), At(95));

        long At(int percent) => sorted[Math.Max(0, (int)(((long)sorted.Length * percent + 99) / 100) - 1)];
    }

    private static long Rounded(Int128 sum, int count)
    {
        var doubled = (sum < 0 ? -sum : sum) * 2 + count;
        var mean = (long)(doubled / (2 * count));
        return sum < 0 ? -mean : mean;
    }

    /// <summary>How many runs fell in each of evenly wide steps from the least to the largest outcome; the last step takes its
    /// end in.</summary>
    public static IReadOnlyList<Bin> Bins(ReadOnlySpan<long> outcomes)
    {
        if (outcomes.IsEmpty) return [];
        var (least, most) = (long.MaxValue, long.MinValue);
        foreach (var outcome in outcomes) (least, most) = (Math.Min(least, outcome), Math.Max(most, outcome));
        var width = Math.Max(1, (most - least + BinsMax - 1) / BinsMax);
        var bins = new int[(int)Math.Min(BinsMax, (most - least) / width + 1)];
        foreach (var outcome in outcomes) bins[(int)Math.Min(bins.Length - 1, (outcome - least) / width)]++;
        return [.. bins.Select((count, at) => new Bin(least + at * width, Math.Min(most, least + (at + 1) * width), count))];
    }
}

/// <param name="From">In öre, as is <paramref name="To"/>.</param>
internal sealed record Bin(long From, long To, int Runs);
