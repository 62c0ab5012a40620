using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Domain.Reporting;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Reporting;

/// <summary>Planned beside actual per budget year (budgetår), for the caller's organisation as payer: in all, and per
/// contract.</summary>
internal static class ShowBudgetYears
{
    private const int ContractsMax = 1_000;

    public sealed record View(IReadOnlyList<YearView> Years, IReadOnlyList<ContractView> Contracts);

    public sealed record ContractView(Guid ContractId, string ContractTitle, IReadOnlyList<YearView> Years);

    /// <param name="Planned">By the scenario "expected"; null when there is none.</param>
    /// <param name="Total">All of it, whatever has become of it.</param>
    public sealed record YearView(
        int Year, string Currency, string? Planned, string Triggered, string Claimed, string Attested, string Settled,
        string Disputed, string WrittenOff, string Total);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/budget-years", Handle).WithName(nameof(ShowBudgetYears));

    internal static async Task<Answer<View>> Handle(
        Caller caller, OutcomeFinanceDb db, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Controller, Roles.Officer) is { } missing) return missing;
        var contracts = await OutcomeFinanceDb.Whole(db.Contracts.AsNoTracking())
            .Where(one => one.Parties.Any(
                party => party.Role == PartyRole.Payer && party.OrganisationId == caller.Organisation))
            .OrderBy(one => one.ContractId).Take(ContractsMax).ToListAsync(cancel);
        var ids = contracts.Select(one => one.ContractId).ToList();
        var owed = await db.Obligations.AsNoTracking()
            .Where(one => ids.Contains(one.ContractId) && one.PayerOrganisationId == caller.Organisation).ToListAsync(cancel);
        var planned = (await Expectations.Payments(contracts, db, cancel))
            .Where(one => one.PayerOrganisation == caller.Organisation).ToList();
        var lines = contracts.Select(contract => new ContractView(contract.ContractId.Value, contract.Title, Years(
            [.. owed.Where(one => one.ContractId == contract.ContractId)],
            planned.Where(one => one.Contract == contract.ContractId).Select(one => (YearOf(contract, one), one.Amount)))));
        var byContract = contracts.ToDictionary(one => one.ContractId);
        return new View(
            Years(owed, planned.Select(one => (YearOf(byContract[one.Contract], one), one.Amount))),
            [.. lines.Where(line => line.Years.Count > 0)]);
    }

    private static int YearOf(OutcomeContract contract, ExpectedPayment expected) =>
        contract.Periods.Single(period => period.Key == expected.PeriodKey).To.Year;

    /// <summary>Currencies never mix: each has its own years.</summary>
    private static IReadOnlyList<YearView> Years(
        IReadOnlyList<Obligation> owed, IEnumerable<(int Year, Money Amount)> planned)
    {
        var plans = planned.ToList();
        return
        [
            .. owed.Select(one => one.Amount.Currency).Concat(plans.Select(one => one.Amount.Currency)).Distinct()
                .OrderBy(currency => currency.Code, StringComparer.Ordinal)
                .SelectMany(currency => BudgetYear.Of(
                        owed.Where(one => one.Amount.Currency == currency),
                        plans.Where(one => one.Amount.Currency == currency), currency)
                    .Select(year => Of(year, currency))),
        ];
    }

    private static YearView Of(BudgetYear year, Currency currency)
    {
        return new YearView(
            year.Year, currency.Code, year.Planned?.ToDecimalString(), In(ObligationState.Triggered),
            In(ObligationState.Claimed), In(ObligationState.Attested), In(ObligationState.Settled),
            In(ObligationState.Disputed), In(ObligationState.WrittenOff), year.Total(currency).ToDecimalString());

        string In(ObligationState state) => year.In(state, currency).ToDecimalString();
    }
}
