using System.Globalization;
using System.Text;
using Iop.Kernel;
using Iop.Notifications.Domain;
using Iop.Notifications.Inbox;
using Iop.Notifications.Storage;
using Iop.Notifications.Telling;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Notifications.Mailing;

/// <summary>Writes a mail's words at the last moment, in the reader's language; nothing when there is no more to
/// say.</summary>
internal sealed class WriteLetter(NotificationsDb db, LineText lines, Texts texts, IConfiguration configuration)
{
    private const int LinesMax = 50;
    private const int SubjectMax = 150;
    private readonly string _base = configuration["PublicBaseUrl"]!.TrimEnd('/');

    public async Task<Letter?> Of(Mail mail, DateTimeOffset now, CancellationToken cancel)
    {
        if (mail.LinkId is { } link) return await Link(mail, link, now, cancel);
        var today = SwedishTime.DateIn(now);
        var choice = await db.MailChoices.AsNoTracking().FirstOrDefaultAsync(
            one => one.PersonId == mail.PersonId && one.OrganisationId == mail.OrganisationId, cancel);
        var how = choice?.How ?? MailChoice.AtOnce;
        if (how == MailChoice.Never) return null;
        return mail.LineId is { } id
            ? how == MailChoice.AtOnce ? await Task(mail, id, today, cancel) : null
            : await Morning(mail, how, today, cancel);
    }

    /// <summary>No link goes to an address that the person has left. In place of one that got too old before it could leave she
    /// hears that it did, and where to ask again; word of what has happened needs no such.</summary>
    private async Task<Letter?> Link(Mail mail, Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        var link = await db.AccountLinks.AsNoTracking().FirstOrDefaultAsync(one => one.LinkId == id, cancel);
        if (link is null) return null;
        // That an address is to be proved goes to the new one, that it is another to the old one.
        var isHers = link.Kind is not ("address" or "address-changed");
        if (isHers && await db.Recipients.AnyAsync(one => one.PersonId == mail.PersonId && one.PersonVersion > link.PersonVersion
            && one.Email != link.Email, cancel)) return null;
        if (link.ExpiresAt > now) return About(mail, link, $"mail.link.{link.Kind}", $"mail.link.{link.Kind}.body", link.Path);
        return WhereToAskAgain(link.Kind) is { } page
            ? About(mail, link, "mail.link.too-old", $"mail.link.too-old.{link.Kind}", page) : null;
    }

    private static string? WhereToAskAgain(string kind) => kind switch
    {
        "password" or "welcome" => "/glomt-losenord",
        "invitation" or "second-factor" => "/logga-in",
        "address" => "/mina-uppgifter",
        _ => null,
    };

