using System.Xml.Linq;

namespace Iop.OutcomeFinance.Domain.Invoicing;

/// <summary>Peppol's rules for Swedish sellers. Some of them are warnings in Peppol; here none may be broken.</summary>
internal static class SwedishRules
{
    private const string CompanyId = "cac:PartyLegalEntity/cbc:CompanyID";
    private static readonly string[] OldWays = ["50", "56"];

    public static IReadOnlyList<InvoiceRule> All { get; } =
    [
        new("SE-R-001", "A number of value added tax has fourteen characters.",
            one => VatIds(one).All(id => id.Length == 14)),
        new("SE-R-002", "All but its first two are digits.", one => VatIds(one).All(id => id[2..].All(char.IsAsciiDigit))),
        new("SE-R-003", "An organisation number is digits.",
            one => Ubl.At(one.Seller, CompanyId).All(id => id.Value.All(char.IsAsciiDigit))),
        new("SE-R-004", "An organisation number has ten digits.",
            one => Ubl.At(one.Seller, CompanyId).All(id => id.Value.Length == 10)),
        new("SE-R-005", "The other registration for tax is F-skatt.", one => Ubl.At(one.Seller, "cac:PartyTaxScheme")
            .Where(scheme => Ubl.Text(scheme, "cac:TaxScheme/cbc:ID") != "VAT")
            .All(scheme => Ubl.Text(scheme, "cbc:CompanyID")
                .Equals("Godkänd för F-skatt", StringComparison.OrdinalIgnoreCase))),
        new("SE-R-008", "A bankgiro is digits.", one => Bankgiros(one).All(number => number.All(char.IsAsciiDigit))),
        new("SE-R-009", "A bankgiro has seven or eight characters.",
            one => Bankgiros(one).All(number => number.Length is 7 or 8)),
        new("SE-R-011", "A bankgiro is paid by code 30, not by 50 or 56.", one => one.At("cac:PaymentMeans")
            .All(means => !OldWays.Contains(Ubl.Text(means, "cbc:PaymentMeansCode")))),
        new("SE-R-012", "Between Swedish parties a transfer has code 30, not 31.", one => one.At("cac:PaymentMeans")
            .All(means => Ubl.Text(means, "cbc:PaymentMeansCode") != "31")),
        new("SE-R-013", "An organisation number's check digit holds.", one => Ubl.At(one.Seller, CompanyId)
            .All(id => id.Value.All(char.IsAsciiDigit) && Accounts.LuhnHolds(id.Value))),
    ];

    private static IEnumerable<string> VatIds(Ubl one) => Ubl.At(one.Seller, "cac:PartyTaxScheme")
        .Where(scheme => Ubl.Text(scheme, "cac:TaxScheme/cbc:ID") == "VAT")
        .Select(scheme => Ubl.Text(scheme, "cbc:CompanyID")).Where(id => id.StartsWith("SE", StringComparison.Ordinal));

    private static IEnumerable<string> Bankgiros(Ubl one) => one.At("cac:PaymentMeans/cac:PayeeFinancialAccount")
        .Where(account => Ubl.Text(account, "cac:FinancialInstitutionBranch/cbc:ID") == Ubl.Bankgiro)
        .Select(account => Ubl.Text(account, "cbc:ID"));
}
