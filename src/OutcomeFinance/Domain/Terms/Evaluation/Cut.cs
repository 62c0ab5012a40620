using Iop.OutcomeFinance.Domain.Terms.Numbers;

namespace Iop.OutcomeFinance.Domain.Terms.Evaluation;

/// <summary>What the payout takes from the rows: from the last first, or from all in proportion.</summary>
internal static class Cut
{
    /// <summary>The rows' amounts after the cut; they add up to the payout.</summary>
    public static Fraction[] Apply(Fraction[] rows, Fraction payout, bool equally)
    {
        Fraction[] amounts = [.. rows];
        var gross = Fraction.Zero;
        foreach (var row in rows) gross += row;
        var cut = gross - payout;
        if (cut.IsZero || amounts.Length == 0) return amounts;
        if (equally && gross.Sign > 0) return [.. rows.Select(row => row * payout / gross)];
        for (var index = amounts.Length - 1; index >= 0 && cut.Sign > 0; index--)
        {
            var taken = Fraction.Min(cut, Fraction.Max(Fraction.Zero, amounts[index]));
            amounts[index] -= taken;
            cut -= taken;
        }

        amounts[^1] -= cut; // what no row could bear, or what the payout adds to the rows
        return amounts;
    }
}
