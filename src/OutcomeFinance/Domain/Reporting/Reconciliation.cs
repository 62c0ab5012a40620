using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Invoicing;
using Iop.OutcomeFinance.Domain.Paying;

namespace Iop.OutcomeFinance.Domain.Reporting;

/// <summary>One thing that does not agree: which, and by how much.</summary>
/// <param name="Code">What kind of difference, such as <c>ledger-missing</c>.</param>
/// <param name="Subject">The obligation; null when it concerns the contract.</param>
internal sealed record Difference(string Code, ObligationId? Subject, string? PeriodKey, Money Expected, Money Found);

/// <summary>An invoice without its document.</summary>
internal sealed record InvoicedAmount(ObligationId Obligation, string Number, InvoiceKind Kind, long AmountMinor);

/// <summary>What the newest calculation makes due, by period, payer and payee.</summary>
internal sealed record CalculatedDue(string PeriodKey, PartyId Payer, PartyId Payee, Money Due);

/// <summary>Lays four books beside each other (avstämning): what was calculated, what is owed, what was invoiced, what the ledger
/// says; and names whatever does not agree.</summary>
internal static class Reconciliation
{
    public static IReadOnlyList<Difference> Of(
        IReadOnlyList<Obligation> obligations, IReadOnlyList<Transfer> transfers, IReadOnlyList<InvoicedAmount> invoices,
        IReadOnlyList<CalculatedDue> dues, Currency currency)
    {
        var known = obligations.Select(one => one.Id).ToHashSet();
        return
        [
            .. obligations.SelectMany(one => OfObligation(one, transfers, invoices)),
            .. transfers.Where(one => one.ObligationId is { } id && !known.Contains(id)).Select(one => new Difference(
                "ledger-without-obligation", one.ObligationId, null, new Money(0, currency),
                new Money(one.AmountMinor, currency))),
            .. OfCalculation(obligations, dues, currency),
            .. OfInvestment(transfers, currency),
        ];
    }

    private static IEnumerable<Difference> OfObligation(
        Obligation one, IReadOnlyList<Transfer> transfers, IReadOnlyList<InvoicedAmount> invoices)
    {
        var (none, mine) = (one.Amount - one.Amount, transfers.Where(transfer => transfer.ObligationId == one.Id).ToList());
        var differences = new List<Difference>();
        Compare("ledger", TransferKind.Obligation, Ledger.Receivable(one.PayerPartyId), one.Amount);
        var settled = one.State is ObligationState.Settled;
        Compare("payment", TransferKind.Payment, Ledger.Receivable(one.PayerPartyId), settled ? -one.Amount : none);
        Compare("receipt", TransferKind.Receipt, Ledger.Claim(one.PayeePartyId), settled ? one.Amount : none);
        Compare("write-off", TransferKind.WriteOff, Ledger.Receivable(one.PayerPartyId),
            one.State is ObligationState.WrittenOff ? -one.Amount : none);
        var invoiced = invoices.Where(invoice => invoice.Obligation == one.Id).Aggregate(none, (sum, invoice) => sum
            + new Money(invoice.Kind is InvoiceKind.CreditNote ? -invoice.AmountMinor : invoice.AmountMinor,
                one.Amount.Currency));
        var due = one.ClaimedAt is null ? none : one.Amount;
        if (invoiced != due) Add(invoiced.IsZero ? "invoice-missing" : due.IsZero ? "invoice-unexpected" : "invoice-amount",
            due, invoiced);
        return differences;

        void Compare(string what, TransferKind kind, string account, Money expected)
        {
            var found = new Money(Ledger.Balance(account, mine.Where(transfer => transfer.Kind == kind)),
                expected.Currency);
            if (found != expected)
                Add(found.IsZero
                    ? what + "-missing" : expected.IsZero ? what + "-unexpected" : what + "-amount", expected, found);
        }

        void Add(string code, Money expected, Money found) =>
            differences.Add(new Difference(code, one.Id, one.PeriodKey, expected, found));
    }

    /// <summary>What is owed, adjustments included, is what the newest calculation makes due.</summary>
    private static IEnumerable<Difference> OfCalculation(
        IReadOnlyList<Obligation> obligations, IReadOnlyList<CalculatedDue> dues, Currency currency)
    {
        var owed = obligations.GroupBy(one => (one.PeriodKey, one.PayerPartyId, one.PayeePartyId))
            .ToDictionary(group => group.Key, group => group.Sum(one => one.AmountMinor));
        var due = dues.GroupBy(one => (one.PeriodKey, one.Payer, one.Payee))
            .ToDictionary(group => group.Key, group => group.Sum(one => one.Due.Minor));
        return owed.Keys.Union(due.Keys).Where(key => due.GetValueOrDefault(key) != owed.GetValueOrDefault(key))
            .OrderBy(key => key.Item1, StringComparer.Ordinal)
            .Select(key => new Difference("calculation-amount", null, key.Item1,
                new Money(due.GetValueOrDefault(key), currency), new Money(owed.GetValueOrDefault(key), currency)));
    }

    /// <summary>What the funder has paid in beside what is verified as put in. They part while work goes on; said, not
    /// judged.</summary>
    private static IEnumerable<Difference> OfInvestment(IReadOnlyList<Transfer> transfers, Currency currency)
    {
        var verified = new Money(
            Ledger.Balance(Ledger.Cost, transfers.Where(one => one.Kind is TransferKind.Investment)), currency);
        var paidIn = new Money(
            Ledger.Balance(Ledger.Funds, transfers.Where(one => one.Kind is TransferKind.PaidIn)), currency);
        if (verified != paidIn) yield return new Difference("paid-in-differs", null, null, verified, paidIn);
    }
}
