using System.Xml.Linq;

namespace Iop.OutcomeFinance.Domain.Invoicing;

/// <summary>What every invoice must say (EN 16931, BR-01 and on).</summary>
internal static class RequiredRules
{
    private const string Entity = "cac:PartyLegalEntity/cbc:RegistrationName";
    private const string Country = "cac:PostalAddress/cac:Country/cbc:IdentificationCode";
    private static readonly string[] CreditTransfers = ["30", "58"];

    public static IReadOnlyList<InvoiceRule> All { get; } =
    [
        new("BR-01", "A specification.", one => one.Says("cbc:CustomizationID")),
        new("BR-02", "A number.", one => one.Says("cbc:ID")),
        new("BR-03", "A day of issue.", one => one.Says("cbc:IssueDate")),
        new("BR-04", "A type.", one => one.Says("cbc:InvoiceTypeCode") || one.Says("cbc:CreditNoteTypeCode")),
        new("BR-05", "A currency.", one => one.Says("cbc:DocumentCurrencyCode")),
        new("BR-06", "The seller's name.", one => Ubl.Says(one.Seller, Entity)),
        new("BR-07", "The buyer's name.", one => Ubl.Says(one.Buyer, Entity)),
        new("BR-08", "The seller's address.", one => Ubl.At(one.Seller, "cac:PostalAddress").Any()),
        new("BR-09", "The seller's country.", one => Ubl.Says(one.Seller, Country)),
        new("BR-10", "The buyer's address.", one => Ubl.At(one.Buyer, "cac:PostalAddress").Any()),
        new("BR-11", "The buyer's country.", one => Ubl.Says(one.Buyer, Country)),
        new("BR-12", "The sum of the lines.", one => one.Says("cac:LegalMonetaryTotal/cbc:LineExtensionAmount")),
        new("BR-13", "The total without tax.", one => one.Says("cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount")),
        new("BR-14", "The total with tax.", one => one.Says("cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount")),
        new("BR-15", "What is to be paid.", one => one.Says("cac:LegalMonetaryTotal/cbc:PayableAmount")),
        new("BR-16", "At least one line.", one => one.Lines.Any()),
        new("BR-21", "Each line has an identifier.", one => EachLine(one, "cbc:ID")),
        new("BR-22", "Each line has a quantity.", one => one.Lines.All(line => Quantity(line) is not null)),
        new("BR-23", "Each quantity has a unit.",
            one => one.Lines.All(line => Quantity(line)?.Attribute("unitCode")?.Value is { Length: > 0 })),
        new("BR-24", "Each line has an amount.", one => EachLine(one, "cbc:LineExtensionAmount")),
        new("BR-25", "Each line names what it is for.", one => EachLine(one, "cac:Item/cbc:Name")),
        new("BR-26", "Each line has a price.", one => EachLine(one, "cac:Price/cbc:PriceAmount")),
        new("BR-27", "No price is negative.",
            one => one.Lines.All(line => !Ubl.Text(line, "cac:Price/cbc:PriceAmount").StartsWith('-'))),
        new("BR-30", "A line's period does not end before it begins.", one => one.Lines.All(IsForwards)),
        new("BR-45", "Each breakdown of tax has its taxable amount.", one => EachVat(one, "cbc:TaxableAmount")),
        new("BR-46", "Each breakdown of tax has its tax.", one => EachVat(one, "cbc:TaxAmount")),
        new("BR-47", "Each breakdown of tax has its category.", one => EachVat(one, "cac:TaxCategory/cbc:ID")),
        new("BR-48", "Each breakdown has its rate, unless it is outside the scope.",
            one => one.VatBreakdown.All(
                vat => Ubl.Text(vat, "cac:TaxCategory/cbc:ID") == "O" || Ubl.Says(vat, "cac:TaxCategory/cbc:Percent"))),
        new("BR-49", "A way of paying has its code.",
            one => one.At("cac:PaymentMeans").All(means => Ubl.Says(means, "cbc:PaymentMeansCode"))),
        new("BR-50", "An account to pay to has its number.",
            one => one.At("cac:PaymentMeans/cac:PayeeFinancialAccount").All(account => Ubl.Says(account, "cbc:ID"))),
        new("BR-55", "A corrected invoice is named by its number.", one => one.At("cac:BillingReference")
            .All(earlier => Ubl.Says(earlier, "cac:InvoiceDocumentReference/cbc:ID"))),
        new("BR-61", "A transfer says to which account.", one => one.At("cac:PaymentMeans")
            .Where(means => CreditTransfers.Contains(Ubl.Text(means, "cbc:PaymentMeansCode")))
            .All(means => Ubl.Says(means, "cac:PayeeFinancialAccount/cbc:ID"))),
        new("BR-62", "The seller's electronic address has a scheme.", one => HasScheme(one.Seller)),
        new("BR-63", "The buyer's electronic address has a scheme.", one => HasScheme(one.Buyer)),
    ];

    private static bool EachLine(Ubl one, string path) => one.Lines.All(line => Ubl.Says(line, path));

    private static bool EachVat(Ubl one, string path) => one.VatBreakdown.All(vat => Ubl.Says(vat, path));

    private static XElement? Quantity(XElement line) => Ubl.At(line, "cbc:InvoicedQuantity").FirstOrDefault()
        ?? Ubl.At(line, "cbc:CreditedQuantity").FirstOrDefault();

    private static bool IsForwards(XElement line) => string.CompareOrdinal(
        Ubl.Text(line, "cac:InvoicePeriod/cbc:StartDate"), Ubl.Text(line, "cac:InvoicePeriod/cbc:EndDate")) <= 0;

    private static bool HasScheme(XElement? party) =>
        Ubl.At(party, "cbc:EndpointID").All(endpoint => endpoint.Attribute("schemeID")?.Value is { Length: > 0 });
}
