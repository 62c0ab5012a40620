using Iop.Kernel;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Banking;

/// <summary>A file that was not sent, or that the bank refused, is taken back; what it held can go into another.</summary>
internal static class CancelPaymentFile
{
    public sealed record Request(string Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/payment-files/{id:guid}/cancellation", Handle).WithName(nameof(CancelPaymentFile));

    internal static async Task<Answer<PaymentFileView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.PaymentFiles.FindAsync([id], cancel) is not { } file) return Refusal.NotFound;
        if (caller.Lacks(Roles.Controller) is { } missing) return missing;
        if (ifMatch.Misses(file.Version) is { } stale) return stale;
        if (new Fields().Text("reason", request.Reason, 1_000).Refusal is { } malformed) return malformed;
        if (file.Cancel(request.Reason.Trim(), caller.Person, clock.GetUtcNow()) is { } refusal) return refusal;
        foreach (var order in await db.PaymentOrders.Where(one => one.FileId == file.FileId).ToListAsync(cancel))
            order.TakeBack();
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(PaymentFileView.Of(file), file.Version);
    }
}
