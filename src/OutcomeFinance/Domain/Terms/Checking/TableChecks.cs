using Iop.OutcomeFinance.Domain.Terms.Evaluation;
using Iop.OutcomeFinance.Domain.Terms.Numbers;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Checking;

/// <summary>Gaps and overlaps between the bands of a table. A boundary must belong to exactly one band.</summary>
internal static class TableChecks
{
    public static void Check(TablePlan table, TableStatement statement, Diagnostics diagnostics)
    {
        if (table.Argument.IsFaulty) return;
        if (table.Argument.Kind == ValueKind.Code)
        {
            CheckCodes(table, diagnostics);
            return;
        }

        var first = table.Bands.FirstOrDefault();
        foreach (var band in table.Bands)
        {
            if (band.Source.Codes.Count > 0 || band.Source.Kind == BandKind.Otherwise)
                diagnostics.Error(band.Source.At, "terms.band-needs-bounds");
            if (band.Source.Kind != first!.Source.Kind) diagnostics.Error(band.Source.At, "terms.bands-of-two-kinds");
        }

        if (table.Bands.Any(band => band.Source.Codes.Count > 0 || band.Source.Kind == BandKind.Otherwise)) return;
        for (var index = 1; index < table.Bands.Length; index++)
            Join(table.Bands[index - 1], table.Bands[index], table.Marginal, diagnostics);
        CheckEnds(table, statement, diagnostics);
    }

    private static void Join(BandPlan lower, BandPlan upper, bool marginal, Diagnostics diagnostics)
    {
        if (lower.Upper is null || upper.Lower is null)
        {
            diagnostics.Error(upper.Source.At, "terms.bands-overlap");
            return;
        }

        if (lower.Upper is not ConstantNode below || upper.Lower is not ConstantNode above)
        {
            if (!Same(lower.Upper.Source, upper.Lower.Source)) diagnostics.Warn(upper.Source.At, "terms.bands-undecided");
            else if (!marginal) Meet(lower, upper, 0, diagnostics);
            return;
        }

        var order = above.Value.Number.CompareTo(below.Value.Number);
        if (order > 0) diagnostics.Error(upper.Source.At, "terms.bands-gap");
        else if (order < 0) diagnostics.Error(upper.Source.At, "terms.bands-overlap");
        else if (!marginal) Meet(lower, upper, order, diagnostics);
    }

    /// <summary>Where two bands meet, exactly one of them takes the boundary. A part of a volume has no such question.</summary>
    private static void Meet(BandPlan lower, BandPlan upper, int order, Diagnostics diagnostics)
    {
        if (order != 0) return;
        var takers = (lower.Source.Upper!.Inclusive ? 1 : 0) + (upper.Source.Lower!.Inclusive ? 1 : 0);
        if (takers == 0) diagnostics.Error(upper.Source.At, "terms.boundary-gap");
        if (takers == 2) diagnostics.Error(upper.Source.At, "terms.boundary-overlap");
    }

    private static void CheckEnds(TablePlan table, TableStatement statement, Diagnostics diagnostics)
    {
        if (table.Bands.Length == 0 || table.Marginal) return;
        if (table.Bands[0].Lower is { } lowest
            && !(lowest is ConstantNode { Value.Number.IsZero: true } && table.Bands[0].Source.Lower!.Inclusive))
        {
            diagnostics.Warn(statement.At, "terms.table-open-below", ("name", table.Name));
        }

        if (table.Bands[^1].Upper is not null) diagnostics.Warn(statement.At, "terms.table-open-above", ("name", table.Name));
        foreach (var band in table.Bands)
        {
            if (band is not { Lower: ConstantNode low, Upper: ConstantNode high }) continue;
            var order = low.Value.Number.CompareTo(high.Value.Number);
            if (order > 0 || (order == 0 && !(band.Source.Lower!.Inclusive && band.Source.Upper!.Inclusive)))
                diagnostics.Error(band.Source.At, "terms.band-empty");
        }
    }

    private static void CheckCodes(TablePlan table, Diagnostics diagnostics)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var band in table.Bands)
        {
            var otherwise = band.Source.Kind == BandKind.Otherwise;
            if (band.Source.Codes.Count == 0 && !otherwise) diagnostics.Error(band.Source.At, "terms.band-needs-codes");
            if (otherwise && band != table.Bands[^1]) diagnostics.Error(band.Source.At, "terms.otherwise-last");
            foreach (var code in band.Source.Codes.Where(code => !seen.Add(code)))
                diagnostics.Error(band.Source.At, "terms.name-taken", ("name", code));
        }
    }

    private static bool Same(Expression left, Expression right)
    {
        var printer = new Printing.ExpressionPrinter(TermsLanguage.Swedish);
        return printer.Sum(left) == printer.Sum(right);
    }
}
