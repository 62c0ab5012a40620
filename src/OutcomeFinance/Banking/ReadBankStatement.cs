using System.Security.Cryptography;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Banking;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Invoicing;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Paying;
using Iop.OutcomeFinance.Storage;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Banking;

/// <summary>A payee reads in its bank's file (camt.053 or camt.054): what names an invoice and has come in full is settled, parts
/// are added up, and everything else is shown. The request's body is the file.</summary>
internal static class ReadBankStatement
{
    private const int BodyMax = BankFile.BytesMax + 1_024;
    private const int SaidMax = 500;

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/bank-statements", Handle)
        .WithName(nameof(ReadBankStatement)).Creates().WithMetadata(new RequestSizeLimitAttribute(BodyMax))
        .Accepts<Stream>("application/octet-stream", "application/xml", "*/*");

    internal static async Task<Answer<BankStatementView>> Handle(
        HttpRequest request, Caller caller, OutcomeFinanceDb db, Settlements settlements, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.Organisations.FindAsync([caller.Organisation], cancel) is null) return Refusal.NotFound;
        if (caller.Lacks(Roles.Controller) is { } missing) return missing;
        var bytes = new byte[Math.Min(request.Body.Length, BodyMax)];
        request.Body.Position = 0;
        await request.Body.ReadExactlyAsync(bytes, cancel);
        if (bytes.Length > BankFile.BytesMax || BankFile.Read(bytes) is not { } file) return BankStatementRefusals.Unreadable;
        var details = await db.InvoicingDetails.SingleOrDefaultAsync(one => one.OrganisationId == caller.Organisation, cancel);
        if (file.Entries.FirstOrDefault(one => !IsOurs(one.Account, details)) is { } elsewhere)
            return BankStatementRefusals.NotYourAccount(elsewhere.Account);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (await db.BankStatements.AnyAsync(one => one.Hash == hash, cancel)) return BankStatementRefusals.AlreadyRead;
        var fresh = await NotReadBefore(file.Entries, db, cancel);
        var statement = new BankStatement
        {
            StatementId = Guid.CreateVersion7(clock.GetUtcNow()),
            OrganisationId = caller.Organisation,
            Kind = file.Kind,
            Message = file.Message.Length > 100 ? file.Message[..100] : file.Message,
            Hash = hash,
            Known = file.Entries.Count - fresh.Count,
            Skipped = file.Skipped,
            ReadBy = caller.Person,
            ReadAt = clock.GetUtcNow(),
        };
        db.BankStatements.Add(statement);
        await db.SaveChangesAsync(cancel);
        await Match(fresh, statement, db, settlements, new Actor(caller.Person, caller.Organisation, caller.Unit), cancel);
        return Answers.Created($"/outcome-finance/v1/bank-statements/{statement.StatementId}",
            await BankStatementView.Of(statement, db, cancel), 1);
    }

    private static bool IsOurs(string account, InvoicingDetails? details) =>
        Accounts.Plain(account) is { } plain && (plain == details?.Iban || plain == details?.Bankgiro);

    /// <summary>Without what stood in an earlier file, or stands in this one twice.</summary>
    private static async Task<IReadOnlyList<BankEntry>> NotReadBefore(
        IReadOnlyList<BankEntry> entries, OutcomeFinanceDb db, CancellationToken cancel)
    {
        var references = entries.Select(one => one.Reference).OfType<string>().ToList();
        var known = (await db.BankLines.Where(one => references.Contains(one.Reference!))
            .Select(one => new { one.Account, one.Reference }).ToListAsync(cancel))
            .Select(one => (one.Account, one.Reference)).ToHashSet();
        return [.. entries.Where(one => one.Reference is null || known.Add((Accounts.Plain(one.Account)!, one.Reference)))];
    }

    private static async Task Match(
        IReadOnlyList<BankEntry> entries, BankStatement statement, OutcomeFinanceDb db, Settlements settlements, Actor by,
        CancellationToken cancel)
    {
        var words = entries.SelectMany(Matching.Named).Distinct(StringComparer.Ordinal).ToList();
        var invoices = await db.Invoices.AsNoTracking()
            .Where(one => one.PayeeOrganisationId == by.Organisation && words.Contains(one.Number))
            .ToDictionaryAsync(one => one.Number, one => one.ObligationId, StringComparer.Ordinal, cancel);
        var ids = invoices.Values.Select(one => one.Value).ToArray();
        // Always in the same order, so that two files read at once wait for each other and never both.
        var obligations = await db.Obligations
            .FromSql($"SELECT * FROM obligation WHERE obligation_id = ANY({ids}) ORDER BY obligation_id FOR UPDATE")
            .ToDictionaryAsync(one => one.Id, cancel);
        var named = invoices.Values.ToList();
        var came = (await db.BankLines.Where(one => named.Contains(one.ObligationId!.Value)).ToListAsync(cancel))
            .Where(one => one.Outcome.Counts()).GroupBy(one => one.ObligationId!.Value)
            .ToDictionary(one => one.Key, one => one.Sum(line => line.AmountMinor));
        var numbers = invoices.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var obligation = Matching.Number(entry, numbers) is { } number
                ? obligations.GetValueOrDefault(invoices[number]) : null;
            var before = obligation is null ? 0 : came.GetValueOrDefault(obligation.Id);
            var outcome = Matching.Outcome(entry, obligation, before);
            if (outcome is LineOutcome.Settled && await db.Contract(obligation!.ContractId, cancel) is { } contract
                && await settlements.Settle(obligation, contract, by, cancel) is not null)
                outcome = LineOutcome.NotAttested; // another unit's claim: who may confirm it does
            if (outcome.Counts()) came[obligation!.Id] = before + entry.Amount.Minor;
            db.BankLines.Add(LineOf(entry, statement, obligation, outcome));
        }
        await db.SaveChangesAsync(cancel);
    }

    private static BankLine LineOf(BankEntry entry, BankStatement statement, Obligation? obligation, LineOutcome outcome)
    {
        var said = string.Join(' ', entry.Said);
        return new BankLine
        {
            LineId = Guid.CreateVersion7(statement.ReadAt),
            StatementId = statement.StatementId,
            OrganisationId = statement.OrganisationId,
            Account = Accounts.Plain(entry.Account)!,
            Reference = entry.Reference,
            BookedOn = entry.BookedOn,
            AmountMinor = entry.Amount.Minor,
            Currency = entry.Amount.Currency.Code,
            Said = said.Length > SaidMax ? said[..SaidMax] : said,
            ObligationId = outcome is LineOutcome.Unknown ? null : obligation?.Id,
            Outcome = outcome,
        };
    }
}
