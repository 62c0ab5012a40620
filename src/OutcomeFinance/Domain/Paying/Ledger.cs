using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Paying;

internal enum TransferKind
{
    /// <summary>What the funder has put into interventions, as verified.</summary>
    Investment,

    /// <summary>The funder has paid in, and the receiver has confirmed it (inbetald satsning).</summary>
    PaidIn,

    /// <summary>Triggered, or adjusted.</summary>
    Obligation,

    /// <summary>The payer has paid.</summary>
    Payment,

    /// <summary>The payee has been paid.</summary>
    Receipt,

    /// <summary>A debt is given up by whom it is owed to.</summary>
    WriteOff,

    /// <summary>What the funder had paid in and did not get back, when the contract ended.</summary>
    CapitalWriteOff,
}

/// <summary>One row of the ledger: an amount from one account to another, so that the books cannot be out of balance.</summary>
internal sealed class Transfer
{
    public required Guid TransferId { get; init; }

    public required ContractId ContractId { get; init; }

    public required TransferKind Kind { get; init; }

    public CalculationId? CalculationId { get; init; }

    public ObligationId? ObligationId { get; init; }

    public Guid? PaidInId { get; init; }

    public required string Debit { get; init; }

    public required string Credit { get; init; }

    public required long AmountMinor { get; init; }

    public required string Currency { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Which account each fact moves. A negative amount is the same transfer the other way.</summary>
internal static class Ledger
{
    public const string Capital = "funder.capital";
    public const string Cost = "programme.cost";
    public const string Settled = "bank.settled";
    public const string Funds = "programme.funds";
    public const string PaidInByFunder = "funder.paidIn";
    public const string Lost = "writtenOff";

    public static string Receivable(PartyId payer) => $"receivable.{payer.Value}";

    public static string Claim(PartyId payee) => $"claim.{payee.Value}";

    public static Transfer Investment(ContractId contract, CalculationId calculation, Money paidIn, DateTimeOffset now) =>
        Move(contract, TransferKind.Investment, Cost, Capital, paidIn, now, calculation, obligation: null);

    public static Transfer Triggered(Obligation obligation, DateTimeOffset now) => Move(
        obligation.ContractId, TransferKind.Obligation, Receivable(obligation.PayerPartyId), Claim(obligation.PayeePartyId),
        obligation.Amount, now,
        calculation: null, obligation.Id);

    /// <summary>The payer's debt is paid over the bank to the payee: two transfers, so that what has passed the bank can be
    /// read.</summary>
    public static IEnumerable<Transfer> Settlement(Obligation obligation, DateTimeOffset now) =>
    [
        Move(obligation.ContractId, TransferKind.Payment, Settled, Receivable(obligation.PayerPartyId), obligation.Amount, now,
            null, obligation.Id),
        Move(obligation.ContractId, TransferKind.Receipt, Claim(obligation.PayeePartyId), Settled, obligation.Amount, now, null,
            obligation.Id),
    ];

    public static Transfer Paid(PaidIn paid, DateTimeOffset now) => new()
    {
        TransferId = Guid.CreateVersion7(now),
        ContractId = paid.ContractId,
        Kind = TransferKind.PaidIn,
        PaidInId = paid.PaidInId,
        Debit = Funds,
        Credit = PaidInByFunder,
        AmountMinor = paid.AmountMinor,
        Currency = paid.Currency,
        At = now,
    };

    /// <summary>The debt is taken off both sides.</summary>
    public static Transfer GivenUp(Obligation obligation, DateTimeOffset now) => Move(
        obligation.ContractId, TransferKind.WriteOff, Claim(obligation.PayeePartyId), Receivable(obligation.PayerPartyId),
        obligation.Amount, now, calculation: null, obligation.Id);

    public static Transfer CapitalLost(ContractId contract, Money lost, DateTimeOffset now) =>
        Move(contract, TransferKind.CapitalWriteOff, Lost, Capital, lost, now, calculation: null, obligation: null);

    /// <summary>What stands on an account: debits less credits.</summary>
    public static long Balance(string account, IEnumerable<Transfer> transfers) =>
        transfers.Sum(transfer => (transfer.Debit == account ? transfer.AmountMinor : 0) - (
            transfer.Credit == account ? transfer.AmountMinor : 0));

    private static Transfer Move(
        ContractId contract, TransferKind kind, string debit, string credit, Money amount, DateTimeOffset now,
        CalculationId? calculation, ObligationId? obligation) => new()
    {
        TransferId = Guid.CreateVersion7(now),
        ContractId = contract,
        Kind = kind,
        CalculationId = calculation,
        ObligationId = obligation,
        Debit = amount.IsNegative ? credit : debit,
        Credit = amount.IsNegative ? debit : credit,
        AmountMinor = Math.Abs(amount.Minor),
        Currency = amount.Currency.Code,
        At = now,
    };
}
