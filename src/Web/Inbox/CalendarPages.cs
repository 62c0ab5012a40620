using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Inbox;

/// <summary>Deadlines in one's own calendar program, at a secret address that can be renewed and taken back.</summary>
internal static class CalendarPages
{
    private const string Root = "/notifications/v1/calendar-feed";
    private const string Here = "/inkorg/kalender";

    public static void Map(WebApplication app)
    {
        app.MapGet(Here, Show);
        app.MapPost(Here, Renew);
        app.MapPost(Here + "/avsluta", TakeBack);
    }

    private static async Task<IResult> Show(GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var feed = await gateway.Get<CalendarFeed>(Root, cancel);
        return feed.Problem is { } no ? no.AsPage(visitor) : Shown(feed.Value!, visitor);
    }

    // The address is in this answer and nowhere else, so the page is not left by a redirect.
    private static async Task<IResult> Renew(Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var feed = await gateway.Act<CalendarFeed>(HttpMethod.Put, Root, null, form.Tag, form.Key, cancel);
        return feed.Problem is { } no ? no.AsPage(visitor) : Shown(feed.Value!, visitor);
    }

    private static async Task<IResult> TakeBack(Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var feed = await gateway.Act<CalendarFeed>(HttpMethod.Delete, Root, null, form.Tag, form.Key, cancel);
        return feed.Problem is { } no ? no.AsPage(visitor) : Page.Done(Here, "calendar-taken-back");
    }

    private static IResult Shown(CalendarFeed feed, Visitor visitor) =>
        Page.Of<CalendarPage>(new { Feed = feed, Organisation = visitor.Person?.Acting?.Organisation ?? "" });
}

public sealed record CalendarFeed(DateTimeOffset? RenewedAt, DateTimeOffset? ReadAt, string? Address, string FeedTag);
