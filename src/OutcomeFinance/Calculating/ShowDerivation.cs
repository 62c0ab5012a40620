using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Calculating;

/// <summary>How a period's payment came about (härledning), from verified figures to öre: figures with verifier and time, each row, the sum,
/// the split, what was booked before, and this payment.</summary>
internal static class ShowDerivation
{
    public sealed record View(
        Guid ContractId, string ContractTitle, string PeriodKey, int CalculationNumber, DateTimeOffset At, string Currency, string Due, bool Complete,
        MeasurementView? Measurement, IReadOnlyList<LineView> Lines, IReadOnlyList<WaitingView> Waiting, TotalView Total,
        IReadOnlyList<SplitView> Split, IReadOnlyList<StepView> Steps);

    public sealed record MeasurementView(
        Guid Id, int Revision, DateTimeOffset VerifiedAt, string VerifierOrganisationName, string VerifierPersonName, IReadOnlyList<FigureView> Figures);

    /// <summary>A figure; of a collection only how many members were reported.</summary>
    public sealed record FigureView(string Path, string? Value, int? Members);

    public sealed record LineView(string Name, string Amount, string Change);

    public sealed record WaitingView(string Name, string Reason);

    /// <summary>Of the whole contract so far.</summary>
    public sealed record TotalView(string Gross, string Total, string Rounding);

    public sealed record SplitView(
        Guid PayerOrganisationId, string PayerName, Guid PayeeOrganisationId, string PayeeName, string Due, string BookedBefore, string ThisPayment);

    public sealed record StepView(string Row, string Code, string Text);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/contracts/{id:guid}/periods/{key}/derivation", Handle).WithName(nameof(ShowDerivation)).LeavesATrail();

    internal static async Task<Answer<View>> Handle(Guid id, string key, OutcomeFinanceDb db, TermsReader reader, CancellationToken cancel)
    {
        if (await db.Contract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        var calculation = await db.Calculations.AsNoTracking().Where(one => one.ContractId == contract.ContractId)
            .OrderByDescending(one => one.Number).FirstOrDefaultAsync(cancel);
        if (calculation is null) return Refusal.NotFound;
        var record = CalculationRecord.Read(calculation.Result);
        if (record.Periods.FirstOrDefault(period => period.Key == key) is not { } period) return Refusal.NotFound;
        var people = await db.PeopleCalled(period.Measurement is { } measurement ? [measurement.VerifierPersonId] : [], cancel);
        return Answers.Ok(Of(contract, calculation, record, period, people, reader), calculation.Number);
    }

    private static View Of(
        OutcomeContract contract, Calculation calculation, CalculationRecord record, PeriodRecord period,
        IReadOnlyDictionary<Guid, string> people, TermsReader reader) => new(
        contract.ContractId.Value, contract.Title, period.Key, calculation.Number, calculation.At, record.Currency, period.Due, period.Complete,
        Of(period.Measurement, contract, people),
        [.. period.Lines.Select(line => new LineView(line.Name, line.Amount, line.Change))],
        [.. period.Waiting.Select(row => new WaitingView(row.Row, reader.Sentence(row.Code, Subject(row.Subject))))],
        new TotalView(record.Gross, record.Total, record.Rounding),
        [.. period.Split.Select(split => Of(split, contract))],
        [.. period.Steps.Select(step => new StepView(step.Row, step.Code, reader.Sentence(step.Code, step.Arguments)))]);

    private static MeasurementView? Of(MeasurementRecord? measurement, OutcomeContract contract, IReadOnlyDictionary<Guid, string> people) =>
        measurement is null ? null : new MeasurementView(
            measurement.Id, measurement.Revision, measurement.VerifiedAt,
            contract.Parties.First(party => party.OrganisationId == measurement.VerifierOrganisationId).Name,
            people.GetValueOrDefault(measurement.VerifierPersonId, ""),
            [.. measurement.Figures.Select(figure => new FigureView(figure.Path, figure.Value, figure.Members))]);

    private static SplitView Of(SplitRecord split, OutcomeContract contract)
    {
        var payer = contract.Parties.Single(party => party.Id.Value == split.PayerPartyId);
        var payee = contract.Parties.Single(party => party.Id.Value == split.PayeePartyId);
        return new SplitView(payer.OrganisationId, payer.Name, payee.OrganisationId, payee.Name, split.Due, split.BookedBefore, split.BookedNow);
    }

    private static Dictionary<string, string> Subject(string subject) => new(StringComparer.Ordinal) { ["name"] = subject, ["subject"] = subject };
}
