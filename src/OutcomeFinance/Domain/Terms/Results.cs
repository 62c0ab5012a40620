using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Terms;

/// <summary>What a text is worth on the figures so far.</summary>
public sealed record TermsResult
{
    public required Currency Currency { get; init; }

    public required Money Total { get; init; }

    /// <summary>The sum of the rows before the payout's cut.</summary>
    public required Money Gross { get; init; }

    /// <summary>The total less the lines as shown.</summary>
    public required Money Rounding { get; init; }

    public required IReadOnlyList<PeriodResult> Periods { get; init; }

    public required IReadOnlyList<PartyAmount> Payers { get; init; }

    public required IReadOnlyList<PartyAmount> Payees { get; init; }

    public required IReadOnlyList<AfterLine> AfterLines { get; init; }

    public required FunderResult? Funder { get; init; }

    /// <summary>Null when it was not asked for.</summary>
    public required IReadOnlyList<TraceStep>? Trace { get; init; }
}

/// <param name="Complete">No row waits for a figure.</param>
/// <param name="Obligations">One per payer and payee with something to pay.</param>
public sealed record PeriodResult(
    string Period, Money Due, bool Complete, IReadOnlyList<WaitingRow> Waiting, IReadOnlyList<LineResult> Lines,
    IReadOnlyList<ObligationAmount> Obligations);

/// <param name="Amount">So far, after the payout's cut.</param>
/// <param name="Change">Of this period.</param>
public sealed record LineResult(string Name, Money Amount, Money Change);

/// <summary>A row that cannot be computed yet and keeps its last entitlement.</summary>
/// <param name="Code">The reason; its sentence is found by it.</param>
/// <param name="Subject">The measure that is missing, the table without a band.</param>
public sealed record WaitingRow(string Row, string Code, string Subject);

public sealed record PartyAmount(string Name, Money Amount);

public sealed record ObligationAmount(string Payer, string Payee, Money Amount);

public sealed record AfterLine(string Name, string From, string To, Money Amount);

public sealed record FunderResult(Money Invested, Money Received, Money Result);

/// <summary>One step from figures to öre.</summary>
/// <param name="Row">The row, named value or statement it belongs to.</param>
/// <param name="Code">What kind of step; the sentence is found by it.</param>
public sealed record TraceStep(string Period, string Row, string Code, IReadOnlyDictionary<string, string> Arguments);

/// <summary>A result, or the figure that stood in the way.</summary>
public sealed record TermsEvaluation(TermsResult? Result, FigureProblem? Problem);
