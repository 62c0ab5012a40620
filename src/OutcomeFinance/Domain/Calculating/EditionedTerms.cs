using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Terms;

namespace Iop.OutcomeFinance.Domain.Calculating;

/// <summary>The terms of one edition of a contract (lydelse), the periods that they hold for, and all figures as they read
/// them.</summary>
internal sealed record EditionTerms(TermsProgram Program, IReadOnlyList<string> Periods, IReadOnlyList<PeriodFigures> Figures);

/// <summary>Evaluates a contract that has been amended: each edition's terms make due what falls in its own periods. An edition
/// sees of earlier periods only what replaces, and what was due under earlier terms; it never touches what they made
/// due.</summary>
internal static class EditionedTerms
{
    /// <summary>One result for each edition, or the figure that stood in the way.</summary>
    public static (IReadOnlyList<TermsResult> Results, FigureProblem? Problem) Evaluate(
        IReadOnlyList<EditionTerms> editions, bool trace)
    {
        var results = new List<TermsResult>();
        var periods = new List<string>();
        Money? paid = null;
        foreach (var edition in editions)
        {
            periods.AddRange(edition.Periods);
            var evaluation = TermsText.Evaluate(
                edition.Program, new EvaluationRequest(editions.Count == 1 ? edition.Figures : Known(edition, periods))
                {
                    Periods = [.. periods],
                    Trace = trace,
                    FirstPeriod = paid is null ? null : edition.Periods[0],
                    PaidUnderEarlierTerms = paid,
                });
            if (evaluation.Result is not { } result) return (results, evaluation.Problem);
            results.Add(result);
            paid = paid is { } before ? before + result.Total : result.Total;
        }
        return (results, null);
    }

    /// <summary>The contract as a whole: what all editions come to.</summary>
    public static TermsResult Joined(IReadOnlyList<TermsResult> results)
    {
        if (results is [var only]) return only;
        var last = results[^1];
        return last with
        {
            Total = Sum(results.Select(one => one.Total)),
            Gross = Sum(results.Select(one => one.Gross)),
            Rounding = Sum(results.Select(one => one.Rounding)),
            Periods = [.. results.SelectMany(one => one.Periods)],
            Payers = Joined(results.SelectMany(one => one.Payers)),
            Payees = Joined(results.SelectMany(one => one.Payees)),
            AfterLines = [.. results.SelectMany(one => one.AfterLines)],
            Funder = Joined([.. results.Select(one => one.Funder).OfType<FunderResult>()]),
            Trace = results.Any(one => one.Trace is null) ? null : [.. results.SelectMany(one => one.Trace!)],
        };
    }

    /// <summary>What is put in is a measure whose newest value holds; what came back adds up.</summary>
    private static FunderResult? Joined(IReadOnlyList<FunderResult> results)
    {
        if (results.Count == 0) return null;
        var received = Sum(results.Select(one => one.Received));
        return new FunderResult(results[^1].Invested, received, received - results[^1].Invested);
    }

    private static List<PartyAmount> Joined(IEnumerable<PartyAmount> amounts) =>
        [.. amounts.GroupBy(one => one.Name, StringComparer.Ordinal)
            .Select(one => new PartyAmount(one.Key, Sum(one.Select(amount => amount.Amount))))];

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate((sum, one) => sum + one);

    /// <summary>Figures up to the edition's last period, of the measures that its terms know.</summary>
    private static List<PeriodFigures> Known(EditionTerms edition, IReadOnlyList<string> periods) =>
    [
        .. edition.Figures.Where(one => periods.IndexOf(one.Period) >= 0).Select(one => one with
        {
            Values = one.Values.Where(value => edition.Program.Knows(value.Key))
                .ToDictionary(value => value.Key, value => value.Value, StringComparer.Ordinal),
        }),
    ];
}
