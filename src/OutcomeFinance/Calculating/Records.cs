using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Calculating;
using Iop.OutcomeFinance.Domain.Terms;

namespace Iop.OutcomeFinance.Calculating;

/// <summary>From what was computed to what is kept.</summary>
internal static class Records
{
    public static CalculationRecord Of(
        TermsResult result, IReadOnlyList<VerifiedMeasurement> measurements, IReadOnlyList<Due> dues, IReadOnlyList<Due> booked,
        IReadOnlyList<Due> now) => new(
        result.Currency.Code, Text(result.Total), Text(result.Gross), Text(result.Rounding),
        [.. result.Periods.Select(period => Of(period, result, measurements, dues, booked, now))],
        result.Funder is { } funder ? new InvestmentRecord(Text(funder.Invested), Text(funder.Received), Text(funder.Result))
            : null);

    private static PeriodRecord Of(
        PeriodResult period, TermsResult result, IReadOnlyList<VerifiedMeasurement> measurements, IReadOnlyList<Due> dues,
        IReadOnlyList<Due> booked,
        IReadOnlyList<Due> now)
    {
        var keys = dues.Concat(booked).Select(due => due.Key).Where(key => key.PeriodKey == period.Period).Distinct();
        var steps = (result.Trace ?? []).Where(step => step.Period == period.Period);
        return new PeriodRecord(
            period.Period, Text(period.Due), period.Complete,
            [.. period.Waiting.Select(waiting => new WaitingRecord(waiting.Row, waiting.Code, waiting.Subject))],
            [.. period.Lines.Select(line => new LineRecord(line.Name, Text(line.Amount), Text(line.Change)))],
            [.. keys.Select(key => new SplitRecord(
                key.Payer.Value, key.Payee.Value, Sum(dues, key, result.Currency), Sum(booked, key, result.Currency),
                Sum(now, key, result.Currency)))],
            measurements.FirstOrDefault(one => one.PeriodKey == period.Period) is { } measurement ? Of(measurement) : null,
            [.. steps.Select(step => new StepRecord(step.Row, step.Code, step.Arguments))]);
    }

    private static MeasurementRecord Of(VerifiedMeasurement measurement) => new(
        measurement.MeasurementId.Value, measurement.Revision, measurement.ReporterPersonId, measurement.VerifierOrganisationId,
        measurement.VerifierPersonId, measurement.VerifiedAt, FiguresOfMeasurement.Shown(measurement),
        measurement.EvidenceHash);

    private static string Sum(IEnumerable<Due> dues, DueKey key, Currency currency) =>
        Text(dues.Where(due => due.Key == key).Aggregate(new Money(0, currency), (sum, due) => sum + due.Amount));

    private static string Text(Money money) => money.ToDecimalString();
}
