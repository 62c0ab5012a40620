using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Reporting;

/// <summary>What a funder has paid in.</summary>
internal readonly record struct FunderPaidIn(Guid Funder, long Minor);

/// <summary>Capital that did not come back (nedskriven satsning) is borne by the funders in proportion to what each has paid in:
/// whole öre first, the rest one öre at a time to the largest remainder. Where nobody has paid in, they bear it
/// equally.</summary>
internal static class CapitalLoss
{
    public static IReadOnlyDictionary<Guid, Money> Split(Money lost, IReadOnlyCollection<FunderPaidIn> paidIn)
    {
        // The same order whoever asks, so that two funders never both get the last öre.
        var funders = paidIn.GroupBy(one => one.Funder)
            .Select(one => (Funder: one.Key, Weight: (Int128)one.Sum(paid => paid.Minor))).OrderBy(one => one.Funder).ToList();
        if (funders.Count == 0) return new Dictionary<Guid, Money>();
        if (funders.TrueForAll(one => one.Weight == 0)) funders = funders.ConvertAll(one => (one.Funder, (Int128)1));
        var total = funders.Aggregate(Int128.Zero, (sum, one) => sum + one.Weight);
        var parts = funders.ConvertAll(one => (one.Funder, Whole: (long)(lost.Minor * one.Weight / total),
            Remainder: lost.Minor * one.Weight % total));
        var left = lost.Minor - parts.Sum(one => one.Whole);
        var last = parts.OrderByDescending(one => one.Remainder).ThenBy(one => one.Funder).Take((int)left)
            .Select(one => one.Funder).ToHashSet();
        return parts.ToDictionary(
            one => one.Funder, one => new Money(one.Whole + (last.Contains(one.Funder) ? 1 : 0), lost.Currency));
    }
}
