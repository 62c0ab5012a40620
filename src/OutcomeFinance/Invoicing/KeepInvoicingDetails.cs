using System.Net.Mail;
using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain.Invoicing;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Invoicing;

/// <summary>A controller says how the own organisation invoices, where it is paid and from where it pays. Invoices sent before
/// keep what they said.</summary>
internal static class KeepInvoicingDetails
{
    public sealed record Request(
        string VatCategory, string VatReason, string Street, string PostCode, string City, string ContactName,
        string ContactMail, int PaymentDays = 30, string? VatId = null, bool ApprovedForFTax = false, string? Bankgiro = null,
        string? Iban = null, string? PaysFromIban = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/invoicing-details", Handle).WithName(nameof(KeepInvoicingDetails));

    internal static async Task<Answer<InvoicingDetailsView>> Handle(
        Request request, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, CancellationToken cancel)
    {
        if (await db.Organisations.FindAsync([caller.Organisation], cancel) is not { } organisation) return Refusal.NotFound;
        if (caller.Lacks(Roles.Controller) is { } missing) return missing;
        var known = await db.InvoicingDetails.SingleOrDefaultAsync(one => one.OrganisationId == caller.Organisation, cancel);
        var details = known ?? new InvoicingDetails { OrganisationId = caller.Organisation };
        if (ifMatch.Misses(details.Version) is { } stale) return stale;
        var accounts = new AccountDetails(Accounts.Plain(request.Bankgiro), Accounts.Plain(request.Iban), request.PaymentDays,
            Accounts.Plain(request.PaysFromIban));
        var vatId = Accounts.Plain(request.VatId);
        if (Malformed(request, accounts, vatId, organisation.Number) is { } malformed) return malformed;
        details.Say(
            new VatDetails(vatId, request.ApprovedForFTax, Words.Read<VatCategory>(request.VatCategory)!.Value,
                request.VatReason.Trim()),
            accounts,
            new ContactDetails(request.Street.Trim(), request.PostCode.Trim(), request.City.Trim(), request.ContactName.Trim(),
                request.ContactMail.Trim()));
        if (known is null) db.InvoicingDetails.Add(details);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(InvoicingDetailsView.Of(details, organisation), details.Version);
    }

    private static Refusal? Malformed(Request request, AccountDetails accounts, string? vatId, string? number) => new Fields()
        .OneOf("vatCategory", request.VatCategory, Words.All<VatCategory>())
        .Text("vatReason", request.VatReason, 200)
        .Must("vatId", vatId is null || (number is not null && vatId == Accounts.VatIdOf(number)), "invoicing.vat-id-wrong")
        .Must("vatId", request.VatCategory != Words.Of(VatCategory.Exempt) || vatId is not null || request.ApprovedForFTax,
            "invoicing.vat-id-wanted")
        .Must("bankgiro", accounts.Bankgiro is null || Accounts.IsBankgiro(accounts.Bankgiro), "invoicing.bankgiro-wrong")
        .Must("bankgiro", accounts.Bankgiro is not null || accounts.Iban is not null, "invoicing.account-wanted")
        .Must("iban", accounts.Iban is null || Accounts.IsIban(accounts.Iban), "invoicing.iban-wrong")
        .Must("paysFromIban", accounts.PaysFromIban is null || Accounts.IsIban(accounts.PaysFromIban), "invoicing.iban-wrong")
        .Text("street", request.Street, 100).Text("postCode", request.PostCode, 10).Text("city", request.City, 60)
        .Text("contactName", request.ContactName, 60).Text("contactMail", request.ContactMail, 120)
        .Must("contactMail", MailAddress.TryCreate(request.ContactMail, out _), "invoicing.mail-wrong")
        .Between("paymentDays", request.PaymentDays, InvoicingDetails.PaymentDaysLeast, InvoicingDetails.PaymentDaysMost).Refusal;
}
