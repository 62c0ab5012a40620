using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Reporting;
using Iop.OutcomeFinance.Reporting;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Portfolio;

/// <summary>A portfolio as it stands.</summary>
internal sealed record ReadPortfolio(
    IReadOnlyList<PortfolioLine> Lines, Books Books, Fund? Fund, IReadOnlyList<ComingEvent> Coming);

/// <summary>Reads the portfolio of the caller's organisation.</summary>
internal sealed class Portfolios(OutcomeFinanceDb db, Caller caller, TimeProvider clock)
{
    private const int ContractsMax = 1_000;
    private const int ComingMax = 50;

    public async Task<string> Funder(CancellationToken cancel) =>
        (await db.Organisations.FindAsync([caller.Organisation], cancel))?.Name ?? "";

    /// <summary>Its contracts, those that end first before the others; drafts are not counted.</summary>
    public async Task<ReadPortfolio> Read(CancellationToken cancel)
    {
        var contracts = await OutcomeFinanceDb.Whole(db.Contracts.AsNoTracking())
            .Where(one => one.State != ContractState.Draft
                && one.Parties.Any(party => party.Role == PartyRole.Funder && party.OrganisationId == caller.Organisation))
            .OrderBy(one => one.ContractId).Take(ContractsMax).ToListAsync(cancel);
        var ids = contracts.Select(one => one.ContractId).ToList();
        var books = await Books.Of(ids, db, cancel);
        var (obligations, transfers) = (books.Obligations.ToLookup(one => one.ContractId),
            books.Transfers.ToLookup(one => one.ContractId));
        var committed = Expectations.Commitments(contracts).Where(one => one.FunderOrganisation == caller.Organisation)
            .ToLookup(one => one.Contract, one => one.Amount);
        var expected = (await Expectations.Payments(contracts, db, cancel))
            .Where(one => one.PayeeOrganisation == caller.Organisation).ToLookup(one => one.Contract);
        var paidIn = books.PaidIn.ToLookup(one => one.ContractId);
        var lines = contracts.Select(contract =>
        {
            var currency = TermsReader.Read(contract.Terms).Program?.Currency ?? Currency.Sek;
            return PortfolioLine.Of(
                contract, caller.Organisation, [.. obligations[contract.ContractId]], [.. transfers[contract.ContractId]],
                [.. paidIn[contract.ContractId]], Sum(committed[contract.ContractId]),
                Sum(expected[contract.ContractId].Select(one => one.Amount)),
                currency, clock.Today());
        }).OrderBy(line => line.Contract.LastDay).ThenBy(line => line.Contract.ContractId.Value).ToList();
        var dueDays = await db.Invoices.AsNoTracking().Where(one => ids.Contains(one.ContractId))
            .ToDictionaryAsync(one => one.ObligationId, one => one.DueOn, cancel);
        var coming = lines.SelectMany(line => Coming.Of(
            line, caller.Organisation, [.. obligations[line.Contract.ContractId]],
            new Plans(dueDays, ByPeriod(expected[line.Contract.ContractId])), clock.Today()));
        return new ReadPortfolio(
            lines, books, await db.FundOf(caller.Organisation, cancel), Coming.InOrder(coming, ComingMax));
    }

    private static Dictionary<string, Money> ByPeriod(IEnumerable<ExpectedPayment> expected) => expected
        .GroupBy(one => one.PeriodKey, StringComparer.Ordinal)
        .ToDictionary(period => period.Key, period => Sum(period.Select(one => one.Amount))!.Value, StringComparer.Ordinal);

    private static Money? Sum(IEnumerable<Money> amounts) =>
        amounts.Aggregate((Money?)null, (sum, amount) => sum is { } known ? known + amount : amount);
}
