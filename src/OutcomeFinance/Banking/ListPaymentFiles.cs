using Iop.Kernel;
using Iop.OutcomeFinance.Storage;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Iop.OutcomeFinance.Banking;

/// <summary>The payment files of the caller's own organisation, newest first; and each as the bank reads it.</summary>
internal static class ListPaymentFiles
{
    public sealed record View(IReadOnlyList<PaymentFileView> Items);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/payment-files", Handle).WithName(nameof(ListPaymentFiles));
        api.MapGet("/payment-files/{id:guid}", Show).WithName("ShowPaymentFile");
        api.MapGet("/payment-files/{id:guid}/document", Document).WithName("ShowPaymentFileDocument")
            .Produces(StatusCodes.Status200OK, contentType: "application/xml").LeavesATrail();
    }

    internal static async Task<Answer<View>> Handle(Caller caller, Paging paging, OutcomeFinanceDb db, HttpRequest request,
        CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Controller) is { } missing) return missing;
        if (paging.Refusal is { } refusal) return refusal;
        Guid? after = Guid.TryParse(paging.After, out var last) ? last : null;
        var page = await db.PaymentFiles.FromSql(
                $"SELECT * FROM payment_file WHERE {after}::uuid IS NULL OR file_id < {after}::uuid").AsNoTracking()
            .OrderByDescending(one => one.FileId).Skip(paging.Skip).Take(paging.Limit + 1).ToListAsync(cancel);
        var shown = page.Take(paging.Limit).Select(PaymentFileView.Of).ToList();
        return Answers.Page(new View(shown), page.Count > paging.Limit ? Paging.Next(request, shown[^1].Id.ToString()) : null);
    }

    internal static async Task<Answer<PaymentFileView>> Show(Guid id, Caller caller, OutcomeFinanceDb db,
        CancellationToken cancel)
    {
        if (await db.PaymentFiles.FindAsync([id], cancel) is not { } file) return Refusal.NotFound;
        return caller.Lacks(Roles.Controller) is { } missing ? missing : Answers.Ok(PaymentFileView.Of(file), file.Version);
    }

    internal static async Task<IResult> Document(Guid id, Caller caller, OutcomeFinanceDb db, CancellationToken cancel)
    {
        if (await db.PaymentFiles.FindAsync([id], cancel) is not { } file) return (Answer<object>)Refusal.NotFound;
        if (caller.Lacks(Roles.Controller) is { } missing) return (Answer<object>)missing;
        return TypedResults.Bytes(file.Document, "application/xml", $"{file.Message}.xml",
            entityTag: new EntityTagHeaderValue($"\"{file.Hash}\""));
    }
}
