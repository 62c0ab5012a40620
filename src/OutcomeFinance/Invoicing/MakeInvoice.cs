using System.Security.Cryptography;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Invoicing;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Paying;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Invoicing;

/// <summary>Makes the invoice or credit note by which a payee claims: by the payee's details, in its own number series, and by
/// every rule we answer for.</summary>
internal sealed class MakeInvoice(OutcomeFinanceDb db, Texts texts, Caller caller, TimeProvider clock)
{
    private const string LanguageOfInvoices = "sv";

    /// <param name="buyerReference">What the payer wants to read on it.</param>
    public async Task<Refusal?> For(
        Obligation obligation, OutcomeContract contract, string? buyerReference, string? orderReference,
        CancellationToken cancel)
    {
        var (payer, payee) = (contract.Payer(obligation), contract.Payee(obligation));
        var details = await db.InvoicingDetails.SingleOrDefaultAsync(
            one => one.OrganisationId == payee.OrganisationId, cancel);
        if (details is not { CanInvoice: true }) return InvoiceRefusals.DetailsMissing(payee.Name);
        var organisations = await db.Organisations
            .Where(one => one.OrganisationId == payer.OrganisationId || one.OrganisationId == payee.OrganisationId)
            .ToDictionaryAsync(one => one.OrganisationId, cancel);
        if (organisations[payee.OrganisationId].Number is not { } seller) return InvoiceRefusals.NumberUnknown(payee.Name);
        if (organisations[payer.OrganisationId].Number is not { } buyer) return InvoiceRefusals.NumberUnknown(payer.Name);
        var today = clock.Today();
        var corrects = obligation.Amount.IsNegative ? await Earlier(obligation, cancel) : [];
        var content = new InvoiceContent(
            obligation.Amount.IsNegative ? InvoiceKind.CreditNote : InvoiceKind.Invoice,
            Invoice.NumberOf(await NextPlace(payee.OrganisationId, cancel)), today, today.AddDays(details.PaymentDays),
            buyerReference, orderReference, contract.ContractId.Value, Seller(details, payee, seller),
            new Buyer(payer.Name, buyer), new VatTreatment(details.VatCategory, details.VatReason), details.Account!,
            [Line(obligation, contract)], corrects, Terms(obligation, details, corrects));
        db.Invoices.Add(Kept(content, obligation));
        // Before the claim: the database lets nothing be claimed that has no invoice.
        await db.SaveChangesAsync(cancel);
        return null;
    }

    private Invoice Kept(InvoiceContent content, Obligation obligation)
    {
        var document = UblWriter.Document(content);
        if (InvoiceRules.BrokenBy(document) is { Count: > 0 } broken)
            throw new InvalidOperationException(
                $"Invoice {content.Number} breaks {string.Join(", ", broken.Select(rule => rule.Id))}.");
        var bytes = UblWriter.Bytes(document);
        return new Invoice
        {
            ObligationId = obligation.Id,
            ContractId = obligation.ContractId,
            PayeeOrganisationId = obligation.PayeeOrganisationId,
            PayerOrganisationId = obligation.PayerOrganisationId,
            Number = content.Number,
            Kind = content.Kind,
            IssuedOn = content.IssuedOn,
            DueOn = content.DueOn,
            AmountMinor = content.Total.Minor,
            Currency = content.Total.Currency.Code,
            AccountKind = content.Account.Kind,
            Account = content.Account.Number,
            Document = bytes,
            Hash = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            IssuedAt = clock.GetUtcNow(),
            IssuedBy = caller.Person,
        };
    }

    private static Seller Seller(InvoicingDetails details, Party payee, string number) => new(
        payee.Name, number, details.VatId, details.ApprovedForFTax, details.Street, details.PostCode, details.City,
        details.ContactName, details.ContactMail);

    private static InvoiceLine Line(Obligation obligation, OutcomeContract contract)
    {
        var period = contract.Periods.Single(one => one.Key == obligation.PeriodKey);
        var amount = obligation.Amount.IsNegative ? -obligation.Amount : obligation.Amount;
        return new InvoiceLine($"{contract.Title}, {period.Key}", period.From, period.To, amount);
    }

    /// <summary>Invoices are written in Swedish: both parties are Swedish, and their auditors.</summary>
    private string Terms(Obligation obligation, InvoicingDetails details, IReadOnlyList<CorrectedInvoice> corrects)
    {
        var code = !obligation.Amount.IsNegative ? "invoice.terms" : corrects.Count > 0 ? "invoice.credits" : "invoice.credit";
        return texts.Find(LanguageOfInvoices, code, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["days"] = $"{details.PaymentDays}", ["numbers"] = string.Join(", ", corrects.Select(one => one.Number)),
        })!;
    }

    /// <summary>What a credit note corrects: the invoices of the same period, from the same payee to the same payer.</summary>
    private async Task<IReadOnlyList<CorrectedInvoice>> Earlier(Obligation credit, CancellationToken cancel) =>
        await db.Invoices.Where(invoice => invoice.Kind == InvoiceKind.Invoice && db.Obligations.Any(
                one => one.Id == invoice.ObligationId && one.ContractId == credit.ContractId
                    && one.PeriodKey == credit.PeriodKey && one.PayerPartyId == credit.PayerPartyId
                    && one.PayeePartyId == credit.PayeePartyId))
            .OrderBy(invoice => invoice.IssuedAt).ThenBy(invoice => invoice.Number)
            .Select(invoice => new CorrectedInvoice(invoice.Number, invoice.IssuedOn)).ToListAsync(cancel);

    private async Task<long> NextPlace(Guid organisation, CancellationToken cancel) => (await db.Database.SqlQuery<long>($"""
        INSERT INTO invoice_series AS series (organisation_id, last_number) VALUES ({organisation}, 1)
        ON CONFLICT (organisation_id) DO UPDATE SET last_number = series.last_number + 1
        RETURNING last_number AS "Value"
        """).ToListAsync(cancel))[0];
}
