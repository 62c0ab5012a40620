using System.Security.Cryptography;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Banking;
using Iop.OutcomeFinance.Domain.Invoicing;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Storage;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Banking;

/// <summary>A controller of a payer makes a payment file (betalningsfil) of everything that two have attested and that is in no
/// live file. It is settled when the payee confirms, never by the file.</summary>
internal static class MakePaymentFile
{
    private const int PaymentsMax = 1_000;

    /// <param name="ExecuteOn">When the bank is to pay; today or later.</param>
    public sealed record Request(DateOnly ExecuteOn);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/payment-files", Handle).WithName(nameof(MakePaymentFile)).Creates();

    internal static async Task<Answer<PaymentFileView>> Handle(
        Request request, Caller caller, OutcomeFinanceDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Organisations.FindAsync([caller.Organisation], cancel) is not { } payer) return Refusal.NotFound;
        if (caller.Lacks(Roles.Controller) is { } missing) return missing;
        if (new Fields().Must("executeOn", request.ExecuteOn >= clock.Today(), "payment-file.day-passed").Refusal is { } passed)
            return passed;
        var details = await db.InvoicingDetails.SingleOrDefaultAsync(
            one => one.OrganisationId == caller.Organisation, cancel);
        if (details?.PaysFromIban is not { } account || payer.Number is null) return PaymentFileRefusals.NoAccount;
        var due = await ToPay(caller.Organisation, db, cancel);
        if (due.Count == 0) return PaymentFileRefusals.NothingToPay;
        // One file is one account and one currency: other currencies wait for the next.
        var paid = due.Where(one => one.Currency == due[0].Currency).ToList();
        var file = File(paid, await Names(paid, db, cancel), new Debtor(payer.Name, payer.Number, account), request, caller,
            clock);
        db.PaymentFiles.Add(file);
        await db.SaveChangesAsync(cancel);
        db.PaymentOrders.AddRange(paid.Select(one => new PaymentOrder
        {
            FileId = file.FileId, ObligationId = one.ObligationId, ContractId = one.ContractId,
        }));
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/outcome-finance/v1/payment-files/{file.FileId}", PaymentFileView.Of(file), file.Version);
    }

    /// <summary>Credits are set off by people: a bank moves money one way only.</summary>
    private static async Task<List<Invoice>> ToPay(Guid payer, OutcomeFinanceDb db, CancellationToken cancel)
    {
        var others = await db.ReadAsGuest(cancel); // of another unit: its own controllers pay
        return await db.Invoices.AsNoTracking().Where(
            invoice => invoice.PayerOrganisationId == payer && invoice.Kind == InvoiceKind.Invoice
                && !others.Contains(invoice.ContractId)
                && db.Obligations.Any(one => one.Id == invoice.ObligationId && one.State == ObligationState.Attested)
                && !db.PaymentOrders.Any(order => order.ObligationId == invoice.ObligationId && order.IsLive))
            .OrderBy(invoice => invoice.DueOn).ThenBy(invoice => invoice.PayeeOrganisationId).ThenBy(invoice => invoice.Number)
            .Take(PaymentsMax).ToListAsync(cancel);
    }

    private static async Task<IReadOnlyDictionary<Guid, string>> Names(
        IReadOnlyList<Invoice> invoices, OutcomeFinanceDb db, CancellationToken cancel)
    {
        var payees = invoices.Select(one => one.PayeeOrganisationId).Distinct().ToList();
        return await db.Organisations.Where(one => payees.Contains(one.OrganisationId))
            .ToDictionaryAsync(one => one.OrganisationId, one => one.Name, cancel);
    }

    private static PaymentFile File(
        IReadOnlyList<Invoice> invoices, IReadOnlyDictionary<Guid, string> names, Debtor debtor, Request request, Caller caller,
        TimeProvider clock)
    {
        var (id, now) = (Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow());
        var currency = Currency.TryParse(invoices[0].Currency, out var known) ? known : Currency.Sek;
        var message = $"IOP{id:N}"[..35];
        var document = CreditTransfers.Bytes(CreditTransfers.Document(message, now, request.ExecuteOn, debtor,
            [.. invoices.Select(one => new CreditTransfer(one.Number, names[one.PayeeOrganisationId],
                new PaymentAccount(one.AccountKind, one.Account), new Money(one.AmountMinor, currency)))]));
        return new PaymentFile
        {
            FileId = id,
            OrganisationId = caller.Organisation,
            Account = debtor.Iban,
            Message = message,
            ExecuteOn = request.ExecuteOn,
            Payments = invoices.Count,
            AmountMinor = invoices.Sum(one => one.AmountMinor),
            Currency = currency.Code,
            Document = document,
            Hash = Convert.ToHexStringLower(SHA256.HashData(document)),
            MadeBy = caller.Person,
            MadeAt = now,
        };
    }
}
