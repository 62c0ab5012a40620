using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Invoicing;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Domain.Reporting;
using Iop.OutcomeFinance.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Reporting;

/// <summary>Everything of some contracts that reports are read from.</summary>
internal sealed record Books(
    IReadOnlyList<Obligation> Obligations, IReadOnlyList<Transfer> Transfers, IReadOnlyList<InvoicedAmount> Invoices,
    IReadOnlyList<PaidIn> PaidIn)
{
    public static async Task<Books> Of(IReadOnlyList<ContractId> contracts, OutcomeFinanceDb db, CancellationToken cancel) =>
        new(
            await db.Obligations.AsNoTracking().Where(one => contracts.Contains(one.ContractId))
                .OrderBy(one => one.Id).ToListAsync(cancel),
            await db.Transfers.AsNoTracking().Where(one => contracts.Contains(one.ContractId))
                .OrderBy(one => one.TransferId).ToListAsync(cancel),
            await db.Invoices.AsNoTracking().Where(one => contracts.Contains(one.ContractId)).OrderBy(one => one.Number)
                .Select(one => new InvoicedAmount(one.ObligationId, one.Number, one.Kind, one.AmountMinor)).ToListAsync(cancel),
            await db.PaidIn.AsNoTracking().Where(one => contracts.Contains(one.ContractId)).ToListAsync(cancel));
}

/// <summary>The books' totals, as decimal strings.</summary>
internal sealed class Sums(Books books, Currency currency)
{
    public string Owed => Text(books.Obligations.Sum(one => one.AmountMinor));

    public string Settled => Text(In(ObligationState.Settled));

    public string WrittenOff => Text(In(ObligationState.WrittenOff));

    public string Invoiced => Text(
        books.Invoices.Sum(one => one.Kind is InvoiceKind.CreditNote ? -one.AmountMinor : one.AmountMinor));

    /// <summary>What the ledger says was triggered.</summary>
    public string Booked => Text(books.Transfers.Where(one => one.Kind is TransferKind.Obligation)
        .Sum(one => one.Debit.StartsWith("receivable.", StringComparison.Ordinal) ? one.AmountMinor : -one.AmountMinor));

    public string PaidIn => Text(books.Transfers.Where(one => one.Kind is TransferKind.PaidIn).Sum(one => one.AmountMinor));

    public string Verified => Text(
        Ledger.Balance(Ledger.Cost, books.Transfers.Where(one => one.Kind is TransferKind.Investment)));

    private long In(ObligationState state) => books.Obligations.Where(one => one.State == state).Sum(one => one.AmountMinor);

    private string Text(long minor) => new Money(minor, currency).ToDecimalString();
}
