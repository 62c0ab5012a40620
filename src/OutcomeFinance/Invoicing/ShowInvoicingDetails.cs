using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Invoicing;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Invoicing;

/// <summary>The invoicing details of the caller's own organisation (faktureringsuppgifter); empty ones before any were
/// given.</summary>
internal static class ShowInvoicingDetails
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/invoicing-details", Handle).WithName(nameof(ShowInvoicingDetails));

    internal static async Task<Answer<InvoicingDetailsView>> Handle(Caller caller, OutcomeFinanceDb db, CancellationToken cancel)
    {
        if (await db.Organisations.FindAsync([caller.Organisation], cancel) is not { } organisation) return Refusal.NotFound;
        if (caller.Lacks(Roles.Controller, Roles.Officer, Roles.Admin) is { } missing) return missing;
        var details = await db.InvoicingDetails.AsNoTracking()
            .SingleOrDefaultAsync(one => one.OrganisationId == caller.Organisation, cancel)
            ?? new InvoicingDetails { OrganisationId = caller.Organisation };
        return Answers.Ok(InvoicingDetailsView.Of(details, organisation), details.Version);
    }
}
