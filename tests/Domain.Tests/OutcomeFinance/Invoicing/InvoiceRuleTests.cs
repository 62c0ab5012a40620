using System.Xml.Linq;
using Iop.OutcomeFinance.Domain.Invoicing;
using static Iop.Domain.Tests.OutcomeFinance.Invoicing.SomeInvoice;

namespace Iop.Domain.Tests.OutcomeFinance.Invoicing;

/// <summary>Each rule by its published name, with a document that breaks it.</summary>
public sealed class InvoiceRuleTests
{
    private const string Line = "cac:InvoiceLine";
    private const string LineVat = Line + "/cac:Item/cac:ClassifiedTaxCategory";
    private const string Vat = "cac:TaxTotal/cac:TaxSubtotal";
    private const string Totals = "cac:LegalMonetaryTotal";
    private const string Seller = "cac:AccountingSupplierParty/cac:Party";
    private const string Buyer = "cac:AccountingCustomerParty/cac:Party";
    private const string Account = "cac:PaymentMeans/cac:PayeeFinancialAccount";
    private const string Entity = "/cac:PartyLegalEntity/cbc:RegistrationName";
    private const string Number = "/cac:PartyLegalEntity/cbc:CompanyID";
    private const string Country = "/cac:PostalAddress/cac:Country/cbc:IdentificationCode";

