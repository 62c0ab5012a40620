using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Invoicing;

/// <summary>What Peppol BIS Billing 3.0 adds to the European standard.</summary>
internal static partial class PeppolRules
{
    private static readonly string[] Amounts =
    [
        "Amount", "BaseAmount", "PriceAmount", "TaxAmount", "TaxableAmount", "LineExtensionAmount", "TaxExclusiveAmount",
        "TaxInclusiveAmount", "AllowanceTotalAmount", "ChargeTotalAmount", "PrepaidAmount", "PayableRoundingAmount",
        "PayableAmount",
    ];

    private static readonly string[] Days =
        ["IssueDate", "DueDate", "TaxPointDate", "StartDate", "EndDate", "ActualDeliveryDate"];

    public static IReadOnlyList<InvoiceRule> All { get; } =
    [
        new("PEPPOL-EN16931-R001", "The business process is stated.", one => one.Says("cbc:ProfileID")),
        new("PEPPOL-EN16931-R002", "At most one note.", one => one.At("cbc:Note").Count() <= 1),
        new("PEPPOL-EN16931-R003", "A buyer reference or an order.",
            one => one.Says("cbc:BuyerReference") || one.Says("cac:OrderReference/cbc:ID")),
        new("PEPPOL-EN16931-R004", "The specification is Peppol BIS Billing 3.0.",
            one => one.Text("cbc:CustomizationID") == Ubl.Specification),
        new("PEPPOL-EN16931-R007", "The process is a billing process.", one => Billing().IsMatch(one.Text("cbc:ProfileID"))),
        new("PEPPOL-EN16931-R008", "No empty elements.",
            one => one.Root.Descendants().All(part => part.HasElements || part.Value.Trim().Length > 0)),
        new("PEPPOL-EN16931-R010", "The buyer has an electronic address.", one => Ubl.Says(one.Buyer, "cbc:EndpointID")),
        new("PEPPOL-EN16931-R020", "The seller has an electronic address.", one => Ubl.Says(one.Seller, "cbc:EndpointID")),
        new("PEPPOL-EN16931-R051", "Every amount is in the invoice's currency.", one => Written(one, Amounts)
            .All(amount => amount.Attribute("currencyID")?.Value == one.Currency)),
        new("PEPPOL-EN16931-R053", "One tax total with a breakdown.",
            one => one.At("cac:TaxTotal").Count(total => Ubl.At(total, "cac:TaxSubtotal").Any()) == 1),
        new("PEPPOL-EN16931-R054", "No tax total in a second currency that is not stated.",
            one => one.At("cac:TaxTotal").Count(total => !Ubl.At(total, "cac:TaxSubtotal").Any())
                == (one.Says("cbc:TaxCurrencyCode") ? 1 : 0)),
        new("PEPPOL-EN16931-R120", "A line is its quantity times its price.", one => one.Lines.All(IsQuantityTimesPrice)),
        new("PEPPOL-EN16931-R121", "A base quantity is above zero.", one => one.Lines
            .SelectMany(line => Ubl.At(line, "cac:Price/cbc:BaseQuantity"))
            .All(quantity => int.TryParse(quantity.Value, CultureInfo.InvariantCulture, out var number) && number > 0)),
        new("PEPPOL-EN16931-F001", "Days are written yyyy-mm-dd.", one => Written(one, Days).All(day => DateOnly.TryParseExact(
            day.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))),
        new("PEPPOL-EN16931-P0100", "An invoice's type is one of those that the process allows.",
            one => one.IsCreditNote || one.Text("cbc:InvoiceTypeCode") == "380"),
        new("PEPPOL-EN16931-P0101", "A credit note's type is one of those that the process allows.",
            one => !one.IsCreditNote || one.Text("cbc:CreditNoteTypeCode") == "381"),
        new("PEPPOL-EN16931-CL008", "Electronic addresses are of a listed scheme.", one => Schemes(one)
            .All(scheme => scheme is Ubl.OrganisationNumbers or "0088" or "9955")),
        new("PEPPOL-COMMON-R049", "A Swedish organisation number is a right one.", one => one.Root.Descendants()
            .Where(part => part.Attribute("schemeID")?.Value == Ubl.OrganisationNumbers)
            .All(part => part.Value.Length == 10 && OrganisationNumber.TryParse(part.Value, out _) is null)),
    ];

    private static IEnumerable<XElement> Written(Ubl one, string[] names) =>
        one.Root.Descendants().Where(part => part.Name.Namespace == Ubl.Cbc && names.Contains(part.Name.LocalName));

    private static IEnumerable<string?> Schemes(Ubl one) =>
        one.Root.Descendants(Ubl.Cbc + "EndpointID").Select(part => part.Attribute("schemeID")?.Value);

    private static bool IsQuantityTimesPrice(XElement line)
    {
        var quantity = Ubl.Text(line, "cbc:InvoicedQuantity") + Ubl.Text(line, "cbc:CreditedQuantity");
        return long.TryParse(quantity, CultureInfo.InvariantCulture, out var times)
            && Ubl.Amount(line, "cac:Price/cbc:PriceAmount") is { } price
            && Ubl.Amount(line, "cbc:LineExtensionAmount") == price * times;
    }

    [GeneratedRegex(@"^urn:fdc:peppol\.eu:2017:poacc:billing:[0-9]{2}:1\.0$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Billing();
}
