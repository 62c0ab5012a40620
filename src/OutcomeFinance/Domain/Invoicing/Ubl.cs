using System.Xml.Linq;
using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Invoicing;

/// <summary>An invoice or credit note in UBL 2.1, to be read: by paths such as <c>cac:PaymentMeans/cbc:PaymentID</c>.</summary>
internal sealed class Ubl(XDocument document)
{
    public const string Specification = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0";
    public const string Process = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";
    public const string Bankgiro = "SE:BANKGIRO";
    public const string OrganisationNumbers = "0007";

    public static readonly XNamespace Invoice = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
    public static readonly XNamespace CreditNote = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";
    public static readonly XNamespace Cac = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    public static readonly XNamespace Cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

    public XElement Root => document.Root!;

    public bool IsCreditNote => Root.Name == CreditNote + "CreditNote";

    public IEnumerable<XElement> Lines => At(IsCreditNote ? "cac:CreditNoteLine" : "cac:InvoiceLine");

    public IEnumerable<XElement> VatBreakdown => At("cac:TaxTotal/cac:TaxSubtotal");

    public XElement? Seller => At("cac:AccountingSupplierParty/cac:Party").FirstOrDefault();

    public XElement? Buyer => At("cac:AccountingCustomerParty/cac:Party").FirstOrDefault();

    public string Currency => Text("cbc:DocumentCurrencyCode");

    public IEnumerable<XElement> At(string path) => At(Root, path);

    public string Text(string path) => Text(Root, path);

    public Money? Amount(string path) => Amount(Root, path);

    public bool Says(string path) => Text(path).Length > 0;

    public static IEnumerable<XElement> At(XElement? from, string path) => path.Split('/').Aggregate(
        from is null ? [] : (IEnumerable<XElement>)[from], (found, step) => found.Elements(NameOf(step)));

    /// <summary>The first one's text; empty when there is none.</summary>
    public static string Text(XElement? from, string path) => At(from, path).FirstOrDefault()?.Value.Trim() ?? "";

    public static bool Says(XElement? from, string path) => Text(from, path).Length > 0;

    /// <summary>An amount of at most two decimals; null when it is none.</summary>
    public static Money? Amount(XElement? from, string path) =>
        Money.TryParse(Text(from, path), Iop.Kernel.Currency.Sek, out var amount) ? amount : null;

    private static XName NameOf(string step) =>
        (step.StartsWith("cac:", StringComparison.Ordinal) ? Cac : Cbc) + step[4..];
}
