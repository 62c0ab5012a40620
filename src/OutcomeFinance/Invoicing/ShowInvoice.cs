using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Iop.OutcomeFinance.Invoicing;

/// <summary>The invoice or credit note of a claim as XML (Peppol BIS Billing 3.0), byte for byte as it was sent.</summary>
internal static class ShowInvoice
{
    public static void Map(IEndpointRouteBuilder api) => api
        .MapGet("/obligations/{id:guid}/invoice", Handle).WithName(nameof(ShowInvoice))
        .Produces(StatusCodes.Status200OK, contentType: "application/xml");

    internal static async Task<IResult> Handle(Guid id, OutcomeFinanceDb db, CancellationToken cancel)
    {
        var invoice = await db.Invoices.AsNoTracking()
            .SingleOrDefaultAsync(one => one.ObligationId == new ObligationId(id), cancel);
        if (invoice is null) return (Answer<object>)Refusal.NotFound;
        return TypedResults.Bytes(invoice.Document, "application/xml", $"{invoice.Number}.xml",
            entityTag: new EntityTagHeaderValue($"\"{invoice.Hash}\""));
    }
}
