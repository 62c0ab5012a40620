using System.Globalization;
using Iop.Kernel;
using Iop.Notifications.Domain;
using Iop.Notifications.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Inbox;

/// <summary>What awaits the caller's organisation in the caller's roles (inkorg): what demands an act first, then news not put
/// away.</summary>
internal static class ListInbox
{
    public sealed record Item(
        Guid Id, string Kind, string Text, Guid? PartnershipId, string? PartnershipTitle, string? Title, string SubjectKind,
        Guid SubjectId, string Path,
        DateTimeOffset Since, bool MustAct);

    public sealed record View(IReadOnlyList<Item> Items, int Total);

    public sealed record Count(int MustAct, int Unread);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/inbox", Handle).WithName(nameof(ListInbox));
        api.MapGet("/inbox/count", HandleCount).WithName("CountInbox");
    }

    internal static async Task<Answer<View>> Handle(
        Caller caller, Paging paging, HttpRequest request, LineText text, NotificationsDb db, TimeProvider clock,
        CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        var lines = db.Lines.SeenBy(caller, db, clock.Today());
        var total = await lines.CountAsync(cancel);
        if (After(paging.After) is var (mustAct, since, id))
        {
            lines = lines.Where(line => (mustAct && !line.MustAct)
                || (line.MustAct == mustAct && (line.Since < since || (line.Since == since && line.LineId.CompareTo(id) < 0))));
        }
        var page = await lines.OrderByDescending(line => line.MustAct).ThenByDescending(line => line.Since)
            .ThenByDescending(line => line.LineId)
            .Skip(paging.Skip).Take(paging.Limit + 1).AsNoTracking().ToListAsync(cancel);
        var shown = page.Take(paging.Limit).ToList();
        var next = page.Count > paging.Limit ? Paging.Next(request, Key(shown[^1])) : null;
        return Answers.Page(new View(await Items(shown, await Language(caller, request, db, cancel), text, db, cancel), total),
            next);
    }

    internal static async Task<Answer<Count>> HandleCount(
        Caller caller, NotificationsDb db, TimeProvider clock, CancellationToken cancel)
    {
        var counts = await db.Lines.SeenBy(caller, db, clock.Today()).GroupBy(line => line.MustAct)
            .Select(lines => new { MustAct = lines.Key, Count = lines.Count() })
            .ToDictionaryAsync(lines => lines.MustAct, lines => lines.Count, cancel);
        return new Count(counts.GetValueOrDefault(true), counts.GetValueOrDefault(false));
    }

    /// <summary>Open lines for the caller that the caller has not put away; the database leaves out other
    /// organisations'.</summary>
    internal static IQueryable<InboxLine> SeenBy(
        this IQueryable<InboxLine> lines, Caller caller, NotificationsDb db, DateOnly today) =>
        lines.For(caller, db).Where(line => line.DoneAt == null
            && !db.Dismissals.Any(dismissal => dismissal.LineId == line.LineId && dismissal.PersonId == caller.Person
                && (dismissal.Until == null || dismissal.Until > today)));

    /// <summary>Lines for one of the caller's roles, or for the caller alone. An administrator stands in where nobody holds the
    /// role: what the one who left was asked is not lost.</summary>
    internal static IQueryable<InboxLine> For(this IQueryable<InboxLine> lines, Caller caller, NotificationsDb db)
    {
        var roles = caller.Roles.ToArray();
        var standsIn = caller.Has(Roles.Admin);
        return lines.Where(line => ((line.PersonId == null || line.PersonId == caller.Person)
                && (line.Roles.Length == 0 || line.Roles.Any(role => roles.Contains(role))))
            || (standsIn && line.MustAct && !db.Recipients.Any(one => one.OrganisationId == line.OrganisationId
                && one.Roles.Length > 0 && (line.UnitId == null || one.UnitId == null || one.UnitId == line.UnitId)
                && (line.PersonId == null || line.PersonId == one.PersonId)
                && (line.Roles.Length == 0 || line.Roles.Any(role => one.Roles.Contains(role))))));
    }

    private static async Task<IReadOnlyList<Item>> Items(
        List<InboxLine> lines, string language, LineText text, NotificationsDb db, CancellationToken cancel)
    {
        var named = lines.Select(LineText.Names).OfType<Guid>().Distinct().ToList();
        var names = await db.Organisations.Where(known => named.Contains(known.OrganisationId))
            .ToDictionaryAsync(known => known.OrganisationId, known => known.Name, cancel);
        var circles = lines.Select(line => line.CircleId).OfType<Guid>().Distinct().ToList();
        var titles = await db.Circles.Where(circle => circles.Contains(circle.CircleId))
            .ToDictionaryAsync(circle => circle.CircleId, circle => circle.Title, cancel);
        return
        [
            .. lines.Select(line => new Item(
                line.LineId, line.Kind, text.Of(line, language, names), InPartnership(line) ? line.CircleId : null,
                line.CircleId is { } circle ? titles.GetValueOrDefault(circle) : null, line.Arguments.GetValueOrDefault("title"),
                line.SubjectKind, line.SubjectId, line.Path, line.Since, line.MustAct)),
        ];
    }

    // The others' circle is an outcome contract.
    private static bool InPartnership(InboxLine line) => line.SubjectKind is not ("contract" or "measurement" or "obligation");

    /// <summary>What the request asks for; else the language the person has chosen.</summary>
    private static async Task<string> Language(Caller caller, HttpRequest request, NotificationsDb db, CancellationToken cancel)
    {
        if (request.Headers.AcceptLanguage.Count > 0) return Texts.LanguageOf(request);
        var chosen = db.Database.SqlQuery<string>($"""
            SELECT language AS "Value" FROM recipient WHERE person_id = {caller.Person} LIMIT 1
            """);
        return await chosen.FirstOrDefaultAsync(cancel) ?? "sv";
    }

    private static string Key(InboxLine line) =>
        string.Create(CultureInfo.InvariantCulture, $"{(line.MustAct ? 1 : 0)}|{line.Since.UtcTicks}|{line.LineId}");

    private static (bool MustAct, DateTimeOffset Since, Guid Id)? After(string? key) =>
        key?.Split('|') is [var act, var ticks, var id] && long.TryParse(ticks, CultureInfo.InvariantCulture, out var at)
            && at is >= 0 and < 3_155_378_975_999_999_999 && Guid.TryParse(id, out var parsed)
            ? (act == "1", new DateTimeOffset(at, TimeSpan.Zero), parsed) : null;
}
