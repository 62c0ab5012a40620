using System.Diagnostics;
using System.Globalization;
using Iop.OutcomeFinance.Domain.Simulating;
using Iop.TestKit;

namespace Iop.Benchmarks;

/// <summary>Ten thousand runs of a contract of normal size (eight periods, six rows, four cohorts, fifty participants) on one
/// core, beside the same evaluations and nothing else: what drawing, counting and the rate of return cost on top.</summary>
internal static class SimulationOnOneCore
{
    private const int Runs = 10_000;
    private const int TargetMilliseconds = 1_000;

    // What all runs have paid: kept, or the compiler would leave out the work.
    private static long paid;

    public static async IAsyncEnumerable<Comparison> Of(Servers servers)
    {
        var (simulated, bare) = (NormalSizedContract.Simulation(Runs), NormalSizedContract.Bare(Runs));
        var cold = ProcessorTime(simulated); // with what the compiler takes while it runs
        for (var round = 0; round < 3; round++) paid += simulated(round);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"10,000 runs on one core: {cold:0} ms of processor time the first time, {ProcessorTime(simulated):0} ms later; target below {TargetMilliseconds} ms"));
        yield return new("A run of a simulation / a bare evaluation", round => Do(simulated, round), round => Do(bare, round))
        {
            WarmUpRounds = 1, Rounds = 5, TimesInRound = (Runs, Runs),
        };
        if (paid == 0) throw new InvalidOperationException("Nothing was paid: the comparison would be worthless.");
    }

    private static double ProcessorTime(Func<int, long> simulated)
    {
        var began = Process.GetCurrentProcess().TotalProcessorTime;
        paid += simulated(0);
        return (Process.GetCurrentProcess().TotalProcessorTime - began).TotalMilliseconds;
    }

    private static Task Do(Func<int, long> work, int round)
    {
        paid += work(round);
        return Task.CompletedTask;
    }
}
