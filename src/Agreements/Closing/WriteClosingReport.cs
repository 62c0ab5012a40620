using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Closing;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Plans;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Closing;

/// <summary>The parties write what those who come after must know (slutrapport), and link to the agreement that goes
/// on.</summary>
internal static class WriteClosingReport
{
    public sealed record Request(
        string? Worked = null, string? DidNotWork = null, string? Why = null, string? StructuralChanges = null,
        string? NextProcess = null, Guid? SuccessorId = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/agreements/{id:guid}/closing/report", Handle).WithName(nameof(WriteClosingReport));
        api.MapGet("/agreements/{id:guid}/closing", Show).WithName("ShowClosing");
    }

    internal static async Task<Answer<ClosingView>> Handle(
        Guid id, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        // The whole row: two who begin the report at once must not both be first.
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        var report = await db.ClosingReports.SingleOrDefaultAsync(known => known.AgreementId == agreement.Id, cancel);
        if (ifMatch.Misses(report?.Version ?? 0) is { } stale) return stale;
        if (Look(request) is { } malformed) return malformed;
        var living = await Living.Of(db, agreement, cancel);
        if (living.ActingFor(viewer).Count == 0) return PartnershipRefusals.NotAParty;
        if (Closings.Refusal(agreement.State) is { } tooEarly) return tooEarly;
        AgreementId? successor = request.SuccessorId is { } next ? new AgreementId(next) : null;
        if (successor is { } wanted && (wanted == agreement.Id
            || !await db.Agreements.AnyAsync(known => known.Id == wanted, cancel))) return ClosingRefusals.UnknownSuccessor;
        if (report is null) db.Add(report = ClosingReport.On(agreement));
        report.Write(
            new ClosingReport.Words(
                PlanRequest.Blank(request.Worked), PlanRequest.Blank(request.DidNotWork), PlanRequest.Blank(request.Why),
                PlanRequest.Blank(request.StructuralChanges), PlanRequest.Blank(request.NextProcess)),
            successor, viewer.Person, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await ClosingView.Of(db, living, viewer, cancel), report.Version);
    }

    internal static async Task<Answer<ClosingView>> Show(Guid id, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        if (await db.Agreements.FindAsync([new AgreementId(id)], cancel) is not { } agreement) return Refusal.NotFound;
        var view = await ClosingView.Of(db, await Living.Of(db, agreement, cancel), viewer, cancel);
        return Answers.Ok(view, view.Report.ReportTag);
    }

    private static Refusal? Look(Request request) => new Fields()
        .OptionalText("worked", request.Worked, ClosingReport.TextMax)
        .OptionalText("didNotWork", request.DidNotWork, ClosingReport.TextMax)
        .OptionalText("why", request.Why, ClosingReport.TextMax)
        .OptionalText("structuralChanges", request.StructuralChanges, ClosingReport.TextMax)
        .OptionalText("nextProcess", request.NextProcess, ClosingReport.TextMax).Refusal;
}
