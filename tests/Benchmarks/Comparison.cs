using System.Diagnostics;

namespace Iop.Benchmarks;

/// <summary>One of our paths and the bare thing that limits it, measured in turns in the same run on the same machine.</summary>
/// <param name="Name">What is compared, in a few words.</param>
/// <param name="Ours">One round of our path, given its number.</param>
/// <param name="Bare">One round of what cannot be had any cheaper.</param>
internal sealed record Comparison(string Name, Func<int, Task> Ours, Func<int, Task> Bare)
{
    public int WarmUpRounds { get; init; } = 200;

    public int Rounds { get; init; } = 2_000;

    /// <summary>How often a round does the thing, where once is too short to be timed; the result is for once.</summary>
    public (int Ours, int Bare) TimesInRound { get; init; } = (1, 1);

    /// <summary>All rounds begin together, as a crowd does; ours first, then the bare ones.</summary>
    public bool AtOnce { get; init; }

    /// <summary>In turns, so that whatever else the machine does meets both alike.</summary>
    public async Task<Result> MeasureAsync()
    {
        for (var round = 0; round < WarmUpRounds; round++)
        {
            await Ours(round);
            await Bare(round);
        }
        if (AtOnce) return new(Name, Percentiles.Of(await TogetherAsync(Ours)), Percentiles.Of(await TogetherAsync(Bare)));
        var (ours, bare) = (new List<double>(Rounds), new List<double>(Rounds));
        for (var round = WarmUpRounds; round < WarmUpRounds + Rounds; round++)
        {
            ours.Add(await MicrosecondsAsync(Ours, round) / TimesInRound.Ours);
            bare.Add(await MicrosecondsAsync(Bare, round) / TimesInRound.Bare);
        }
        return new(Name, Percentiles.Of(ours), Percentiles.Of(bare));
    }

    private async Task<List<double>> TogetherAsync(Func<int, Task> path) =>
        [.. await Task.WhenAll(Enumerable.Range(WarmUpRounds, Rounds).Select(round => MicrosecondsAsync(path, round)))];

    private static async Task<double> MicrosecondsAsync(Func<int, Task> path, int round)
    {
        var start = Stopwatch.GetTimestamp();
        await path(round);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }
}

internal sealed record Result(string Name, Percentiles Ours, Percentiles Bare)
{
    public double Ratio => Ours.Median / Bare.Median;

    /// <summary>One after another, on one core where the work is ours alone.</summary>
    public double OursPerSecond => TimeSpan.MicrosecondsPerSecond / Ours.Median;
}

/// <summary>In microseconds, with fractions: some of what is compared takes nanoseconds.</summary>
internal sealed record Percentiles(double Median, double P95)
{
    public static Percentiles Of(List<double> times)
    {
        times.Sort();
        return new(At(0.5), At(0.95));

        double At(double share) => times[(int)Math.Round((times.Count - 1) * share)];
    }
}
