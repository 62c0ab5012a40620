using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Paying;

/// <summary>The contract's ledger (reskontra): every transfer in order, and what stands on each account.</summary>
internal static class ShowLedger
{
    public sealed record TransferView(
        Guid Id, DateTimeOffset At, string Kind, Guid? ObligationId, string? PeriodKey, string Debit, string DebitName,
        string Credit, string CreditName,
        string Amount, string Currency);

    /// <summary>Debits less credits. All balances together are nought.</summary>
    public sealed record BalanceView(string Account, string Name, string Balance);

    public sealed record View(Guid ContractId, string Currency, IReadOnlyList<TransferView> Items,
        IReadOnlyList<BalanceView> Balances);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/contracts/{id:guid}/ledger", Handle).WithName(nameof(ShowLedger));

    internal static async Task<Answer<View>> Handle(Guid id, OutcomeFinanceDb db, CancellationToken cancel)
    {
        if (await db.Contract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        var transfers = await db.Transfers.AsNoTracking().Where(one => one.ContractId == contract.ContractId)
            .OrderBy(one => one.TransferId).ToListAsync(cancel);
        var periods = await db.Obligations.AsNoTracking().Where(one => one.ContractId == contract.ContractId)
            .ToDictionaryAsync(one => one.Id, one => one.PeriodKey, cancel);
        var code = transfers.Count > 0 ? transfers[0].Currency : Currency.Sek.Code;
        var currency = Currency.TryParse(code, out var known) ? known : Currency.Sek;
        var accounts = transfers.SelectMany(one => new[] { one.Debit, one.Credit }).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        return new View(
            contract.ContractId.Value, currency.Code,
            [.. transfers.Select(one => new TransferView(
                one.TransferId, one.At, Words.Of(one.Kind), one.ObligationId?.Value,
                one.ObligationId is { } obligation ? periods[obligation] : null, one.Debit,
                Name(one.Debit, contract), one.Credit, Name(one.Credit, contract),
                new Money(one.AmountMinor, currency).ToDecimalString(), currency.Code))],
            [.. accounts.Select(account => new BalanceView(
                account, Name(account, contract), new Money(Ledger.Balance(account, transfers), currency).ToDecimalString()))]);
    }

    /// <summary>Whose account it is; accounts of the contract as a whole have no name of their own.</summary>
    private static string Name(string account, OutcomeContract contract) =>
        account.Split('.') is [_, var owner] && Guid.TryParse(owner, out var party)
            ? contract.Parties.Single(one => one.Id.Value == party).Name : "";
}
