using Iop.Kernel;
using Iop.Notifications.Domain;
using Iop.Notifications.Mailing;
using Iop.Notifications.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Reporting;

/// <summary>Anybody tells that something cannot be used (anmäler en brist i tillgängligheten). The operators get it in their
/// inbox.</summary>
internal static class ReportInaccessible
{
    public const string Kind = "accessibility-report";
    private const int SaidMax = 4000;
    private const int PageMax = 300;
    private const int ContactMax = 200;
    private const int PerDayMax = 200;

    // The operating organisation, there from the start.
    private static readonly Guid Operating = new("00000000-0000-7000-8000-000000000001");

    public sealed record Request(string? Said, string? Page = null, string? Contact = null);

    public sealed record Received(Guid Id, DateTimeOffset ReceivedAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/accessibility-reports", Handle).WithName(nameof(ReportInaccessible)).AllowAnonymous();

    internal static async Task<Answer<Received>> Handle(
        Request request, SystemWork system, TimeProvider clock, CancellationToken cancel)
    {
        if (new Fields().Text("said", request.Said, SaidMax).OptionalText("page", request.Page, PageMax)
            .OptionalText("contact", request.Contact, ContactMax).Refusal is { } malformed) return malformed;
        var now = clock.GetUtcNow();
        return await system.InTransaction<Answer<Received>>(async scope =>
        {
            var db = scope.GetRequiredService<NotificationsDb>();
            await db.OneAtATime(Kind, cancel);
            var today = now - TimeSpan.FromDays(1);
            if (await db.AccessibilityReports.CountAsync(one => one.ReceivedAt > today, cancel) >= PerDayMax)
                return new Refusal("accessibility-report.too-many", RefusalKind.Unavailable);
            var report = new AccessibilityReport
            {
                ReportId = Guid.CreateVersion7(now), ReceivedAt = now, Page = Trimmed(request.Page), Said = request.Said!.Trim(),
                Contact = Trimmed(request.Contact),
            };
            var line = new InboxLine
            {
                LineId = Guid.CreateVersion7(now), OrganisationId = Operating, Roles = [Roles.Operator], Kind = Kind,
                Arguments = new Dictionary<string, string>(StringComparer.Ordinal), Matter = $"{Kind}:{report.ReportId}",
                Whose = Operating, Occasion = 1, SubjectKind = Kind, SubjectId = report.ReportId,
                Path = $"/drift/tillganglighet/{report.ReportId}", Since = now, MustAct = true,
            };
            db.AddRange(report, line);
            await db.SaveChangesAsync(cancel);
            await scope.GetRequiredService<QueueMail>().About(line, now, cancel);
            await db.SaveChangesAsync(cancel);
            return new Received(report.ReportId, now);
        }, cancel);
    }

    private static string? Trimmed(string? text) => text?.Trim() is { Length: > 0 } said ? said : null;
}
