using System.Diagnostics;

namespace Iop.Benchmarks;

/// <summary>One of our paths and the bare thing that limits it, measured in turns in the same run on the same machine.</summary>
/// <param name="Name">What is compared, in a few words.</param>
/// <param name="Ours">One round of our path, given its number.</param>
/// <param name="Bare">One round of what cannot be had any cheaper.</param>
internal sealed record Comparison(string Name, Func<int, Task> Ours, Func<int, Task> Bare)
{
    private const int WarmUpRounds = 200;
    private const int Rounds = 2_000;

    /// <summary>In turns, so that whatever else the machine does meets both alike.</summary>
    public async Task<Result> MeasureAsync()
    {
        for (var round = 0; round < WarmUpRounds; round++)
        {
            await Ours(round);
            await Bare(round);
        }
        var (ours, bare) = (new List<TimeSpan>(Rounds), new List<TimeSpan>(Rounds));
        for (var round = WarmUpRounds; round < WarmUpRounds + Rounds; round++)
        {
            ours.Add(await TimeAsync(Ours, round));
            bare.Add(await TimeAsync(Bare, round));
        }
        return new(Name, Percentiles.Of(ours), Percentiles.Of(bare));
    }

    private static async Task<TimeSpan> TimeAsync(Func<int, Task> path, int round)
    {
        var start = Stopwatch.GetTimestamp();
        await path(round);
        return Stopwatch.GetElapsedTime(start);
    }
}

internal sealed record Result(string Name, Percentiles Ours, Percentiles Bare)
{
    public double Ratio => Ours.Median / Bare.Median;
}

internal sealed record Percentiles(TimeSpan Median, TimeSpan P95)
{
    public static Percentiles Of(List<TimeSpan> times)
    {
        times.Sort();
        return new(At(0.5), At(0.95));

        TimeSpan At(double share) => times[(int)Math.Round((times.Count - 1) * share)];
    }
}
