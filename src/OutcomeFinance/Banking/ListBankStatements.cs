using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Banking;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Banking;

/// <summary>The bank's files that the caller's own organisation has read in, newest first, and what came of each line.</summary>
internal static class ListBankStatements
{
    public sealed record View(IReadOnlyList<BankStatementView> Items);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/bank-statements", Handle).WithName(nameof(ListBankStatements));
        api.MapGet("/bank-statements/{id:guid}", Show).WithName("ShowBankStatement");
    }

    internal static async Task<Answer<View>> Handle(
        Caller caller, Paging paging, OutcomeFinanceDb db, HttpRequest request, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Controller) is { } missing) return missing;
        if (paging.Refusal is { } refusal) return refusal;
        Guid? after = Guid.TryParse(paging.After, out var last) ? last : null;
        var page = await db.BankStatements.FromSql(
                $"SELECT * FROM bank_statement WHERE {after}::uuid IS NULL OR statement_id < {after}::uuid").AsNoTracking()
            .OrderByDescending(one => one.StatementId).Skip(paging.Skip).Take(paging.Limit + 1).ToListAsync(cancel);
        var shown = new List<BankStatementView>();
        foreach (var one in page.Take(paging.Limit)) shown.Add(await BankStatementView.Of(one, db, cancel));
        return Answers.Page(new View(shown), page.Count > paging.Limit ? Paging.Next(request, shown[^1].Id.ToString()) : null);
    }

    internal static async Task<Answer<BankStatementView>> Show(
        Guid id, Caller caller, OutcomeFinanceDb db, CancellationToken cancel)
    {
        if (await db.BankStatements.FindAsync([id], cancel) is not { } statement) return Refusal.NotFound;
        return caller.Lacks(Roles.Controller) is { } missing
            ? missing : Answers.Ok(await BankStatementView.Of(statement, db, cancel), 1);
    }
}

/// <param name="Kind">camt.053 or camt.054.</param>
/// <param name="Known">Lines that stood in an earlier file; they are not repeated.</param>
/// <param name="Skipped">Entries that are not money in.</param>
public sealed record BankStatementView(
    Guid Id, string Kind, string Message, DateTimeOffset ReadAt, int Known, int Skipped, IReadOnlyList<BankLineView> Lines)
{
    internal static async Task<BankStatementView> Of(BankStatement statement, OutcomeFinanceDb db, CancellationToken cancel)
    {
        var lines = await db.BankLines.AsNoTracking().Where(one => one.StatementId == statement.StatementId)
            .OrderBy(one => one.BookedOn).ThenBy(one => one.LineId).ToListAsync(cancel);
        var paid = lines.Select(one => one.ObligationId).OfType<Domain.ObligationId>().ToList();
        var invoices = await db.Invoices.AsNoTracking().Where(one => paid.Contains(one.ObligationId))
            .ToDictionaryAsync(one => one.ObligationId, one => one, cancel);
        var came = (await db.BankLines.AsNoTracking().Where(one => paid.Contains(one.ObligationId!.Value)).ToListAsync(cancel))
            .Where(one => one.Outcome.Counts()).ToLookup(one => one.ObligationId!.Value, one => one.AmountMinor);
        return new BankStatementView(
            statement.StatementId, statement.Kind, statement.Message, statement.ReadAt, statement.Known, statement.Skipped,
            [.. lines.Select(one => Line(one, one.ObligationId is { } id ? invoices.GetValueOrDefault(id) : null, came))]);
    }

    private static BankLineView Line(
        BankLine line, Domain.Invoicing.Invoice? invoice, ILookup<Domain.ObligationId, long> came)
    {
        var currency = Kernel.Currency.TryParse(line.Currency, out var known) ? known : Kernel.Currency.Sek;
        var missing = invoice is null || line.ObligationId is not { } id ? (long?)null
            : invoice.AmountMinor - came[id].Sum();
        return new BankLineView(
            line.BookedOn, new Money(line.AmountMinor, currency).ToDecimalString(), line.Currency, line.Reference, line.Said,
            Contracting.Words.Of(line.Outcome), invoice?.Number, line.ObligationId?.Value,
            missing is > 0 ? new Money(missing.Value, currency).ToDecimalString() : null);
    }
}

/// <param name="Outcome">settled, part, too-much, already-settled, not-attested, unknown or no-reference.</param>
/// <param name="Missing">What has not come yet of the invoice, by all files; null when nothing is missing.</param>
public sealed record BankLineView(
    DateOnly BookedOn, string Amount, string Currency, string? Reference, string Said, string Outcome, string? InvoiceNumber,
    Guid? ObligationId, string? Missing);
