using System.Xml.Linq;
using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Invoicing;

/// <summary>Exempt (E) and outside the scope (O): the two categories that a payment by results may have.</summary>
internal static class VatRules
{
    public static IReadOnlyList<InvoiceRule> All { get; } = [.. Outside(), .. Exempt()];

    private static IEnumerable<InvoiceRule> Outside() =>
    [
        new("BR-O-01", "Lines outside the scope have exactly one breakdown.", one => HasOneBreakdown(one, "O")),
        new("BR-O-02", "Nobody's number of the tax is named.",
            one => !Lines(one, "O").Any() || (VatIds(one.Seller).Count() + VatIds(one.Buyer).Count() == 0)),
        new("BR-O-05", "A line outside the scope has no rate.", one => Lines(one, "O")
            .All(line => !Ubl.At(line, "cac:Item/cac:ClassifiedTaxCategory/cbc:Percent").Any())),
        new("BR-O-08", "The taxable amount is the sum of the lines outside the scope.", one => AddsUp(one, "O")),
        new("BR-O-09", "The tax is nought.", one => HasNoTax(one, "O")),
        new("BR-O-10", "There is a reason why.", one => HasReason(one, "O")),
        new("BR-O-11", "No other breakdown beside it.",
            one => !Breakdowns(one, "O").Any() || one.VatBreakdown.Count() == 1),
        new("BR-O-12", "No line of another category beside it.",
            one => !Breakdowns(one, "O").Any() || Lines(one, "O").Count() == one.Lines.Count()),
    ];

    private static IEnumerable<InvoiceRule> Exempt() =>
    [
        new("BR-E-01", "Exempt lines have exactly one breakdown.", one => HasOneBreakdown(one, "E")),
        new("BR-E-02", "The seller of what is exempt names a registration for tax.",
            one => !Lines(one, "E").Any() || Ubl.Says(one.Seller, "cac:PartyTaxScheme/cbc:CompanyID")),
        new("BR-E-05", "The rate of an exempt line is nought.", one => Lines(one, "E")
            .All(line => IsNought(Ubl.Text(line, "cac:Item/cac:ClassifiedTaxCategory/cbc:Percent")))),
        new("BR-E-08", "The taxable amount is the sum of the exempt lines.", one => AddsUp(one, "E")),
        new("BR-E-09", "The tax is nought.", one => HasNoTax(one, "E")),
        new("BR-E-10", "There is a reason why.", one => HasReason(one, "E")),
    ];

    private static IEnumerable<XElement> Lines(Ubl one, string category) =>
        one.Lines.Where(line => Ubl.Text(line, "cac:Item/cac:ClassifiedTaxCategory/cbc:ID") == category);

    private static IEnumerable<XElement> Breakdowns(Ubl one, string category) =>
        one.VatBreakdown.Where(vat => Ubl.Text(vat, "cac:TaxCategory/cbc:ID") == category);

    private static bool HasOneBreakdown(Ubl one, string category) =>
        Breakdowns(one, category).Count() == (Lines(one, category).Any() ? 1 : 0);

    private static bool AddsUp(Ubl one, string category) => Breakdowns(one, category).All(vat =>
        Lines(one, category).Aggregate((Money?)Money.Zero, (sum, line) =>
            sum is { } left && Ubl.Amount(line, "cbc:LineExtensionAmount") is { } right ? left + right : null)
        == Ubl.Amount(vat, "cbc:TaxableAmount"));

    private static bool HasNoTax(Ubl one, string category) =>
        Breakdowns(one, category).All(vat => Ubl.Amount(vat, "cbc:TaxAmount") is { IsZero: true });

    private static bool HasReason(Ubl one, string category) => Breakdowns(one, category).All(vat =>
        Ubl.Says(vat, "cac:TaxCategory/cbc:TaxExemptionReason") || Ubl.Says(vat, "cac:TaxCategory/cbc:TaxExemptionReasonCode"));

    private static IEnumerable<XElement> VatIds(XElement? party) => Ubl.At(party, "cac:PartyTaxScheme")
        .Where(scheme => Ubl.Text(scheme, "cac:TaxScheme/cbc:ID") == "VAT");

    private static bool IsNought(string rate) => rate.Length > 0 && rate.All(digit => digit is '0' or '.');
}
