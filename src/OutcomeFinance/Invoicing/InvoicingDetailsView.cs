using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain.Invoicing;
using Iop.OutcomeFinance.Storage;

namespace Iop.OutcomeFinance.Invoicing;

/// <summary>How the caller's organisation invoices and is paid.</summary>
/// <param name="VatCategory">outside-scope or exempt.</param>
/// <param name="PaysFromIban">The account that its payment files name.</param>
/// <param name="CanInvoice">Whether claims can be made by them.</param>
public sealed record InvoicingDetailsView(
    Guid OrganisationId, string OrganisationName, string? OrganisationNumber, string? VatId, bool ApprovedForFTax,
    string VatCategory, string VatReason, string? Bankgiro, string? Iban, string Street, string PostCode, string City,
    string ContactName, string ContactMail, int PaymentDays, string? PaysFromIban, bool CanInvoice)
{
    internal static InvoicingDetailsView Of(InvoicingDetails details, Organisation organisation) => new(
        organisation.OrganisationId, organisation.Name, organisation.Number, details.VatId, details.ApprovedForFTax,
        Words.Of(details.VatCategory), details.VatReason, details.Bankgiro, details.Iban, details.Street, details.PostCode,
        details.City, details.ContactName, details.ContactMail, details.PaymentDays, details.PaysFromIban, details.CanInvoice);
}
