using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Invoicing;

/// <summary>How one's own organisation invoices and is paid (faktureringsuppgifter): kept once, used for every claim.</summary>
internal static class InvoicingPages
{
    private const string Details = "/outcome-finance/v1/invoicing-details";

    public static IReadOnlyList<string> VatCategories { get; } = ["outside-scope", "exempt"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/fakturering", (GatewayCalls gateway, Visitor visitor, CancellationToken cancel) =>
            Show(null, gateway, visitor, cancel));
        app.MapPost("/fakturering", Keep);
    }

    private static async Task<IResult> Show(Filled? form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var details = await gateway.Get<InvoicingDetails>(Details, cancel);
        return details.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<InvoicingDetailsPage>(new { Details = details.Value, details.Tag, Form = form }, form?.Problem?.Status
                ?? 200);
    }

    private static async Task<IResult> Keep(Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var answer = await gateway.Act<InvoicingDetails>(HttpMethod.Put, Details, new
        {
            vatCategory = form.Text("vatCategory") ?? "", vatReason = form.Text("vatReason") ?? "", vatId = form.Text("vatId"),
            approvedForFTax = form.Text("approvedForFTax") == "true", bankgiro = form.Text("bankgiro"),
            iban = form.Text("iban"), paysFromIban = form.Text("paysFromIban"), street = form.Text("street") ?? "",
            postCode = form.Text("postCode") ?? "", city = form.Text("city") ?? "",
            contactName = form.Text("contactName") ?? "", contactMail = form.Text("contactMail") ?? "",
            paymentDays = int.TryParse(form.Text("paymentDays"), out var days) ? days : 0,
        }, form.Tag, null, cancel);
        return answer.Problem is { } no
            ? await Show(form.With(no), gateway, visitor, cancel)
            : Page.Done("/fakturering", "invoicing-kept");
    }
}

public sealed record InvoicingDetails(
    string? OrganisationName, string? OrganisationNumber, string? VatId, bool ApprovedForFTax, string VatCategory,
    string? VatReason, string? Bankgiro, string? Iban, string? Street, string? PostCode, string? City, string? ContactName,
    string? ContactMail, int PaymentDays, string? PaysFromIban, bool CanInvoice);
