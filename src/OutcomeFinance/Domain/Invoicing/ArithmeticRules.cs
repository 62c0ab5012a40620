using System.Text.RegularExpressions;
using System.Xml.Linq;
using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Invoicing;

/// <summary>What must add up, and how amounts are written (EN 16931, BR-CO and BR-DEC). To the öre: no slack.</summary>
internal static partial class ArithmeticRules
{
    private const string Totals = "cac:LegalMonetaryTotal/";
    private static readonly Money None = Money.Zero;

    public static IReadOnlyList<InvoiceRule> All { get; } =
    [
        new("BR-CO-04", "Each line has a category of tax.",
            one => one.Lines.All(line => Ubl.Says(line, "cac:Item/cac:ClassifiedTaxCategory/cbc:ID"))),
        new("BR-CO-09", "A number of value added tax begins with its country.", one => VatIds(one)
            .All(id => id.Length > 2 && char.IsAsciiLetterUpper(id[0]) && char.IsAsciiLetterUpper(id[1]))),
        new("BR-CO-10", "The sum of the lines is the lines' sum.", one => one.Amount(Totals + "cbc:LineExtensionAmount")
            == Sum(one.Lines.Select(line => Ubl.Amount(line, "cbc:LineExtensionAmount")))),
        new("BR-CO-13", "Without tax: lines less allowances and with charges; here there are none of them.",
            one => one.Amount(Totals + "cbc:TaxExclusiveAmount") == one.Amount(Totals + "cbc:LineExtensionAmount")),
        new("BR-CO-14", "The tax is the sum of its breakdown.", one => one.Amount("cac:TaxTotal/cbc:TaxAmount")
            == Sum(one.VatBreakdown.Select(vat => Ubl.Amount(vat, "cbc:TaxAmount")))),
        new("BR-CO-15", "With tax is without tax and the tax.", one => one.Amount(Totals + "cbc:TaxInclusiveAmount")
            == one.Amount(Totals + "cbc:TaxExclusiveAmount") + one.Amount("cac:TaxTotal/cbc:TaxAmount")),
        new("BR-CO-16", "To pay is the total with tax; nothing is prepaid or rounded.",
            one => one.Amount(Totals + "cbc:PayableAmount") == one.Amount(Totals + "cbc:TaxInclusiveAmount")),
        new("BR-CO-17", "Tax is the taxable amount times its rate; here the rate is nought.",
            one => one.VatBreakdown.All(vat => Ubl.Amount(vat, "cbc:TaxAmount") == None)),
        new("BR-CO-18", "At least one breakdown of tax.", one => one.VatBreakdown.Any()),
        new("BR-CO-25", "What is to be paid has a due day or terms.",
            one => one.Amount(Totals + "cbc:PayableAmount") is not { Minor: > 0 } || one.Says("cbc:DueDate")
                || one.Says("cac:PaymentTerms/cbc:Note")),
        new("BR-CO-26", "The seller is identified.", one => Ubl.Says(one.Seller, "cac:PartyLegalEntity/cbc:CompanyID")
            || Ubl.Says(one.Seller, "cac:PartyIdentification/cbc:ID") || VatIds(one).Any()),
        Written("BR-DEC-09", "The sum of the lines", one => [one.Text(Totals + "cbc:LineExtensionAmount")]),
        Written("BR-DEC-12", "The total without tax", one => [one.Text(Totals + "cbc:TaxExclusiveAmount")]),
        Written("BR-DEC-13", "The tax", one => [one.Text("cac:TaxTotal/cbc:TaxAmount")]),
        Written("BR-DEC-14", "The total with tax", one => [one.Text(Totals + "cbc:TaxInclusiveAmount")]),
        Written("BR-DEC-18", "What is to be paid", one => [one.Text(Totals + "cbc:PayableAmount")]),
        Written("BR-DEC-19", "A taxable amount", one => one.VatBreakdown.Select(vat => Ubl.Text(vat, "cbc:TaxableAmount"))),
        Written("BR-DEC-20", "A tax of a breakdown", one => one.VatBreakdown.Select(vat => Ubl.Text(vat, "cbc:TaxAmount"))),
        Written("BR-DEC-23", "A line's amount", one => one.Lines.Select(line => Ubl.Text(line, "cbc:LineExtensionAmount"))),
    ];

    /// <summary>Two decimals at most.</summary>
    private static InvoiceRule Written(string id, string what, Func<Ubl, IEnumerable<string>> amounts) =>
        new(id, $"{what} has at most two decimals.", one => amounts(one).All(text => TwoDecimals().IsMatch(text)));

    private static Money? Sum(IEnumerable<Money?> amounts) =>
        amounts.Aggregate((Money?)None, (sum, amount) => sum is { } left && amount is { } right ? left + right : null);

    private static IEnumerable<string> VatIds(Ubl one) =>
        new[] { one.Seller, one.Buyer }.SelectMany(party => Ubl.At(party, "cac:PartyTaxScheme"))
            .Where(scheme => Ubl.Text(scheme, "cac:TaxScheme/cbc:ID") == "VAT")
            .Select(scheme => Ubl.Text(scheme, "cbc:CompanyID"));

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]{1,2})?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TwoDecimals();
}
