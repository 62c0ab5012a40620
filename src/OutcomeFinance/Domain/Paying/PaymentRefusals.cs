using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Paying;

/// <summary>Every way an obligation can say no.</summary>
internal static class PaymentRefusals
{
    public static Refusal NotASide { get; } = new("obligation.not-a-side", RefusalKind.Forbidden);

    public static Refusal NotTheDisputer { get; } = new("obligation.not-the-disputer", RefusalKind.Forbidden);

    public static Refusal AlreadyAttested { get; } = new("obligation.already-attested");

    public static Refusal AttesterMeasured { get; } = new("obligation.attester-measured");

    public static Refusal NotThePayer(string payer) =>
        new Refusal("obligation.not-the-payer", RefusalKind.Forbidden).With("payer", payer);

    public static Refusal NotThePayee(string payee) =>
        new Refusal("obligation.not-the-payee", RefusalKind.Forbidden).With("payee", payee);

    public static Refusal NotTriggered(ObligationState state) => new Refusal("obligation.not-triggered").With("state", state);

    public static Refusal NotClaimed(ObligationState state) => new Refusal("obligation.not-claimed").With("state", state);

    public static Refusal NotAttested(ObligationState state) => new Refusal("obligation.not-attested").With("state", state);

    public static Refusal NotOwedTo(string party) =>
        new Refusal("obligation.not-owed-to", RefusalKind.Forbidden).With("party", party);

    public static Refusal CannotBeWrittenOff(ObligationState state) =>
        new Refusal("obligation.cannot-be-written-off").With("state", state);

    public static Refusal StillRunning(DateOnly lastDay) => new Refusal("contract.still-running").With(
        "lastDay", lastDay.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    public static Refusal CannotBeDisputed(ObligationState state) =>
        new Refusal("obligation.cannot-be-disputed").With("state", state);

    public static Refusal NotDisputed(ObligationState state) => new Refusal("obligation.not-disputed").With("state", state);
}
