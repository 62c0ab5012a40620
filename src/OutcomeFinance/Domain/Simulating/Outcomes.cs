using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Domain.Terms.Evaluation;

namespace Iop.OutcomeFinance.Domain.Simulating;

/// <summary>What every run came to, in öre. Each run writes in its own place, so that chunks may be done in any order.</summary>
internal sealed class Outcomes
{
    /// <summary>Payers are shown period by period up to so many of both.</summary>
    public const int PayerPeriodsMax = 200;

    public Outcomes(SimulatedContract contract, int runs)
    {
        var plan = contract.Program.Plan;
        Runs = runs;
        (Total, Result, Received, Invested) = (new long[runs], new long[runs], new long[runs], new long[runs]);
        Rates = new RateOfReturn[runs];
        Due = Rows(contract.Periods.Count);
        Payers = Rows(plan.Payers.Length);
        Payees = Rows(plan.Payees.Length);
        PayerPeriods = plan.Payers.Length is > 1 and var payers && payers * contract.Periods.Count <= PayerPeriodsMax
            ? [.. Enumerable.Range(0, payers).Select(_ => Rows(contract.Periods.Count))] : [];
        Waiting = new int[contract.Periods.Count];
        Levels = new Levels(plan, contract.Periods.Count);

        long[][] Rows(int count) => [.. Enumerable.Range(0, count).Select(_ => new long[runs])];
    }

    public int Runs { get; }

    public long[] Total { get; }

    public long[][] Due { get; }

    public long[][] Payers { get; }

    public long[][] Payees { get; }

    /// <summary>By payer, then by period; empty with one payer or too many.</summary>
    public long[][][] PayerPeriods { get; }

    public long[] Invested { get; }

    public long[] Received { get; }

    public long[] Result { get; }

    public RateOfReturn[] Rates { get; }

    /// <summary>In how many runs some row waited for a figure in a period.</summary>
    public int[] Waiting { get; }

    public Levels Levels { get; }

    /// <summary>The funder put something in, so that there is a result to speak of.</summary>
    public bool HasFunder { get; set; }
}
