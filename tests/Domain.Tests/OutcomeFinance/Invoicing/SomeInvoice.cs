using System.Xml.Linq;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Invoicing;

namespace Iop.Domain.Tests.OutcomeFinance.Invoicing;

/// <summary>A fund's invoice to a municipality, and what may be done to it.</summary>
internal static class SomeInvoice
{
    public static InvoiceContent Content(
        InvoiceKind kind = InvoiceKind.Invoice, VatCategory vat = VatCategory.OutsideScope, string? vatId = null,
        bool fTax = false, params long[] ore) => new(
        kind, "IOP-000017", new DateOnly(2019, 4, 1), new DateOnly(2019, 5, 1), "Ref 4711", null,
        new Guid("01920000-0000-7000-8000-000000000001"),
        new Seller("Leksell Social Ventures", "5099990011", vatId, fTax, "Strandvägen 1", "114 51", "Stockholm", "Ekonomi",
            "ekonomi@fond.example"),
        new Buyer("Norrköpings kommun", "2120000456"), new VatTreatment(vat, "Ersättning för utfall, ingen omsättning"),
        new PaymentAccount(AccountKind.Bankgiro, "99990004"),
        [.. (ore.Length == 0 ? [540_000_000] : ore).Select(amount => new InvoiceLine(
            "Team Nystart, 2016–2018", new DateOnly(2016, 1, 1), new DateOnly(2018, 12, 31), Money.Ore(amount)))],
        kind is InvoiceKind.CreditNote ? [new CorrectedInvoice("IOP-000016", new DateOnly(2019, 3, 1))] : [],
        "Betalas inom 30 dagar");

    public static XDocument Outside() => UblWriter.Document(Content());

    public static XDocument Exempt() => UblWriter.Document(Content(vat: VatCategory.Exempt, vatId: "SE509999001101"));

    public static XDocument FTax() => UblWriter.Document(Content(vat: VatCategory.Exempt, fTax: true));

    public static XDocument Credit() => UblWriter.Document(Content(InvoiceKind.CreditNote));

    public static XDocument Without(this XDocument document, string path)
    {
        Ubl.At(document.Root, path).Remove();
        return document;
    }

    public static XDocument With(this XDocument document, string path, string text)
    {
        var part = Ubl.At(document.Root, path).First();
        part.Value = text;
        return document;
    }

    public static XDocument WithMark(this XDocument document, string path, string attribute, string? value)
    {
        Ubl.At(document.Root, path).First().SetAttributeValue(attribute, value);
        return document;
    }

    public static XDocument Plus(this XDocument document, string under, string path)
    {
        var within = under.Length == 0 ? document.Root! : Ubl.At(document.Root, under).First();
        var steps = path.Split('=');
        foreach (var step in steps[0].Split('/'))
        {
            var next = new XElement((step.StartsWith("cac:", StringComparison.Ordinal) ? Ubl.Cac : Ubl.Cbc) + step[4..]);
            within.Add(next);
            within = next;
        }
        if (steps.Length > 1) within.Value = steps[1];
        return document;
    }
}
