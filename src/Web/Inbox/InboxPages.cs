using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Inbox;

/// <summary>What awaits me, grouped by partnership. Lines that only tell something can be put away; the others leave when they
/// are done.</summary>
internal static class InboxPages
{
    private const string Root = "/notifications/v1/inbox";

    public static void Map(WebApplication app)
    {
        app.MapGet("/inkorg", Show);
        app.MapPost("/inkorg/{id:guid}", Dismiss);
    }

    private static async Task<IResult> Show(GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var lines = await gateway.Get<Listing<InboxLine>>(Root + "?limit=100", cancel);
        return lines.Problem is { } no ? no.AsPage(visitor) : Page.Of<InboxPage>(new { Lines = lines.Value!.Items });
    }

    private static async Task<IResult> Dismiss(
        Guid id, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var answer = await gateway.Act<object>(HttpMethod.Post, $"{Root}/{id}/dismissal", null, form.Tag, form.Key, cancel);
        return answer.Problem is { } no ? no.AsPage(visitor) : Page.Done("/inkorg", "line-dismissed");
    }
}

public sealed record InboxLine(
    Guid Id, string Kind, string Text, string? PartnershipTitle, string? Title, string? Path, DateTimeOffset Since, bool MustAct);
