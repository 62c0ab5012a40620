using System.Xml.Linq;

namespace Iop.OutcomeFinance.Domain.Invoicing;

/// <summary>One rule of EN 16931 or of Peppol BIS Billing 3.0, by its published name.</summary>
/// <param name="Says">What it demands, in short.</param>
internal sealed record InvoiceRule(string Id, string Says, Func<Ubl, bool> Holds);

/// <summary>The rules we answer for. No invoice leaves that breaks one of them.</summary>
internal static class InvoiceRules
{
    public static IReadOnlyList<InvoiceRule> All { get; } =
        [.. PeppolRules.All, .. RequiredRules.All, .. ArithmeticRules.All, .. VatRules.All, .. SwedishRules.All];

    public static IReadOnlyList<InvoiceRule> BrokenBy(XDocument document)
    {
        var invoice = new Ubl(document);
        return [.. All.Where(rule => !rule.Holds(invoice))];
    }
}
