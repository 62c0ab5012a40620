using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Reporting;
using Iop.OutcomeFinance.Reporting;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Portfolio;

/// <summary>Reads the portfolio of the caller's organisation.</summary>
internal sealed class Portfolios(OutcomeFinanceDb db, Caller caller, TimeProvider clock)
{
    private const int ContractsMax = 1_000;

    public async Task<string> Funder(CancellationToken cancel) =>
        (await db.Organisations.FindAsync([caller.Organisation], cancel))?.Name ?? "";

    /// <summary>Its contracts, those that end first before the others; drafts are not counted.</summary>
    public async Task<(IReadOnlyList<PortfolioLine> Lines, Books Books)> Read(CancellationToken cancel)
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
            .Where(one => one.PayeeOrganisation == caller.Organisation).ToLookup(one => one.Contract, one => one.Amount);
        var paidIn = books.PaidIn.ToLookup(one => one.ContractId);
        var lines = contracts.Select(contract =>
        {
            var currency = TermsReader.Read(contract.Terms).Program?.Currency ?? Currency.Sek;
            return PortfolioLine.Of(
                contract, caller.Organisation, [.. obligations[contract.ContractId]], [.. transfers[contract.ContractId]],
                [.. paidIn[contract.ContractId]], Sum(committed[contract.ContractId]), Sum(expected[contract.ContractId]),
                currency, clock.Today());
        });
        return ([.. lines.OrderBy(line => line.Contract.LastDay).ThenBy(line => line.Contract.ContractId.Value)], books);
    }

    private static Money? Sum(IEnumerable<Money> amounts) =>
        amounts.Aggregate((Money?)null, (sum, amount) => sum is { } known ? known + amount : amount);
}
