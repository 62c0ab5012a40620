using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Paying;

namespace Iop.OutcomeFinance.Domain.Reporting;

/// <summary>For whom a statement is written.</summary>
internal enum StatementKind
{
    /// <summary>Everything that is owed and paid under one contract.</summary>
    Contract,

    /// <summary>What an organisation owes, over all its contracts.</summary>
    Payer,

    /// <summary>What an organisation has paid in and got back, over all its contracts.</summary>
    Funder,
}

/// <summary>One line: a transfer, seen from one side.</summary>
/// <param name="Amount">Adds to the balance, or takes from it.</param>
internal sealed record StatementLine(Transfer Transfer, Money Amount, Money Balance);

/// <summary>A statement of account (kontoutdrag): every transfer that moved the balance between two days, read from the
/// ledger alone.</summary>
/// <param name="Opening">What stood before the first day.</param>
internal sealed record Statement(Money Opening, IReadOnlyList<StatementLine> Lines)
{
    public Money Closing => Lines.Count > 0 ? Lines[^1].Balance : Opening;

    /// <param name="moves">What a transfer adds to the balance; nought when it does not concern it.</param>
    public static Statement Of(
        IEnumerable<Transfer> transfers, Func<Transfer, long> moves, DateOnly? from, DateOnly? to, Currency currency)
    {
        var (opening, lines) = (new Money(0, currency), new List<StatementLine>());
        var balance = opening;
        foreach (var transfer in transfers.OrderBy(one => one.At).ThenBy(one => one.Kind).ThenBy(one => one.TransferId))
        {
            var (amount, day) = (new Money(moves(transfer), currency), SwedishTime.DateIn(transfer.At));
            if (amount.IsZero || day > to) continue;
            balance += amount;
            if (day < from) opening = balance;
            else lines.Add(new StatementLine(transfer, amount, balance));
        }
        return new Statement(opening, lines);
    }

    /// <summary>What payers owe: up when it is triggered, down when it is paid or given up.</summary>
    public static long Owed(Transfer transfer, Func<string, bool> isOfPayer) =>
        transfer.Kind is TransferKind.Obligation or TransferKind.Payment or TransferKind.WriteOff
            ? (isOfPayer(transfer.Debit) ? transfer.AmountMinor : 0) - (isOfPayer(transfer.Credit) ? transfer.AmountMinor : 0)
            : 0;

    /// <summary>What a funder has out: up when it pays in, down when it is paid back or gives up.</summary>
    public static long Out(Transfer transfer, Func<string, bool> isClaimOfFunder) => transfer.Kind switch
    {
        TransferKind.PaidIn => transfer.AmountMinor,
        TransferKind.CapitalWriteOff => -transfer.AmountMinor,
        TransferKind.Receipt => (isClaimOfFunder(transfer.Credit) ? transfer.AmountMinor : 0)
            - (isClaimOfFunder(transfer.Debit) ? transfer.AmountMinor : 0),
        _ => 0,
    };
}
