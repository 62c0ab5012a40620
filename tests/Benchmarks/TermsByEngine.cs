using Iop.OutcomeFinance.Domain.Terms.Measuring;
using Iop.TestKit;

namespace Iop.Benchmarks;

/// <summary>The Norrköping contract evaluated by the terms language, with and without its trace, beside the same contract as
/// somebody would program it in C#. One thread, so per second means per second and core.</summary>
internal static class TermsByEngine
{
    private const int Evaluations = 500;
    private const int HandWritten = 500_000;

    // What both have paid: kept, or the compiler would leave out the work.
    private static long paid;

    public static async IAsyncEnumerable<Comparison> Of(Servers servers)
    {
        foreach (var trace in (bool[])[false, true])
        {
            var (program, request) = NorrkopingByHand.Prepare(trace);
            yield return new($"Norrköping's terms{(trace ? " with trace" : "")}: evaluated / hand-written C#", _ =>
            {
                paid += NorrkopingByHand.Run(program, request, Evaluations);
                return Task.CompletedTask;
            }, PayByHand)
            {
                WarmUpRounds = 60, Rounds = 200, TimesInRound = (Evaluations, HandWritten),
            };
        }
        if (paid == 0) throw new InvalidOperationException("Nothing was paid: the comparison would be worthless.");
    }

    private static Task PayByHand(int round)
    {
        // Figures that change: with constants the compiler could work the payment out once and for all.
        for (var time = 0; time < HandWritten; time++)
            paid += NorrkopingByHand.Payment(987_654_322 + time, 1_133_333_331 - round, time % 2 == 0);
        return Task.CompletedTask;
    }
}
