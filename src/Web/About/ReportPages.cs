using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.About;

/// <summary>Somebody tells that a page cannot be used, and the operator who reads it marks it handled.</summary>
internal static class ReportPages
{
    private const string Root = "/notifications/v1/accessibility-reports";

    public static void Map(WebApplication app)
    {
        app.MapPost("/om/tillganglighet", Report);
        app.MapGet("/drift/tillganglighet/{id:guid}", Show);
        app.MapPost("/drift/tillganglighet/{id:guid}", Handle);
    }

    private static async Task<IResult> Report(Filled form, GatewayCalls gateway, CancellationToken cancel)
    {
        var answer = await gateway.Ask<object>(
            Root, new { said = form.Text("said") ?? "", page = form.Text("page"), contact = form.Text("contact") }, cancel);
        return answer.Problem is { } no
            ? Page.Of<AccessibilityStatement>(new { Form = form.With(no) }, no.Status)
            : Page.Done("/om/tillganglighet", "inaccessible-reported");
    }

    private static async Task<IResult> Show(Guid id, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var report = await gateway.Get<Inaccessible>($"{Root}/{id}", cancel);
        return report.Problem is { } no ? no.AsPage(visitor) : Page.Of<ReportPage>(new { Report = report.Value! });
    }

    private static async Task<IResult> Handle(
        Guid id, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var answer = await gateway.Act<Inaccessible>(HttpMethod.Post, $"{Root}/{id}/handled", null, null, form.Key, cancel);
        return answer.Problem is { } no ? no.AsPage(visitor) : Page.Done("/inkorg", "report-handled");
    }
}

public sealed record Inaccessible(
    Guid Id, DateTimeOffset ReceivedAt, string? Page, string Said, string? Contact, DateTimeOffset? HandledAt);
