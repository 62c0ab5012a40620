using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Amending;

/// <summary>Every way an amendment can say no.</summary>
internal static class AmendmentRefusals
{
    public static Refusal UnderWay { get; } = new("amendment.under-way");

    public static Refusal FromTheStart { get; } = new("amendment.from-the-start");

    public static Refusal VerifierStays { get; } = new("amendment.verifier-stays");

    public static Refusal CurrencyChanges { get; } = new("amendment.currency-changes");

    public static Refusal NotADraft(AmendmentState state) => new Refusal("amendment.not-a-draft").With("state", state);

    public static Refusal NotUnderWay(AmendmentState state) => new Refusal("amendment.not-under-way").With("state", state);

    public static Refusal NotOpen(AmendmentState state) => new Refusal("amendment.not-open").With("state", state);

    public static Refusal PeriodBefore(string period) => new Refusal("amendment.period-before").With("period", period);

    public static Refusal CutsAPeriod(string period) => new Refusal("amendment.cuts-a-period").With("period", period);

    public static Refusal PeriodMeasured(string period) => new Refusal("amendment.period-measured").With("period", period);

    public static Refusal MeasureChanges(string name) => new Refusal("amendment.measure-changes").With("name", name);
}