    private Letter About(Mail mail, AccountLink link, string subject, string said, string path)
    {
        var name = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = link.Name };
        var body = new StringBuilder().AppendLine(texts.Find(link.Language, "mail.greeting", name)).AppendLine()
            .AppendLine(texts.Find(link.Language, said)).AppendLine().AppendLine(_base + path);
        return new Letter(mail.MailId, link.Email, link.Name, OneLine(texts.Find(link.Language, subject)!), body.ToString());
    }

    private async Task<Letter?> Task(Mail mail, Guid id, DateOnly today, CancellationToken cancel)
    {
        var line = await db.Lines.AsNoTracking().SingleAsync(one => one.LineId == id, cancel);
        var isPutAway = await db.Dismissals.AnyAsync(one => one.LineId == id && one.PersonId == mail.PersonId
            && (one.Until == null || one.Until > today), cancel);
        if (line.DoneAt is not null || isPutAway) return null;
        var reader = (await Addressees.Of(line, db, cancel)).FirstOrDefault(one => one.PersonId == mail.PersonId);
        if (reader is null) return null;
        var said = Said(line, reader.Language, await Names([line], cancel));
        return await Written(mail, reader, said, [(said, line)], 0, cancel);
    }

    private async Task<Letter?> Morning(Mail mail, string how, DateOnly today, CancellationToken cancel)
    {
        var memberships = await db.Recipients.AsNoTracking().Where(one => one.PersonId == mail.PersonId
            && one.OrganisationId == mail.OrganisationId && one.Roles.Length > 0).ToListAsync(cancel);
        if (memberships.Count == 0) return null;
        var (reader, everything) = (memberships[0], how == MailChoice.Daily);
        var standsIn = memberships.Exists(one => one.Roles.Contains(Roles.Admin));
        var left = db.Lines.LeftToNobody(db).Select(line => line.LineId);
        var hers = db.Lines.AsNoTracking().Where(line => line.OrganisationId == mail.OrganisationId && line.DoneAt == null
            && ((standsIn && left.Contains(line.LineId)) || db.Recipients.Any(one => one.PersonId == mail.PersonId
                && one.OrganisationId == line.OrganisationId && (line.PersonId == null || line.PersonId == one.PersonId)
                && one.Roles.Length > 0 && (line.UnitId == null || one.UnitId == null || one.UnitId == line.UnitId)
                && one.Roles.Any(role => line.Roles.Length == 0 ? role != Roles.Operator : line.Roles.Contains(role)))));
        var before = await db.Mails.Where(one => one.PersonId == mail.PersonId && one.OrganisationId == mail.OrganisationId
            && one.Day < mail.Day).MaxAsync(one => one.Day, cancel);
        var back = db.Dismissals.Where(one => one.PersonId == mail.PersonId && one.Until <= mail.Day
            && (before == null || one.Until > before)).Select(one => one.LineId);
        var away = db.Dismissals.Where(one => one.PersonId == mail.PersonId && (one.Until == null || one.Until > today))
            .Select(one => one.LineId);
        var found = await hers.Where(line => back.Contains(line.LineId) || (!away.Contains(line.LineId)
                && (line.MustAct ? everything : line.Since > mail.Since && line.Since <= mail.Until)))
            .OrderByDescending(line => line.MustAct).ThenBy(line => line.Since).ThenBy(line => line.LineId)
            .ToListAsync(cancel);
        if (found.Count == 0) return null;
        var names = await Names(found, cancel);
        var shown = found.Take(LinesMax).Select(line => (Said(line, reader.Language, names), line)).ToList();
        var subject = Say(reader, found.Exists(line => line.MustAct) ? "mail.morning-with-tasks" : "mail.morning");
        return await Written(mail, reader, subject, shown, found.Count - shown.Count, cancel);
    }

    private async Task<Letter> Written(Mail mail, KnownRecipient reader, string subject,
        IReadOnlyList<(string Said, InboxLine Line)> shown, int more, CancellationToken cancel)
    {
        var body = new StringBuilder();
        body.AppendLine(Say(reader, "mail.greeting", ("name", reader.Name))).AppendLine();
        foreach (var (said, line) in shown) body.AppendLine(said).AppendLine(_base + line.Path).AppendLine();
        if (more > 0)
        {
            var count = more.ToString(CultureInfo.InvariantCulture);
            body.AppendLine(Say(reader, "mail.more", ("count", count))).AppendLine(_base + "/inkorg").AppendLine();
        }
        var organisation = await db.Organisations.Where(one => one.OrganisationId == mail.OrganisationId)
            .Select(one => one.Name).FirstOrDefaultAsync(cancel);
        body.AppendLine(Say(reader, "mail.why", ("organisation", organisation ?? Say(reader, "line.somebody"))))
            .AppendLine(_base + "/inkorg/besked");
        return new Letter(mail.MailId, reader.Email, reader.Name, OneLine(subject), body.ToString());
    }

    private string Said(InboxLine line, string language, IReadOnlyDictionary<Guid, string> names) =>
        OneLine(lines.Of(line, language, names));

    private string Say(KnownRecipient reader, string key, params ReadOnlySpan<(string Name, string Value)> words) =>
        texts.Find(reader.Language, key, Rules.Words(words)) ?? key;

    private async Task<IReadOnlyDictionary<Guid, string>> Names(List<InboxLine> of, CancellationToken cancel)
    {
        var named = of.Select(LineText.Names).OfType<Guid>().Distinct().ToList();
        return await db.Organisations.Where(known => named.Contains(known.OrganisationId))
            .ToDictionaryAsync(known => known.OrganisationId, known => known.Name, cancel);
    }

    // Titles are other people's words: whatever could begin a line or a header of its own becomes a space.
    private static string OneLine(string text)
    {
        var flat = new string([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]).Trim();
        return flat.Length <= SubjectMax ? flat : string.Concat(flat.AsSpan(0, SubjectMax - 1), "…");
    }
}
