using Iop.Kernel;
using Iop.Notifications.Domain;
using Iop.Notifications.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Calendar;

/// <summary>A calendar program reads a person's deadlines. The address is the proof of who asks, and it leads nowhere when the
/// person has left the organisation.</summary>
internal static class ReadCalendar
{
    private const int DaysBack = 90;
    private const int DaysMax = 2000;

    public sealed record None;

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/calendars/{secret}", Handle).WithName(nameof(ReadCalendar))
        .AllowAnonymous().Produces(StatusCodes.Status200OK, contentType: "text/calendar");

    internal static async Task<IResult> Handle(string secret, SystemWork system, Texts texts, IConfiguration configuration,
        TimeProvider clock, HttpResponse response, CancellationToken cancel)
    {
        var hash = CalendarFeed.HashOf(secret);
        var text = await system.InTransaction(async scope =>
        {
            var db = scope.GetRequiredService<NotificationsDb>();
            var feed = await db.CalendarFeeds.AsNoTracking().FirstOrDefaultAsync(one => one.AddressHash == hash, cancel);
            if (feed is null) return null;
            var memberships = (await db.Recipients.AsNoTracking()
                    .Where(one => one.PersonId == feed.PersonId && one.OrganisationId == feed.OrganisationId).ToListAsync(cancel))
                .FindAll(one => one.Roles.Any(role => role != Roles.Operator));
            if (memberships.Count == 0) return null;
            var now = clock.GetUtcNow();
            await db.CalendarFeeds.Where(one => one.AddressHash == hash)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.ReadAt, now), cancel);
            var days = await Days(db, memberships, clock.Today().AddDays(-DaysBack), cancel);
            return Written(days, memberships[0].Language, texts, configuration["PublicBaseUrl"]?.TrimEnd('/') ?? "");
        }, cancel);
        if (text is null) return (Answer<None>)Refusal.NotFound;
        response.Headers.CacheControl = "private, no-store";
        return TypedResults.Text(text, "text/calendar; charset=utf-8");
    }

    /// <summary>Those of the circles that the person's units are in, and have not left.</summary>
    private static async Task<List<KeptDeadline>> Days(
        NotificationsDb db, List<KnownRecipient> memberships, DateOnly from, CancellationToken cancel)
    {
        var organisation = memberships[0].OrganisationId;
        var units = memberships.Where(one => one.UnitId is not null).Select(one => one.UnitId).ToList();
        var whole = memberships.Exists(one => one.UnitId is null);
        var mine = db.Members.Where(one => one.OrganisationId == organisation
            && (whole || one.UnitId == null || units.Contains(one.UnitId)));
        var standings = db.Standings.Where(one => one.OrganisationId == organisation);
        return await db.Deadlines.AsNoTracking().Where(one => one.FallsOn >= from)
            .Where(one => mine.Any(member => member.CircleId == one.CircleId
                && (!standings.Any(at => at.CircleId == one.CircleId)
                    || standings.Any(at => at.CircleId == one.CircleId && !at.HasLeft
                        && (member.UnitId == null || at.UnitId == null || at.UnitId == member.UnitId)))))
            .OrderBy(one => one.FallsOn).ThenBy(one => one.DeadlineId).Take(DaysMax).ToListAsync(cancel);
    }

    private static string Written(List<KeptDeadline> days, string language, Texts texts, string home) => CalendarText.Of(
        texts.Find(language, "calendar.name")!,
        days.Select(day => new CalendarDay($"{day.DeadlineId}@iop", day.FallsOn!.Value,
            texts.Find(language, $"deadline.{day.Kind}", Telling.Rules.Words(("title", day.Title)))!, home + day.Path,
            day.Revision, day.ChangedAt, day.IsCancelled) { StartsAt = day.StartsAt }));
}
