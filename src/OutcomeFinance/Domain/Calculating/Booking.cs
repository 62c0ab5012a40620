using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Calculating;

/// <summary>Who pays whom for which period.</summary>
internal readonly record struct DueKey(string PeriodKey, PartyId Payer, PartyId Payee);

/// <summary>What the terms make due for a period, in all.</summary>
internal readonly record struct Due(DueKey Key, Money Amount);

/// <summary>Pay the difference; never edit a payment. What is booked is due less what has been booked for the same period, payer
/// and payee before: the same calculation twice books once, and a withdrawn result becomes a credit.</summary>
internal static class Booking
{
    public static IReadOnlyList<Due> Differences(IEnumerable<Due> dues, IEnumerable<Due> booked, IReadOnlyList<string> periods)
    {
        var left = new Dictionary<DueKey, Money>();
        foreach (var due in dues) Add(due.Key, due.Amount);
        foreach (var earlier in booked) Add(earlier.Key, -earlier.Amount);
        return
        [
            .. left.Where(pair => !pair.Value.IsZero).Select(pair => new Due(pair.Key, pair.Value))
                .OrderBy(due => periods.IndexOf(due.Key.PeriodKey)).ThenBy(due => due.Key.Payer.Value)
                    .ThenBy(due => due.Key.Payee.Value),
        ];

        void Add(DueKey key, Money amount) => left[key] = left.TryGetValue(key, out var sum) ? sum + amount : amount;
    }
}
