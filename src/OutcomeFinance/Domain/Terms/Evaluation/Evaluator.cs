using System.Numerics;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Terms.Checking;
using Iop.OutcomeFinance.Domain.Terms.Numbers;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Evaluation;

/// <summary>Computes a program afresh over all measurements, period by period in the order of the contract.</summary>
internal sealed class Evaluator
{
    /// <summary>Far above any contract and far below what a long holds, so that sums cannot overflow.</summary>
    private const long MostMinor = 1_000_000_000_000_000_000;

    private readonly ProgramPlan _program;
    private readonly EvaluationRequest _request;
    private readonly Run _run;
    private readonly Frame _soFar;
    private readonly Frame? _period;
    private readonly Intake _intake;
    private readonly Fraction[] _entitlements;
    private readonly Shares _shares;
    private readonly Explainer? _explainer;
    private readonly List<PeriodResult> _periods = [];
    private readonly Dictionary<string, AfterLine> _afterLines = new(StringComparer.Ordinal);
    private readonly List<WaitingRow> _waiting = [];
    private Fraction[] _lines;
    private Fraction _payout;
    private long _paid;

    private Evaluator(ProgramPlan program, EvaluationRequest request, Fraction earlierPaid)
    {
        _program = program;
        _request = request;
        _run = new Run
        {
            Levels = request.Levels,
            Collections = program.Collections.Length == 0 ? [] : [.. program.Collections.Select(_ => new CollectionState())],
            PaidUnderEarlierTerms = earlierPaid,
        };
        _soFar = new Frame(_run, program.Slots, null);
        _period = program.HasPeriodValues ? new Frame(_run, program.Slots, _soFar) : null;
        _intake = new Intake(program, _soFar, _period);
        _entitlements = new Fraction[program.Rows.Length];
        _lines = new Fraction[program.Rows.Length];
        _shares = new Shares(program);
        _explainer = request.Trace ? new Explainer(program) : null;
    }

    public static TermsEvaluation Evaluate(ProgramPlan program, EvaluationRequest request)
    {
        if (PeriodOrder.Of(program, request, out var order) is { } problem) return new TermsEvaluation(null, problem);
        var earlier = request.PaidUnderEarlierTerms is { } paid ? Fraction.Of(paid.Minor, 100)
            : program.EarlierPaid is ConstantNode constant ? constant.Value.Number : Fraction.Zero;
        var evaluator = new Evaluator(program, request, earlier);
        foreach (var one in order)
        {
            if (evaluator.Period(one) is { } wrong) return new TermsEvaluation(null, wrong);
        }

        return new TermsEvaluation(evaluator.Result(), null);
    }

    private FigureProblem? Period(PeriodToCompute one)
    {
        var figures = _request.Measurements[one.Measurement];
        _run.PeriodNumber = one.Number;
        _run.PeriodKey = figures.Period;
        _run.PreviouslyPaid = Fraction.Of(_paid, 100);
        if (!_intake.Take(figures, one.Measurement, one.BeforeTheseTerms)) return _intake.Problem;
        if (one.BeforeTheseTerms) return null;
        _waiting.Clear();
        Steps(figures.Period);
        var before = _lines;
        var due = Due();
        if (_run.Fault is not null || due is null) return Fault(one.Measurement);
        var obligations = _shares.Charge(due.Value, _paid, _lines, _soFar);
        AfterRows(figures);
        _explainer?.Payout(figures.Period, this);
        if (_run.Fault is not null) return Fault(one.Measurement);
        _request.Levels?.PeriodDone(_periods.Count);
        _periods.Add(new PeriodResult(
            figures.Period, Amount(due.Value), _waiting.Count == 0, [.. _waiting], Lines(before),
                [.. obligations.Select(Obligation)]));
        return null;
    }

    private FigureProblem Fault(int measurement) => new(
        _run.Fault
            ?? "terms.amount-too-large", FormattableString.Invariant($"measurements[{measurement}]"),
            new Dictionary<string, string>(StringComparer.Ordinal));

    private void Steps(string period)
    {
        foreach (var step in _program.Steps)
        {
            _run.Spend(step.Value.Cost);
            if (step is RowStep row) Row(row, period);
            else Let(step, period);
        }
    }

    private void Let(Step step, string period)
    {
        _soFar.Slots[step.Slot] = step.Value.Of(_soFar);
        if (_period is not null)
        {
            _run.Levels = null; // what counts is the level on everything so far
            _period.Slots[step.Slot] = step.Value.Of(_period);
            _run.Levels = _request.Levels;
        }

        _explainer?.Step(period, step, _period ?? _soFar);
    }

