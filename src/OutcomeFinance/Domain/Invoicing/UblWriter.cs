using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Invoicing;

/// <summary>Writes an invoice as Peppol BIS Billing 3.0 (UBL 2.1). The order of the elements is UBL's; an element without content
/// is left out.</summary>
internal static class UblWriter
{
    private const string Each = "C62";
    private const string CreditTransfer = "30";
    private const string CommercialInvoice = "380";
    private const string CommercialCreditNote = "381";

    public static XDocument Document(InvoiceContent content)
    {
        var isCredit = content.Kind is InvoiceKind.CreditNote;
        var space = isCredit ? Ubl.CreditNote : Ubl.Invoice;
        var root = new XElement(space + (isCredit ? "CreditNote" : "Invoice"),
            new XAttribute(XNamespace.Xmlns + "cac", Ubl.Cac), new XAttribute(XNamespace.Xmlns + "cbc", Ubl.Cbc),
            Basic("CustomizationID", Ubl.Specification), Basic("ProfileID", Ubl.Process), Basic("ID", content.Number),
            Basic("IssueDate", Day(content.IssuedOn)),
            isCredit ? null : Basic("DueDate", Day(content.DueOn)),
            isCredit ? Basic("CreditNoteTypeCode", CommercialCreditNote) : Basic("InvoiceTypeCode", CommercialInvoice),
            Basic("DocumentCurrencyCode", content.Total.Currency.Code),
            content.BuyerReference is { } reference ? Basic("BuyerReference", reference) : null,
            content.OrderReference is { } order ? Group("OrderReference", Basic("ID", order)) : null,
            content.Corrects.Select(Corrected),
            Group("ContractDocumentReference", Basic("ID", content.Contract.ToString())),
            Group("AccountingSupplierParty", Party(content.Seller, content.Vat)),
            Group("AccountingCustomerParty", Party(content.Buyer)),
            isCredit ? null : Payment(content),
            Group("PaymentTerms", Basic("Note", content.PaymentTerms)),
            VatTotal(content),
            Totals(content.Total),
            content.Lines.Select((line, at) => Line(line, at + 1, content)));
        return new XDocument(new XDeclaration("1.0", "UTF-8", null), root);
    }

    /// <summary>UTF-8, indented; the bytes that are kept and hashed.</summary>
    public static byte[] Bytes(XDocument document)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };
        using (var writer = XmlWriter.Create(bytes, settings)) document.Save(writer);
        return bytes.ToArray();
    }

    private static XElement Corrected(CorrectedInvoice one) => Group("BillingReference",
        Group("InvoiceDocumentReference", Basic("ID", one.Number), Basic("IssueDate", Day(one.IssuedOn))));

    private static XElement Party(Seller seller, VatTreatment vat) => Group("Party",
        Endpoint(seller.Number),
        Group("PartyName", Basic("Name", seller.Name)),
        Group("PostalAddress", Basic("StreetName", seller.Street), Basic("CityName", seller.City),
            Basic("PostalZone", seller.PostCode), Sweden()),
        // What is outside the scope of the tax names nobody's number of that tax (BR-O-02).
        seller.VatId is { } id && vat.Category is not VatCategory.OutsideScope ? TaxScheme(id, "VAT") : null,
        seller.ApprovedForFTax ? TaxScheme("Godkänd för F-skatt", "TAX") : null,
        LegalEntity(seller.Name, seller.Number),
        Group("Contact", Basic("Name", seller.ContactName), Basic("ElectronicMail", seller.ContactMail)));

    private static XElement Party(Buyer buyer) => Group("Party",
        Endpoint(buyer.Number), Group("PartyName", Basic("Name", buyer.Name)), Group("PostalAddress", Sweden()),
        LegalEntity(buyer.Name, buyer.Number));

    private static XElement Endpoint(string number) =>
        new(Ubl.Cbc + "EndpointID", new XAttribute("schemeID", Ubl.OrganisationNumbers), number);

    private static XElement Sweden() => Group("Country", Basic("IdentificationCode", "SE"));

    private static XElement TaxScheme(string id, string scheme) =>
        Group("PartyTaxScheme", Basic("CompanyID", id), Group("TaxScheme", Basic("ID", scheme)));

    private static XElement LegalEntity(string name, string number) => Group("PartyLegalEntity",
        Basic("RegistrationName", name),
        new XElement(Ubl.Cbc + "CompanyID", new XAttribute("schemeID", Ubl.OrganisationNumbers), number));

    private static XElement Payment(InvoiceContent content) => Group("PaymentMeans",
        Basic("PaymentMeansCode", CreditTransfer), Basic("PaymentID", content.Number),
        Group("PayeeFinancialAccount", Basic("ID", content.Account.Number),
            content.Account.Kind is AccountKind.Bankgiro
                ? Group("FinancialInstitutionBranch", Basic("ID", Ubl.Bankgiro)) : null));

    private static XElement VatTotal(InvoiceContent content)
    {
        var none = new Money(0, content.Total.Currency);
        return Group("TaxTotal", Amount("TaxAmount", none), Group("TaxSubtotal",
            Amount("TaxableAmount", content.Total), Amount("TaxAmount", none),
            Category("TaxCategory", content.Vat.Category, content.Vat.Reason)));
    }

    private static XElement Category(string name, VatCategory category, string? reason) => Group(name,
        Basic("ID", category is VatCategory.Exempt ? "E" : "O"),
        category is VatCategory.Exempt ? Basic("Percent", "0") : null,
        reason is null ? null : Basic("TaxExemptionReason", reason),
        Group("TaxScheme", Basic("ID", "VAT")));

    private static XElement Totals(Money total) => Group("LegalMonetaryTotal",
        Amount("LineExtensionAmount", total), Amount("TaxExclusiveAmount", total), Amount("TaxInclusiveAmount", total),
        Amount("PayableAmount", total));

    private static XElement Line(InvoiceLine line, int number, InvoiceContent content)
    {
        var isCredit = content.Kind is InvoiceKind.CreditNote;
        return Group(isCredit ? "CreditNoteLine" : "InvoiceLine",
            Basic("ID", number.ToString(CultureInfo.InvariantCulture)),
            new XElement(Ubl.Cbc + (isCredit ? "CreditedQuantity" : "InvoicedQuantity"), new XAttribute("unitCode", Each), "1"),
            Amount("LineExtensionAmount", line.Amount),
            Group("InvoicePeriod", Basic("StartDate", Day(line.From)), Basic("EndDate", Day(line.To))),
            Group("Item", Basic("Name", line.What), Category("ClassifiedTaxCategory", content.Vat.Category, null)),
            Group("Price", Amount("PriceAmount", line.Amount)));
    }

    private static XElement Amount(string name, Money amount) =>
        new(Ubl.Cbc + name, new XAttribute("currencyID", amount.Currency.Code), amount.ToDecimalString());

    private static XElement Basic(string name, string text) => new(Ubl.Cbc + name, text);

    private static XElement Group(string name, params IEnumerable<object?> parts) => new(Ubl.Cac + name, parts);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
