using System.Globalization;
using Iop.OutcomeFinance.Domain.Terms.Checking;
using Iop.OutcomeFinance.Domain.Terms.Numbers;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Evaluation;

/// <summary>Reads one reported figure as what the text says it is. Wrong figures have a code, never an exception.</summary>
internal static class FigureReader
{
    /// <summary>Null when the figure was read.</summary>
    public static string? Read(FigurePlan plan, Figure figure, out Value value)
    {
        value = default;
        switch (plan.Written.Basic)
        {
            case BasicType.YesNo:
                return ReadYesNo(figure, out value) ? null : "figure.yes-no";
            case BasicType.Date:
                if (figure is not FigureText { Text: { Length: 10 } date }
                    || !DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
                        out var day)) return "figure.date";
                value = new Value(Fraction.Of(day.DayNumber));
                return null;
            case BasicType.Code:
                if (figure is not FigureText { Text: { Length: > 0 and <= Limits.NameLetters } code }) return "figure.code";
                value = Value.Of(code);
                return null;
            case BasicType.Codes:
                return ReadCodes(plan, figure, out value);
            default:
                return ReadNumber(plan, figure, out value);
        }
    }

    private static string? ReadNumber(FigurePlan plan, Figure figure, out Value value)
    {
        value = default;
        Fraction number;
        if (figure is FigureNumber exact) number = exact.Number;
        else if (figure is not FigureText text || !WireNumber.TryParse(text.Text, out number)) return "figure.number";
        if (number.Sign < 0 && !plan.Properties.MayBeNegative) return "figure.negative";
        if (plan.Written.Basic == BasicType.Count && !number.IsWhole) return "figure.whole";
        if (plan.Written.Basic is BasicType.Percent or BasicType.Points) number /= Fraction.Hundred;
        if (plan.PerPoint) number *= Fraction.Hundred;
        value = new Value(number);
        return null;
    }

    private static bool ReadYesNo(Figure figure, out Value value)
    {
        value = default;
        bool? answer = figure switch
        {
            FigureYesNo yesNo => yesNo.Yes,
            FigureText { Text: "true" or "ja" or "yes" } => true,
            FigureText { Text: "false" or "nej" or "no" } => false,
            _ => null,
        };
        value = Value.Of(answer == true);
        return answer is not null;
    }

    private static string? ReadCodes(FigurePlan plan, Figure figure, out Value value)
    {
        value = default;
        if (figure is not FigureList list) return "figure.codes";
        if (list.Items.Count > Limits.CodesPerKey) return "figure.too-many-codes";
        var codes = new List<string>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (item is not FigureText { Text: { Length: > 0 and <= Limits.NameLetters } code }) return "figure.codes";
            if (plan.Codes is not null && !plan.Codes.Contains(code)) return "figure.code-not-on-card";
            codes.Add(code);
        }

        value = Value.Of(codes);
        return null;
    }

    /// <summary>What is known after a further report: numbers replace or add, codes extend.</summary>
    public static Value Joined(FigurePlan plan, Value before, Value added)
    {
        if (before.IsMissing) return added;
        if (plan.Written.Basic == BasicType.Codes) return Value.Of([.. before.Codes, .. added.Codes]);
        return plan.AddsUp ? new Value(before.Number + added.Number) : added;
    }
}
