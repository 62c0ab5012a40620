using Iop.Kernel;
using Iop.Notifications.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Calendar;

/// <summary>A person gets an address that calendar programs can read (prenumererar på frister), gets a new one, or takes it
/// back.</summary>
internal static class ChooseCalendar
{
    /// <param name="RenewedAt">When the address was made; none without one.</param>
    /// <param name="ReadAt">When a program last asked.</param>
    /// <param name="Address">Shown when it is made, and never again.</param>
    public sealed record View(DateTimeOffset? RenewedAt, DateTimeOffset? ReadAt, string? Address, string FeedTag);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/calendar-feed", Show).WithName("ShowCalendarFeed");
        api.MapPut("/calendar-feed", Renew).WithName("RenewCalendarFeed");
        api.MapDelete("/calendar-feed", TakeBack).WithName("TakeBackCalendarFeed");
    }

    internal static async Task<Answer<View>> Show(Caller caller, NotificationsDb db, CancellationToken cancel)
    {
        var feed = await Own(caller, db, cancel);
        return Answers.Ok(Of(feed, null), feed?.Version ?? 0);
    }

    // No stored answer: the address is in this one and nowhere else.
    internal static async Task<Answer<View>> Renew(Caller caller, IfMatch ifMatch, NotificationsDb db,
        IConfiguration configuration, TimeProvider clock, CancellationToken cancel)
    {
        await db.OneAtATime($"calendar:{caller.Person}:{caller.Organisation}", cancel);
        var feed = await Own(caller, db, cancel);
        if (ifMatch.Misses(feed?.Version ?? 0) is { } stale) return stale;
        if (feed is null)
            db.Add(feed = new CalendarFeed { PersonId = caller.Person, OrganisationId = caller.Organisation });
        var secret = feed.Renew(clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(
            Of(feed, $"{configuration["PublicBaseUrl"]?.TrimEnd('/')}/notifications/v1/calendars/{secret}"), feed.Version);
    }

    internal static async Task<Answer<View>> TakeBack(
        Caller caller, IfMatch ifMatch, NotificationsDb db, CancellationToken cancel)
    {
        if (await Own(caller, db, cancel) is not { } feed) return Refusal.NotFound;
        if (ifMatch.Misses(feed.Version) is { } stale) return stale;
        if (feed.TakeBack() is { } no) return no;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(Of(feed, null), feed.Version);
    }

    private static Task<CalendarFeed?> Own(Caller caller, NotificationsDb db, CancellationToken cancel) =>
        db.CalendarFeeds.FirstOrDefaultAsync(
            one => one.PersonId == caller.Person && one.OrganisationId == caller.Organisation, cancel);

    private static View Of(CalendarFeed? feed, string? address) => new(
        feed?.AddressHash is null ? null : feed.RenewedAt, feed?.ReadAt, address,
        (feed?.Version ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture));
}
