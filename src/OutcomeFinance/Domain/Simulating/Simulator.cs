using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Domain.Terms.Evaluation;

namespace Iop.OutcomeFinance.Domain.Simulating;

/// <summary>Evaluates a contract's terms over and over on figures that are drawn (simulerar). One simulator for each thread;
/// together
/// they give what one would have given alone.</summary>
internal sealed class Simulator
{
    private readonly SimulatedContract _contract;
    private readonly Assumptions _assumptions;
    private readonly Sheet _sheet;
    private readonly Levels _levels;
    private readonly int[] _waiting;
    private readonly EvaluationRequest _request;
    private readonly Xoshiro256 _generator = Xoshiro256.Seeded(0);
    private readonly Dictionary<string, int> _payers;

    private Simulator(SimulatedContract contract, Assumptions assumptions, Sheet sheet)
    {
        (_contract, _assumptions, _sheet) = (contract, assumptions, sheet);
        _levels = new Levels(contract.Program.Plan, contract.Periods.Count);
        _waiting = new int[contract.Periods.Count];
        _request = contract.Request(sheet.Figures) with { Levels = _levels };
        _payers = contract.Program.Plan.Payers.Index()
            .ToDictionary(one => one.Item.Name, one => one.Index, StringComparer.Ordinal);
    }

    /// <summary>Null with the reason. The median of every assumption is tried at once, so that what cannot be evaluated is
    /// refused before anything is started.</summary>
    public static Simulator? Of(SimulatedContract contract, Assumptions assumptions, out Refusal? refusal)
    {
        if (Sheet.Of(contract, assumptions, out refusal) is not { } sheet) return null;
        var simulator = new Simulator(contract, assumptions, sheet);
        if (simulator.At(_ => 500).Problem is not { } problem) return simulator;
        refusal = problem.Arguments.Aggregate(
            new Refusal(problem.Code, RefusalKind.Malformed).With("path", problem.Path),
            (so, argument) => so.With(argument.Key, argument.Value));
        return null;
    }

    /// <summary>The terms where so many thousandths of each figure's outcomes lie below.</summary>
    public TermsEvaluation At(Func<Cell, int> thousandths)
    {
        _sheet.SetAll(thousandths);
        return TermsText.Evaluate(_contract.Program, _request with { Levels = null });
    }

    /// <summary>The figures as they stand in the sheet.</summary>
    public IReadOnlyList<PeriodFigures> Figures => _sheet.Figures;

    public IEnumerable<string> Uncertain => _sheet.Uncertain;

    /// <summary>Does some of the runs. A figure that the terms cannot take, or a limit that is passed, ends it.</summary>
    public FigureProblem? Run(int from, int count, Outcomes outcomes)
    {
        for (var run = from; run < from + count; run++)
        {
            _generator.BeginRun(_assumptions.Seed, run);
            _sheet.DrawAll(_generator);
            var evaluation = TermsText.Evaluate(_contract.Program, _request);
            if (evaluation.Problem is { } problem) return problem;
            Keep(evaluation.Result!, run, outcomes);
        }

        return null;
    }

    /// <summary>Adds what was counted to the others' counts.</summary>
    public void GiveCountsTo(Outcomes outcomes)
    {
        outcomes.Levels.Add(_levels);
        for (var period = 0; period < _waiting.Length; period++) outcomes.Waiting[period] += _waiting[period];
    }

    private void Keep(TermsResult result, int run, Outcomes outcomes)
    {
        outcomes.Total[run] = result.Total.Minor;
        for (var at = 0; at < result.Periods.Count; at++)
        {
            var period = result.Periods[at];
            outcomes.Due[at][run] = period.Due.Minor;
            if (!period.Complete) _waiting[at]++;
            if (outcomes.PayerPeriods.Length == 0) continue;
            foreach (var one in period.Obligations) outcomes.PayerPeriods[_payers[one.Payer]][at][run] += one.Amount.Minor;
        }

        for (var at = 0; at < outcomes.Payers.Length; at++) outcomes.Payers[at][run] = result.Payers[at].Amount.Minor;
        for (var at = 0; at < outcomes.Payees.Length; at++) outcomes.Payees[at][run] = result.Payees[at].Amount.Minor;
        Funder(result, run, outcomes);
    }

    private void Funder(TermsResult result, int run, Outcomes outcomes)
    {
        var flows = FundersFlows(_contract, result);
        if (flows.Count == 0) return;
        outcomes.HasFunder = true;
        foreach (var flow in flows)
        {
            if (flow.Minor < 0) outcomes.Invested[run] -= flow.Minor;
            else outcomes.Received[run] += flow.Minor;
        }

        outcomes.Result[run] = outcomes.Received[run] - outcomes.Invested[run];
        outcomes.Rates[run] = RateOfReturn.Of(flows);
    }

    /// <summary>What the funder puts in by the schedule (without one: what the terms count, on the first day), and what comes
    /// back
    /// on the last day of each period. Empty when nothing is put in.</summary>
    public static IReadOnlyList<CashFlow> FundersFlows(SimulatedContract contract, TermsResult result)
    {
        var flows = new List<CashFlow>(contract.Schedule.Count + contract.Periods.Count + 1);
        if (contract.Schedule.Count > 0) flows.AddRange(contract.Schedule.Select(one => one with { Minor = -one.Minor }));
        else if (result.Funder is { Invested.Minor: not 0 } funder)
            flows.Add(new CashFlow(contract.StartsOn, -funder.Invested.Minor));
        else return [];
        flows.AddRange(contract.CameBefore);
        var name = contract.Program.Plan.FunderName;
        for (var at = 0; at < result.Periods.Count; at++)
        {
            var back = 0L;
            foreach (var one in result.Periods[at].Obligations)
            {
                if (one.Payee == name) back += one.Amount.Minor;
            }

            if (at == result.Periods.Count - 1)
                back += result.AfterLines.Sum(line =>
                    line.Amount.Minor * ((line.To == name ? 1 : 0) - (line.From == name ? 1 : 0)));
            if (back != 0) flows.Add(new CashFlow(contract.Periods[at].PaidOn, back));
        }

        return flows;
    }
}
