using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Terms.Evaluation;

namespace Iop.OutcomeFinance.Domain.Terms;

/// <summary>A reported figure as it came in, before anybody knows what it should be.</summary>
public abstract record Figure
{
    private protected Figure()
    {
    }
}

/// <summary>A number as a decimal string, a date, a code; numbers of other notations are passed on as their text.</summary>
public sealed record FigureText(string Text) : Figure;

public sealed record FigureYesNo(bool Yes) : Figure;

public sealed record FigureList(IReadOnlyList<Figure> Items) : Figure;

public sealed record FigureMap(IReadOnlyDictionary<string, Figure> Entries) : Figure;

/// <summary>Given as nothing: the same as not given.</summary>
public sealed record FigureNothing : Figure;

/// <summary>What was verified for a period. The same period again supersedes it whole.</summary>
public sealed record PeriodFigures(string Period, bool Final, IReadOnlyDictionary<string, Figure> Values);

/// <summary>What to evaluate.</summary>
/// <param name="Measurements">In order of arrival; dues are computed in the order of the contract's periods.</param>
public sealed record EvaluationRequest(IReadOnlyList<PeriodFigures> Measurements)
{
    /// <summary>The contract's periods in order; without them, the order of first appearance.</summary>
    public IReadOnlyList<string>? Periods { get; init; }

    public bool Trace { get; init; }

    /// <summary>The first period of amended terms, when the contract rather than the text says it.</summary>
    public string? FirstPeriod { get; init; }

    /// <summary>Counts which levels are reached, over many evaluations; null when nobody asks.</summary>
    internal Levels? Levels { get; init; }

    /// <summary>What was paid under earlier terms, when the contract rather than the text says it.</summary>
    public Money? PaidUnderEarlierTerms { get; init; }
}

/// <summary>A figure, or the request around it, that cannot be used.</summary>
/// <param name="Code">The sentence is found by it, in <c>Texts/terms.*.json</c>.</param>
/// <param name="Path">Where: <c>measurements[1].values.cohorts[2].baseline_events</c>.</param>
public sealed record FigureProblem(string Code, string Path, IReadOnlyDictionary<string, string> Arguments);