    private static readonly Dictionary<string, Func<XDocument>> Breaking = new(StringComparer.Ordinal)
    {
        ["PEPPOL-EN16931-R001"] = () => Outside().Without("cbc:ProfileID"),
        ["PEPPOL-EN16931-R002"] = () => Outside().Plus("", "cbc:Note=Ett").Plus("", "cbc:Note=Två"),
        ["PEPPOL-EN16931-R003"] = () => Outside().Without("cbc:BuyerReference"),
        ["PEPPOL-EN16931-R004"] = () => Outside().With("cbc:CustomizationID", "urn:cen.eu:en16931:2017"),
        ["PEPPOL-EN16931-R007"] = () => Outside().With("cbc:ProfileID", "bii04"),
        ["PEPPOL-EN16931-R008"] = () => Outside().Plus("", "cbc:AccountingCost"),
        ["PEPPOL-EN16931-R010"] = () => Outside().Without(Buyer + "/cbc:EndpointID"),
        ["PEPPOL-EN16931-R020"] = () => Outside().Without(Seller + "/cbc:EndpointID"),
        ["PEPPOL-EN16931-R051"] = () => Outside().WithMark(Totals + "/cbc:PayableAmount", "currencyID", "EUR"),
        ["PEPPOL-EN16931-R053"] = () => Outside().Plus("", "cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount=0.00"),
        ["PEPPOL-EN16931-R054"] = () => Outside().Plus("", "cac:TaxTotal/cbc:TaxAmount=0.00"),
        ["PEPPOL-EN16931-R120"] = () => Outside().With(Line + "/cbc:InvoicedQuantity", "2"),
        ["PEPPOL-EN16931-R121"] = () => Outside().Plus(Line + "/cac:Price", "cbc:BaseQuantity=0"),
        ["PEPPOL-EN16931-F001"] = () => Outside().With("cbc:IssueDate", "1 april 2019"),
        ["PEPPOL-EN16931-P0100"] = () => Outside().With("cbc:InvoiceTypeCode", "999"),
        ["PEPPOL-EN16931-P0101"] = () => Credit().With("cbc:CreditNoteTypeCode", "380"),
        ["PEPPOL-EN16931-CL008"] = () => Outside().WithMark(Seller + "/cbc:EndpointID", "schemeID", "SE"),
        ["PEPPOL-COMMON-R049"] = () => Outside().With(Buyer + "/cbc:EndpointID", "2120000457"),
        ["BR-01"] = () => Outside().Without("cbc:CustomizationID"),
        ["BR-02"] = () => Outside().Without("cbc:ID"),
        ["BR-03"] = () => Outside().Without("cbc:IssueDate"),
        ["BR-04"] = () => Outside().Without("cbc:InvoiceTypeCode"),
        ["BR-05"] = () => Outside().Without("cbc:DocumentCurrencyCode"),
        ["BR-06"] = () => Outside().Without(Seller + Entity),
        ["BR-07"] = () => Outside().Without(Buyer + Entity),
        ["BR-08"] = () => Outside().Without(Seller + "/cac:PostalAddress"),
        ["BR-09"] = () => Outside().Without(Seller + Country),
        ["BR-10"] = () => Outside().Without(Buyer + "/cac:PostalAddress"),
        ["BR-11"] = () => Outside().Without(Buyer + Country),
        ["BR-12"] = () => Outside().Without(Totals + "/cbc:LineExtensionAmount"),
        ["BR-13"] = () => Outside().Without(Totals + "/cbc:TaxExclusiveAmount"),
        ["BR-14"] = () => Outside().Without(Totals + "/cbc:TaxInclusiveAmount"),
        ["BR-15"] = () => Outside().Without(Totals + "/cbc:PayableAmount"),
        ["BR-16"] = () => Outside().Without(Line),
        ["BR-21"] = () => Outside().Without(Line + "/cbc:ID"),
        ["BR-22"] = () => Outside().Without(Line + "/cbc:InvoicedQuantity"),
        ["BR-23"] = () => Outside().WithMark(Line + "/cbc:InvoicedQuantity", "unitCode", null),
        ["BR-24"] = () => Outside().Without(Line + "/cbc:LineExtensionAmount"),
        ["BR-25"] = () => Outside().Without(Line + "/cac:Item/cbc:Name"),
        ["BR-26"] = () => Outside().Without(Line + "/cac:Price/cbc:PriceAmount"),
        ["BR-27"] = () => Outside().With(Line + "/cac:Price/cbc:PriceAmount", "-1.00"),
        ["BR-30"] = () => Outside().With(Line + "/cac:InvoicePeriod/cbc:EndDate", "2015-12-31"),
        ["BR-45"] = () => Outside().Without(Vat + "/cbc:TaxableAmount"),
        ["BR-46"] = () => Outside().Without(Vat + "/cbc:TaxAmount"),
        ["BR-47"] = () => Outside().Without(Vat + "/cac:TaxCategory/cbc:ID"),
        ["BR-48"] = () => Exempt().Without(Vat + "/cac:TaxCategory/cbc:Percent"),
        ["BR-49"] = () => Outside().Without("cac:PaymentMeans/cbc:PaymentMeansCode"),
        ["BR-50"] = () => Outside().Without(Account + "/cbc:ID"),
        ["BR-55"] = () => Credit().Without("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"),
        ["BR-61"] = () => Outside().Without(Account),
        ["BR-62"] = () => Outside().WithMark(Seller + "/cbc:EndpointID", "schemeID", null),
        ["BR-63"] = () => Outside().WithMark(Buyer + "/cbc:EndpointID", "schemeID", null),
        ["BR-CO-04"] = () => Outside().Without(LineVat),
        ["BR-CO-09"] = () => Exempt().With(Seller + "/cac:PartyTaxScheme/cbc:CompanyID", "509999001101"),
        ["BR-CO-10"] = () => Outside().With(Totals + "/cbc:LineExtensionAmount", "5400000.01"),
        ["BR-CO-13"] = () => Outside().With(Totals + "/cbc:TaxExclusiveAmount", "5399999.99"),
        ["BR-CO-14"] = () => Outside().With("cac:TaxTotal/cbc:TaxAmount", "0.01"),
        ["BR-CO-15"] = () => Outside().With(Totals + "/cbc:TaxInclusiveAmount", "5400000.01"),
        ["BR-CO-16"] = () => Outside().With(Totals + "/cbc:PayableAmount", "5400000.01"),
        ["BR-CO-17"] = () => Outside().With(Vat + "/cbc:TaxAmount", "0.01"),
        ["BR-CO-18"] = () => Outside().Without(Vat),
        ["BR-CO-25"] = () => Outside().Without("cbc:DueDate").Without("cac:PaymentTerms"),
        ["BR-CO-26"] = () => Outside().Without(Seller + Number),
        ["BR-DEC-09"] = () => Outside().With(Totals + "/cbc:LineExtensionAmount", "5400000.000"),
        ["BR-DEC-12"] = () => Outside().With(Totals + "/cbc:TaxExclusiveAmount", "5400000.000"),
        ["BR-DEC-13"] = () => Outside().With("cac:TaxTotal/cbc:TaxAmount", "0.000"),
        ["BR-DEC-14"] = () => Outside().With(Totals + "/cbc:TaxInclusiveAmount", "5400000.000"),
        ["BR-DEC-18"] = () => Outside().With(Totals + "/cbc:PayableAmount", "5400000.000"),
        ["BR-DEC-19"] = () => Outside().With(Vat + "/cbc:TaxableAmount", "5400000.000"),
        ["BR-DEC-20"] = () => Outside().With(Vat + "/cbc:TaxAmount", "0.000"),
        ["BR-DEC-23"] = () => Outside().With(Line + "/cbc:LineExtensionAmount", "5400000.000"),
        ["BR-O-01"] = () => Outside().With(Vat + "/cac:TaxCategory/cbc:ID", "E"),
        ["BR-O-02"] = () => Outside().Plus(Seller, "cac:PartyTaxScheme/cac:TaxScheme/cbc:ID=VAT"),
        ["BR-O-05"] = () => Outside().Plus(LineVat, "cbc:Percent=0"),
        ["BR-O-08"] = () => Outside().With(Vat + "/cbc:TaxableAmount", "5400000.01"),
        ["BR-O-09"] = () => Outside().With(Vat + "/cbc:TaxAmount", "0.01"),
        ["BR-O-10"] = () => Outside().Without(Vat + "/cac:TaxCategory/cbc:TaxExemptionReason"),
        ["BR-O-11"] = () => Outside().Plus("cac:TaxTotal", "cac:TaxSubtotal/cac:TaxCategory/cbc:ID=E"),
        ["BR-O-12"] = () => Outside().Plus("", Line + "/cac:Item/cac:ClassifiedTaxCategory/cbc:ID=E"),
        ["BR-E-01"] = () => Exempt().With(Vat + "/cac:TaxCategory/cbc:ID", "O"),
        ["BR-E-02"] = () => Exempt().Without(Seller + "/cac:PartyTaxScheme"),
        ["BR-E-05"] = () => Exempt().With(LineVat + "/cbc:Percent", "25"),
        ["BR-E-08"] = () => Exempt().With(Vat + "/cbc:TaxableAmount", "5400000.01"),
        ["BR-E-09"] = () => Exempt().With(Vat + "/cbc:TaxAmount", "0.01"),
        ["BR-E-10"] = () => Exempt().Without(Vat + "/cac:TaxCategory/cbc:TaxExemptionReason"),
        ["SE-R-001"] = () => Exempt().With(Seller + "/cac:PartyTaxScheme/cbc:CompanyID", "SE5099990011"),
        ["SE-R-002"] = () => Exempt().With(Seller + "/cac:PartyTaxScheme/cbc:CompanyID", "SE5099990011AB"),
        ["SE-R-003"] = () => Outside().With(Seller + Number, "509999-001"),
        ["SE-R-004"] = () => Outside().With(Seller + Number, "165099990011"),
        ["SE-R-005"] = () => FTax().With(Seller + "/cac:PartyTaxScheme/cbc:CompanyID", "F-skatt"),
        ["SE-R-008"] = () => Outside().With(Account + "/cbc:ID", "9999-004"),
        ["SE-R-009"] = () => Outside().With(Account + "/cbc:ID", "999900"),
        ["SE-R-011"] = () => Outside().With("cac:PaymentMeans/cbc:PaymentMeansCode", "50"),
        ["SE-R-012"] = () => Outside().With("cac:PaymentMeans/cbc:PaymentMeansCode", "31"),
        ["SE-R-013"] = () => Outside().With(Seller + Number, "5099990012"),
    };

    public static TheoryData<string> Rules => [.. InvoiceRules.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Finds_what_breaks(string rule) =>
        Assert.Contains(rule, InvoiceRules.BrokenBy(Breaking[rule]()).Select(broken => broken.Id));

    [Fact]
    public void What_is_written_breaks_none() => Assert.Empty(
        new[] { Outside(), Exempt(), FTax(), Credit() }.SelectMany(InvoiceRules.BrokenBy).Select(broken => broken.Id));

    [Fact]
    public void No_rule_stands_twice() =>
        Assert.Equal(InvoiceRules.All.Count, InvoiceRules.All.DistinctBy(rule => rule.Id, StringComparer.Ordinal).Count());
}