    /// <summary>A row that waits keeps its last entitlement.</summary>
    private void Row(RowStep row, string period)
    {
        var frame = row.Source.PerPeriod ? _period! : _soFar;
        var value = row.Value.Of(frame);
        var before = _entitlements[row.Row];
        if (value.IsMissing) _waiting.Add(new WaitingRow(row.Name, value.Reason.Code, value.Reason.Subject));
        else _entitlements[row.Row] = row.Source.PerPeriod ? _run.Checked(before + value.Number).Number : value.Number;
        _explainer?.Step(period, row, frame);
        _soFar.Slots[row.Slot] = new Value(_entitlements[row.Row]);
        if (_period is not null) _period.Slots[row.Slot] = new Value(_entitlements[row.Row] - before);
    }

    /// <summary>The period's due in hundredths; null when it is beyond any amount.</summary>
    private long? Due()
    {
        var source = _program.PayoutSource;
        var value = _program.Payout.Of(source.PerPeriod ? _period! : _soFar);
        if (value.IsMissing)
            _waiting.Add(new WaitingRow(Keyword.Payout.In(_program.Language), value.Reason.Code, value.Reason.Subject));
        else _payout = source.PerPeriod ? _run.Checked(_payout + value.Number).Number : value.Number;
        if (Minor(_payout) is not { } entitlement) return null;
        var due = entitlement - _paid;
        if (due < 0 && !source.ClawbackAllowed) return 0; // the lines stay as they were
        _lines = Cut.Apply(_entitlements, _payout, source.CutEqually);
        _paid += due;
        return due;
    }

    private void AfterRows(PeriodFigures figures)
    {
        _run.TotalPaid = Fraction.Of(_paid, 100);
        foreach (var row in _program.AfterRows)
        {
            var value = row.Value.Of(_soFar);
            _soFar.Slots[row.Slot] = value;
            if (!figures.Final && !row.Source.AtEveryPeriod) continue;
            _explainer?.AfterRow(figures.Period, row, _soFar);
            if (value.IsMissing)
            {
                _waiting.Add(new WaitingRow(row.Name, value.Reason.Code, value.Reason.Subject));
                continue;
            }

            var (from, to) = (row.Source.From ?? _program.FunderName, row.Source.To ?? _program.FunderName);
            if (Minor(value.Number) is { } minor) _afterLines[row.Name] = new AfterLine(row.Name, from, to, Amount(minor));
        }
    }

    private LineResult[] Lines(Fraction[] before)
    {
        var lines = new LineResult[_program.Rows.Length];
        for (var at = 0; at < lines.Length; at++)
        {
            var amount = Shown(_lines[at]);
            lines[at] = new LineResult(_program.Rows[at].Name, amount, amount - Shown(before[at]));
        }

        return lines;
    }

    private TermsResult Result()
    {
        var gross = Shown(_entitlements.Aggregate(Fraction.Zero, (sum, row) => sum + row));
        var shown = _lines.Aggregate(Amount(0), (sum, line) => sum + Shown(line));
        return new TermsResult
        {
            Currency = _program.Currency,
            Total = Amount(_paid),
            Gross = gross,
            Rounding = Amount(_paid) - shown,
            Periods = _periods,
            Payers = [.. _shares.Payers.Select(Party)],
            Payees = [.. _shares.Payees.Select(Party)],
            AfterLines = [.. _program.AfterRows.Select(row => _afterLines.GetValueOrDefault(row.Name)).OfType<AfterLine>()],
            Funder = Funder(),
            Trace = _explainer?.Steps,
        };
    }

    private FunderResult? Funder()
    {
        if (_program.Invested is null || _periods.Count == 0) return null;
        var invested = _program.Invested.Of(_soFar);
        if (invested.IsMissing) return null;
        var name = _program.FunderName;
        var received = _shares.Payees.Where(payee => payee.Name == name).Sum(payee => payee.Charged);
        foreach (var line in _afterLines.Values)
            received += line.Amount.Minor * ((line.To == name ? 1 : 0) - (line.From == name ? 1 : 0));
        var put = Shown(invested.Number);
        return new FunderResult(put, Amount(received), Amount(received) - put);
    }

    internal IReadOnlyList<Fraction> Entitlements => _entitlements;

    internal IReadOnlyList<Fraction> LineAmounts => _lines;

    internal Fraction PayoutNow => _payout;

    internal long Paid => _paid;

    internal Frame PayoutFrame => _program.PayoutSource.PerPeriod ? _period! : _soFar;

    internal Fraction Before => _run.PreviouslyPaid;

    private PartyAmount Party((string Name, long Charged) party) => new(party.Name, Amount(party.Charged));

    private ObligationAmount Obligation((string Payer, string Payee, long Minor) one) =>
        new(one.Payer, one.Payee, Amount(one.Minor));

    private Money Amount(long minor) => new(minor, _program.Currency);

    private Money Shown(Fraction amount) => Amount(Minor(amount) ?? 0);

    private static long? Minor(Fraction amount)
    {
        if (amount.TryToMinor(out var small)) return small is > MostMinor or < -MostMinor ? null : small;
        var minor = amount.ToMinor();
        return BigInteger.Abs(minor) > MostMinor ? null : (long)minor;
    }
}
