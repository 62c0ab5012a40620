using Iop.Kernel;
using Iop.Notifications.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Reporting;

/// <summary>The operator reads a report and marks it handled (åtgärdad); then it leaves the inbox.</summary>
internal static class HandleReport
{
    public sealed record View(
        Guid Id, DateTimeOffset ReceivedAt, string? Page, string Said, string? Contact, DateTimeOffset? HandledAt);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/accessibility-reports/{id:guid}", Show).WithName("ShowAccessibilityReport");
        api.MapPost("/accessibility-reports/{id:guid}/handled", Handle).WithName(nameof(HandleReport));
    }

    internal static async Task<Answer<View>> Show(Guid id, Caller caller, SystemWork system, CancellationToken cancel)
    {
        if (!caller.Has(Roles.Operator)) return Refusal.NotFound;
        return await system.InTransaction<Answer<View>>(async scope =>
            await scope.GetRequiredService<NotificationsDb>().AccessibilityReports.AsNoTracking()
                .FirstOrDefaultAsync(one => one.ReportId == id, cancel) is { } report ? Of(report) : Refusal.NotFound, cancel);
    }

    internal static async Task<Answer<View>> Handle(
        Guid id, Caller caller, SystemWork system, TimeProvider clock, CancellationToken cancel)
    {
        if (!caller.Has(Roles.Operator)) return Refusal.NotFound;
        var now = clock.GetUtcNow();
        return await system.InTransaction<Answer<View>>(async scope =>
        {
            var db = scope.GetRequiredService<NotificationsDb>();
            if (await db.AccessibilityReports.FromSql($"SELECT * FROM accessibility_report WHERE report_id = {id} FOR UPDATE")
                .FirstOrDefaultAsync(cancel) is not { } report) return Refusal.NotFound;
            if (report.HandledAt is not null) return new Refusal("accessibility-report.already-handled");
            (report.HandledAt, report.HandledBy) = (now, caller.Person);
            await db.SaveChangesAsync(cancel);
            await db.Lines.Where(line => line.SubjectId == id && line.Kind == ReportInaccessible.Kind && line.DoneAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(line => line.DoneAt, now), cancel);
            await db.Note(caller, nameof(HandleReport), id, "handled accessibility_report", now, cancel);
            return Of(report);
        }, cancel);
    }

    private static View Of(AccessibilityReport report) => new(
        report.ReportId, report.ReceivedAt, report.Page, report.Said, report.Contact, report.HandledAt);
}
