using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Banking;

/// <summary>What a payer sends to its bank (betalningsfil): credit transfers of attested obligations, from one account. Its
/// document never changes; it can be taken back, and its obligations then go into another.</summary>
internal sealed class PaymentFile
{
    public required Guid FileId { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>The account that pays (IBAN).</summary>
    public required string Account { get; init; }

    /// <summary>The file's name for the bank.</summary>
    public required string Message { get; init; }

    public required DateOnly ExecuteOn { get; init; }

    public required int Payments { get; init; }

    public required long AmountMinor { get; init; }

    public required string Currency { get; init; }

    public required byte[] Document { get; init; }

    public required string Hash { get; init; }

    public required Guid MadeBy { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public Guid? CancelledBy { get; private set; }

    public DateTimeOffset? CancelledAt { get; private set; }

    public string? CancelledWhy { get; private set; }

    public long Version { get; private set; } = 1;

    public bool IsLive => CancelledBy is null;

    /// <summary>Takes it back: it was not sent to the bank, or the bank refused it.</summary>
    public Refusal? Cancel(string why, Guid by, DateTimeOffset now)
    {
        if (!IsLive) return PaymentFileRefusals.AlreadyCancelled;
        (CancelledBy, CancelledAt, CancelledWhy) = (by, now, why);
        Version++;
        return null;
    }
}

/// <summary>That an obligation is in a file; in one live file at most.</summary>
internal sealed class PaymentOrder
{
    public required Guid FileId { get; init; }

    public required ObligationId ObligationId { get; init; }

    public required ContractId ContractId { get; init; }

    public bool IsLive { get; private set; } = true;

    public void TakeBack() => IsLive = false;
}

/// <summary>Every way a payment file can say no.</summary>
internal static class PaymentFileRefusals
{
    public static Refusal NothingToPay { get; } = new("payment-file.nothing-to-pay");

    public static Refusal NoAccount { get; } = new("payment-file.no-account");

    public static Refusal AlreadyCancelled { get; } = new("payment-file.already-cancelled");
}
