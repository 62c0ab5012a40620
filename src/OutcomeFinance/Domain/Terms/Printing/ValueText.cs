using System.Globalization;
using Iop.OutcomeFinance.Domain.Terms.Checking;
using Iop.OutcomeFinance.Domain.Terms.Evaluation;
using Iop.OutcomeFinance.Domain.Terms.Numbers;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Printing;

/// <summary>Values for readers: <c>4 000 000 SEK</c>, <c>33,8 %</c>, <c>ja</c>.</summary>
internal static class ValueText
{
    public static string Of(Value value, TermType type, TermsLanguage language)
    {
        if (value.IsMissing) return "–";
        switch (type.Kind)
        {
            case ValueKind.YesNo:
                return (value.IsYes ? Keyword.Yes : Keyword.No).In(language);
            case ValueKind.Date:
                var day = value.Number.IsWhole && value.Number.Top >= 0 && value.Number.Top <= DateOnly.MaxValue.DayNumber
                    ? (int)value.Number.Top : 0;
                return DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            case ValueKind.Code:
                return value.Code;
            case ValueKind.Codes:
                return value.Codes.Count.ToString(CultureInfo.InvariantCulture);
        }

        if (!type.Dimension.IsNone)
        {
            var number = type.Dimension.PowerOf(Units.Point) < 0 ? value.Number / Fraction.Hundred : value.Number;
            return $"{NumberText.Shown(number, language)} {type.In(language)}";
        }

        return type.Flavour switch
        {
            Flavour.Percent or Flavour.Ratio => NumberText.Shown(value.Number * Fraction.Hundred, language) + " %",
            Flavour.Points =>
                $"{NumberText.Shown(value.Number * Fraction.Hundred, language)} {Keyword.PercentagePoints.In(language)}",
            _ => NumberText.Shown(value.Number, language),
        };
    }
}
