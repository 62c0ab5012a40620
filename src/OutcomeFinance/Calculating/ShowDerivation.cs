using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Paying;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Calculating;

/// <summary>How a period's payment came about (härledning), from verified figures to öre: figures with verifier and time, each
/// row, the sum, the split, what was booked before, and this payment.</summary>
internal static class ShowDerivation
{
    /// <param name="Due">What the terms make due for the period, in all.</param>
    /// <param name="Booked">What had been booked for it before the newest calculation.</param>
    /// <param name="Payment">What the newest calculation added; negative for a credit.</param>
    /// <param name="Terms">The text that was signed and holds for the period.</param>
    /// <param name="EvidenceHash">SHA-256 over the files that the figures were verified on; null without files.</param>
    public sealed record View(
        Guid ContractId, string ContractTitle, string PeriodKey, int CalculationNumber, DateTimeOffset At, string Currency,
        bool Complete,
        Guid? MeasurementId, int? Revision, DateTimeOffset? VerifiedAt, string? VerifierName, string? VerifierPersonName,
        IReadOnlyList<FigureView> Figures,
        IReadOnlyList<LineView> Lines, IReadOnlyList<WaitingView> Waiting, IReadOnlyList<StepView> Steps, TotalView Total,
        string Due, string Booked,
        string Payment, IReadOnlyList<PartView> Parts, string Terms, string? EvidenceHash);

    /// <summary>A figure; of a collection only how many members were reported (type <c>members</c>).</summary>
    public sealed record FigureView(string Path, string Type, string Value);

    public sealed record LineView(string Name, string Amount, string Change);

    public sealed record WaitingView(string Name, string Reason);

    public sealed record StepView(string Row, string Code, string Text);

    /// <summary>Of the whole contract so far.</summary>
    public sealed record TotalView(string Gross, string Total, string Rounding);

    /// <summary>One obligation of the period: the first one, or an adjustment.</summary>
    public sealed record PartView(string Payer, string Payee, string Amount, Guid ObligationId, string State, bool Adjustment);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/contracts/{id:guid}/periods/{key}/derivation", Handle).WithName(nameof(ShowDerivation)).LeavesATrail();

    internal static async Task<Answer<View>> Handle(
        Guid id, string key, OutcomeFinanceDb db, TermsReader reader, CancellationToken cancel)
    {
        if (await db.Contract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        var calculation = await db.Calculations.AsNoTracking().Where(one => one.ContractId == contract.ContractId)
            .OrderByDescending(one => one.Number).FirstOrDefaultAsync(cancel);
        if (calculation is null) return Refusal.NotFound;
        var record = CalculationRecord.Read(calculation.Result);
        if (record.Periods.FirstOrDefault(period => period.Key == key) is not { } period) return Refusal.NotFound;
        var people = await db.PeopleCalled(period.Measurement is { } measurement ? [measurement.VerifierPersonId] : [], cancel);
        var obligations = await db.Obligations.AsNoTracking()
            .Where(one => one.ContractId == contract.ContractId && one.PeriodKey == key)
            .OrderBy(one => one.CalculationNumber).ThenBy(one => one.Id).ToListAsync(cancel);
        var figures = new Figures(record, period, people);
        return Answers.Ok(Of(contract, calculation, figures, obligations, reader), calculation.Number);
    }

    private sealed record Figures(CalculationRecord Record, PeriodRecord Period, IReadOnlyDictionary<Guid, string> People);

    private static View Of(
        OutcomeContract contract, Calculation calculation, Figures kept, IReadOnlyList<Obligation> obligations,
        TermsReader reader)
    {
        var (record, period, people) = kept;
        var measured = period.Measurement;
        return new View(
            contract.ContractId.Value, contract.Title, period.Key, calculation.Number, calculation.At, record.Currency,
            period.Complete,
            measured?.Id, measured?.Revision, measured?.VerifiedAt,
            measured is null ? null : contract.Parties.First(party => party.OrganisationId == measured.VerifierOrganisationId)
                .Name,
            measured is null ? null : people.GetValueOrDefault(measured.VerifierPersonId, ""),
            [.. (measured?.Figures ?? []).Select(figure => new FigureView(figure.Path, figure.Type, figure.Value))],
            [.. period.Lines.Select(line => new LineView(line.Name, line.Amount, line.Change))],
            [.. period.Waiting.Select(row => new WaitingView(row.Row, reader.Sentence(row.Code, row.Subject)))],
            [.. period.Steps.Select(step => new StepView(step.Row, step.Code, reader.Sentence(step.Code, step.Arguments)))],
            new TotalView(record.Gross, record.Total, record.Rounding), period.Due,
            Sum(period.Split.Select(split => split.BookedBefore), record),
            Sum(period.Split.Select(split => split.BookedNow), record),
            [.. obligations.Select(one => Of(one, contract))],
            contract.WrittenPeriods.FirstOrDefault(one => one.Key == period.Key) is { } written
                ? contract.EditionOf(written).Terms : contract.Terms, measured?.EvidenceHash);
    }

    private static PartView Of(Obligation one, OutcomeContract contract) => new(
        contract.Payer(one).Name, contract.Payee(one).Name, one.Amount.ToDecimalString(), one.Id.Value, Words.Of(one.State),
        one.IsAdjustment);

    private static string Sum(IEnumerable<string> amounts, CalculationRecord record)
    {
        var currency = Currency.TryParse(record.Currency, out var known) ? known : Currency.Sek;
        return amounts.Select(text => Money.TryParse(text, currency, out var amount) ? amount : new Money(0, currency))
            .Aggregate(new Money(0, currency), (sum, amount) => sum + amount).ToDecimalString();
    }
}
