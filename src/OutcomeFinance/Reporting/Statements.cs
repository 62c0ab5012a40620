using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Domain.Reporting;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Reporting;

/// <summary>A statement of account, to be read, printed or opened in a spreadsheet.</summary>
/// <param name="Kind">contract, payer or funder.</param>
/// <param name="Of">The contract, or the organisation.</param>
public sealed record StatementView(
    string Kind, string Of, DateOnly? From, DateOnly? To, string Currency, string Opening,
    IReadOnlyList<StatementLineView> Lines, string Closing);

/// <param name="Event">The kind of transfer, such as obligation or payment.</param>
/// <param name="Document">Number of the invoice or credit note, or the payer's reference.</param>
/// <param name="Amount">Adds to the balance, or takes from it.</param>
public sealed record StatementLineView(
    DateOnly On, Guid ContractId, string ContractTitle, string? PeriodKey, string Event, string? Counterparty, string? Document,
    string Amount, string Balance);

/// <summary>Which statement, and of which days.</summary>
public sealed record StatementQuestion(string Kind, Guid? ContractId, DateOnly? From, DateOnly? To);

/// <summary>Makes statements from the ledger.</summary>
internal sealed class Statements(OutcomeFinanceDb db, Caller caller)
{
    private const int ContractsMax = 1_000;

    public async Task<(StatementView? View, Refusal? Refusal)> Of(StatementQuestion question, CancellationToken cancel)
    {
        if (Words.Read<StatementKind>(question.Kind) is not { } kind) return (null, Refusal.NotFound);
        if (kind is StatementKind.Contract && question.ContractId is null) return (null, Refusal.NotFound);
        // A guest reads by the invitation, whatever roles the own organisation gives.
        var isGuest = kind is StatementKind.Contract && await db.GuestUntil(question.ContractId!.Value, cancel) is not null;
        var contracts = await Contracts(kind, question.ContractId, isGuest, cancel);
        if (contracts.Count == 0 && kind is StatementKind.Contract) return (null, Refusal.NotFound);
        if (!isGuest && caller.Lacks(Roles.Controller, Roles.Officer) is { } missing) return (null, missing);
        var books = await Books.Of([.. contracts.Select(one => one.ContractId)], db, cancel);
        var currency = Currency.TryParse(books.Transfers.Count > 0 ? books.Transfers[0].Currency : "SEK", out var known)
            ? known : Currency.Sek;
        var parties = contracts.SelectMany(one => one.Parties).ToDictionary(one => one.Id);
        var statement = Statement.Of(
            books.Transfers.Where(one => one.Currency == currency.Code), Moves(kind, books, parties), question.From,
            question.To, currency);
        var name = kind is StatementKind.Contract ? contracts[0].Title
            : (await db.Organisations.FindAsync([caller.Organisation], cancel))?.Name ?? "";
        var lines = new Lines(contracts, books, parties, kind);
        return (new StatementView(
            Words.Of(kind), name, question.From, question.To, currency.Code, statement.Opening.ToDecimalString(),
            [.. statement.Lines.Select(lines.Of)], statement.Closing.ToDecimalString()), null);
    }

    private Task<List<OutcomeContract>> Contracts(
        StatementKind kind, Guid? contract, bool isGuest, CancellationToken cancel)
    {
        var mine = kind is StatementKind.Payer ? PartyRole.Payer : PartyRole.Funder;
        var all = OutcomeFinanceDb.Whole(db.Contracts.AsNoTracking())
            .Where(one => isGuest || one.Parties.Any(
                party => party.OrganisationId == caller.Organisation && party.Role != PartyRole.Verifier));
        return (kind is StatementKind.Contract
                ? all.Where(one => one.ContractId == new ContractId(contract!.Value))
                : all.Where(one => one.Parties.Any(
                    party => party.Role == mine && party.OrganisationId == caller.Organisation)))
            .OrderBy(one => one.ContractId).Take(ContractsMax).ToListAsync(cancel);
    }

    private Func<Transfer, long> Moves(
        StatementKind kind, Books books, IReadOnlyDictionary<PartyId, Party> parties)
    {
        bool Mine(string account, string family) => account.StartsWith(family, StringComparison.Ordinal)
            && (kind is StatementKind.Contract || Party(account, parties)?.OrganisationId == caller.Organisation);
        if (kind is not StatementKind.Funder)
            return transfer => Statement.Owed(transfer, account => Mine(account, "receivable."));
        var paid = books.PaidIn.Where(one => one.FunderOrganisationId == caller.Organisation)
            .Select(one => one.PaidInId).ToHashSet();
        return transfer => transfer.PaidInId is { } id && !paid.Contains(id) ? 0
            : Statement.Out(transfer, account => Mine(account, "claim."));
    }

    internal static Party? Party(string account, IReadOnlyDictionary<PartyId, Party> parties) =>
        account.Split('.') is [_, var id] && Guid.TryParse(id, out var party)
            ? parties.GetValueOrDefault(new PartyId(party)) : null;

    private sealed class Lines(
        IReadOnlyList<OutcomeContract> contracts, Books books, IReadOnlyDictionary<PartyId, Party> parties, StatementKind kind)
    {
        private readonly Dictionary<ContractId, string> _titles = contracts.ToDictionary(one => one.ContractId, one => one.Title);
        private readonly Dictionary<ObligationId, Obligation> _owed = books.Obligations.ToDictionary(one => one.Id);
        private readonly Dictionary<ObligationId, string> _invoices =
            books.Invoices.ToDictionary(one => one.Obligation, one => one.Number);
        private readonly Dictionary<Guid, PaidIn> _paid = books.PaidIn.ToDictionary(one => one.PaidInId);

        public StatementLineView Of(StatementLine line)
        {
            var transfer = line.Transfer;
            var obligation = transfer.ObligationId is { } id ? _owed.GetValueOrDefault(id) : null;
            var paid = transfer.PaidInId is { } other ? _paid.GetValueOrDefault(other) : null;
            return new StatementLineView(
                paid?.PaidOn ?? SwedishTime.DateIn(transfer.At), transfer.ContractId.Value, _titles[transfer.ContractId],
                obligation?.PeriodKey, Words.Of(transfer.Kind), Counterparty(obligation, paid),
                obligation is null ? paid?.Reference : _invoices.GetValueOrDefault(obligation.Id),
                line.Amount.ToDecimalString(), line.Balance.ToDecimalString());
        }

        private string? Counterparty(Obligation? obligation, PaidIn? paid) => (obligation, paid) switch
        {
            ({ } owed, _) => parties[kind is StatementKind.Funder ? owed.PayerPartyId : owed.PayeePartyId].Name,
            (_, { } one) => parties[one.ReceiverPartyId].Name,
            _ => null,
        };
    }
}
