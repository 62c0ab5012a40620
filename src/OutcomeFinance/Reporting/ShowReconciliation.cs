using Iop.Kernel;
using Iop.OutcomeFinance.Calculating;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Reporting;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Reporting;

/// <summary>A contract's books beside each other (avstämning): calculated, owed, invoiced, booked, settled. Every difference is
/// named.</summary>
internal static class ShowReconciliation
{
    /// <param name="Agrees">No difference but what the funder has paid in ahead of, or after, what is verified.</param>
    public sealed record View(
        Guid ContractId, string ContractTitle, string Currency, DateTimeOffset At, bool Agrees, string Calculated, string Owed,
        string Invoiced, string Booked, string Settled, string WrittenOff, string PaidIn, string VerifiedInvestment,
        IReadOnlyList<DifferenceView> Differences);

    public sealed record DifferenceView(
        string Code, string Text, Guid? ObligationId, string? PeriodKey, string Expected, string Found);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/contracts/{id:guid}/reconciliation", Handle).WithName(nameof(ShowReconciliation));

    internal static async Task<Answer<View>> Handle(
        Guid id, Caller caller, OutcomeFinanceDb db, Texts texts, HttpRequest request, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.Contract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        // Who verifies sees no money.
        if (contract.Parties.Any(one => one.Verifies && one.OrganisationId == caller.Organisation)) return Refusal.NotFound;
        var currency = TermsReader.Read(contract.Terms).Program?.Currency ?? Currency.Sek;
        var books = await Books.Of([contract.ContractId], db, cancel);
        var dues = await Dues(contract, currency, db, cancel);
        var differences = Reconciliation.Of(books.Obligations, books.Transfers, books.Invoices, dues, currency);
        var (sums, language) = (new Sums(books, currency), Texts.LanguageOf(request));
        return new View(
            contract.ContractId.Value, contract.Title, currency.Code, clock.GetUtcNow(),
            differences.All(one => one.Code == "paid-in-differs"),
            new Money(dues.Sum(one => one.Due.Minor), currency).ToDecimalString(), sums.Owed, sums.Invoiced, sums.Booked,
            sums.Settled, sums.WrittenOff, sums.PaidIn, sums.Verified,
            [.. differences.Select(one => new DifferenceView(
                one.Code, texts.Find(language, $"difference.{one.Code}") ?? one.Code, one.Subject?.Value, one.PeriodKey,
                one.Expected.ToDecimalString(), one.Found.ToDecimalString()))]);
    }

    private static async Task<IReadOnlyList<CalculatedDue>> Dues(
        OutcomeContract contract, Currency currency, OutcomeFinanceDb db, CancellationToken cancel)
    {
        var newest = await db.Calculations.AsNoTracking().Where(one => one.ContractId == contract.ContractId)
            .OrderByDescending(one => one.Number).FirstOrDefaultAsync(cancel);
        if (newest is null) return [];
        return [.. CalculationRecord.Read(newest.Result).Periods.SelectMany(period => period.Split.Select(split =>
            new CalculatedDue(period.Key, new PartyId(split.PayerPartyId), new PartyId(split.PayeePartyId),
                Money.TryParse(split.Due, currency, out var due) ? due : new Money(0, currency))))];
    }
}
