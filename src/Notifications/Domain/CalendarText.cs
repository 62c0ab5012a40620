using System.Globalization;
using System.Text;

namespace Iop.Notifications.Domain;

/// <summary>A day to keep, as calendar programs hear of it.</summary>
/// <param name="Uid">The same as long as it is the same deadline, whatever day it moves to.</param>
/// <param name="On">The whole day.</param>
/// <param name="Summary">What it is.</param>
/// <param name="Address">Its page.</param>
/// <param name="Revision">Grows when it moves or is cancelled.</param>
/// <param name="ChangedAt">When that was.</param>
/// <param name="IsCancelled">It is no more; calendars that have it take it away.</param>
public sealed record CalendarDay(
    string Uid, DateOnly On, string Summary, string Address, int Revision, DateTimeOffset ChangedAt, bool IsCancelled)
{
    /// <summary>When it begins on its day, and takes time; none for a whole day, which it does not take.</summary>
    public DateTimeOffset? StartsAt { get; init; }
}

/// <summary>Writes a calendar as RFC 5545 says: CRLF, lines of at most 75 octets, text escaped.</summary>
public static class CalendarText
{
    private const int OctetsMax = 75;
    private const string AskAgainAfter = "PT4H";

    // How long a meeting is, is not known. Without an end it would be over as it begins (RFC 5545, 3.6.1), and take no time.
    private static readonly TimeSpan MeetingTakes = TimeSpan.FromHours(1);

    public static string Of(string name, IEnumerable<CalendarDay> days)
    {
        var text = new StringBuilder();
        Line(text, "BEGIN", "VCALENDAR");
        Line(text, "VERSION", "2.0");
        Line(text, "PRODID", "-//IOP//Deadlines//SV");
        Line(text, "CALSCALE", "GREGORIAN");
        Line(text, "METHOD", "PUBLISH");
        Line(text, "X-WR-CALNAME", Escaped(name));
        Line(text, "REFRESH-INTERVAL;VALUE=DURATION", AskAgainAfter);
        Line(text, "X-PUBLISHED-TTL", AskAgainAfter);
        foreach (var day in days) Write(text, day);
        Line(text, "END", "VCALENDAR");
        return text.ToString();
    }

    private static void Write(StringBuilder text, CalendarDay day)
    {
        Line(text, "BEGIN", "VEVENT");
        Line(text, "UID", day.Uid);
        Line(text, "DTSTAMP", Instant(day.ChangedAt));
        Line(text, "LAST-MODIFIED", Instant(day.ChangedAt));
        Line(text, "SEQUENCE", day.Revision.ToString(CultureInfo.InvariantCulture));
        if (day.StartsAt is { } at)
        {
            Line(text, "DTSTART", Instant(at)); // an instant: every calendar shows it as its own clock does
            Line(text, "DTEND", Instant(at + MeetingTakes));
        }
        else
        {
            Line(text, "DTSTART;VALUE=DATE", Date(day.On));
            Line(text, "DTEND;VALUE=DATE", Date(day.On.AddDays(1))); // the first day after it
        }
        Line(text, "SUMMARY", Escaped(day.Summary));
        Line(text, "URL", day.Address);
        Line(text, "STATUS", day.IsCancelled ? "CANCELLED" : "CONFIRMED");
        Line(text, "TRANSP", day.StartsAt is null ? "TRANSPARENT" : "OPAQUE"); // a whole day is not taken by it
        Line(text, "END", "VEVENT");
    }

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Date(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => new StringBuilder(text).Replace("\\", "\\\\").Replace(";", "\\;")
        .Replace(",", "\\,").Replace("\r\n", "\\n").Replace("\n", "\\n").Replace("\r", "\\n").ToString();

    // Folded between characters, never within one: a line that goes on begins with a space.
    private static void Line(StringBuilder text, string name, string value)
    {
        var octets = 0;
        foreach (var rune in $"{name}:{value}".EnumerateRunes())
        {
            if (Rune.IsControl(rune)) continue;
            if (octets + rune.Utf8SequenceLength > OctetsMax)
            {
                text.Append("\r\n ");
                octets = 1;
            }
            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        text.Append("\r\n");
    }
}
