using Iop.FollowUp.Domain.Indicators;
using Iop.FollowUp.Domain.Measuring;
using Iop.Kernel;

namespace Iop.FollowUp.Domain;

/// <summary>Every way FollowUp can say no.</summary>
internal static class FollowUpRefusals
{
    public static Refusal ValueWanted { get; } = new("report.value-wanted", RefusalKind.Malformed);

    public static Refusal RatioWanted { get; } = new("report.ratio-wanted", RefusalKind.Malformed);

    public static Refusal GuestsOnlyRead { get; } = new("guest.only-reads", RefusalKind.Forbidden);

    public static Refusal NotTheVerifier { get; } = new("measurement.not-the-verifier", RefusalKind.Forbidden);

    public static Refusal NotAReporter { get; } = new("measurement.not-a-reporter", RefusalKind.Forbidden);

    public static Refusal VerifierReported { get; } = new("measurement.verifier-is-reporter", RefusalKind.Forbidden);

    public static Refusal PlanClosed(DateOnly? on) => new Refusal("plan.closed").With("endedOn", on?.ToString("O", null));

    public static Refusal TooManyIndicators(int most) => new Refusal("plan.too-many-indicators").With("most", most);

    public static Refusal NoSuchPeriod(string key, Rhythm every) =>
        new Refusal("report.no-such-period", RefusalKind.Malformed).With("period", key)
            .With("example", ReportingPeriod.KeyOf(every, new DateOnly(2026, 5, 1)));

    public static Refusal PeriodNotBegun(string key) => new Refusal("report.period-not-begun").With("period", key);

    public static Refusal TooManyReports(int most) => new Refusal("report.too-many").With("most", most);

    public static Refusal PeriodNotInContract(string key) => new Refusal("measurement.no-such-period").With("period", key);

    public static Refusal ContractPeriodNotBegun(string key) => new Refusal("measurement.period-not-begun").With("period", key);

    public static Refusal NoSuchMeasure(string path) =>
        new Refusal("measurement.no-such-measure", RefusalKind.Malformed).With("path", path);

    public static Refusal SameFigureTwice(string path) =>
        new Refusal("measurement.same-figure-twice", RefusalKind.Malformed).With("path", path);

    public static Refusal FigureMalformed(string path, string type) =>
        new Refusal("measurement.figure-malformed", RefusalKind.Malformed).With("path", path).With("type", type);

    public static Refusal FigureNegative(string path) =>
        new Refusal("measurement.figure-negative", RefusalKind.Malformed).With("path", path);

    public static Refusal FigureNotWhole(string path) =>
        new Refusal("measurement.figure-not-whole", RefusalKind.Malformed).With("path", path);

    public static Refusal AwaitsVerification(MeasurementId existing) =>
        new Refusal("measurement.awaits-verification").With("existingId", existing.Value);

    public static Refusal CorrectionMustName(MeasurementId verified) =>
        new Refusal("measurement.correction-must-name").With("existingId", verified.Value);

    public static Refusal NothingToCorrect(string period) => new Refusal("measurement.nothing-to-correct").With("period", period);

    public static Refusal NotReported(MeasurementState state) => new Refusal("measurement.not-reported").With("state", state);
}
