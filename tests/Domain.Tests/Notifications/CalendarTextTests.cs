using System.Text;
using Iop.Notifications.Domain;

namespace Iop.Domain.Tests.Notifications;

/// <summary>What calendar programs read (RFC 5545).</summary>
public sealed class CalendarTextTests
{
    private static readonly CalendarDay Some = new(
        "0190@iop", new DateOnly(2026, 3, 29), "Sista dag", "https://iop.example/avtal/1/liv", 2,
        new DateTimeOffset(2026, 3, 2, 9, 0, 1, TimeSpan.Zero), false);

    [Fact]
    public void A_deadline_is_a_whole_day_that_takes_no_time()
    {
        string[] wanted =
        [
            "BEGIN:VEVENT", "UID:0190@iop", "DTSTAMP:20260302T090001Z", "LAST-MODIFIED:20260302T090001Z", "SEQUENCE:2",
            "DTSTART;VALUE=DATE:20260329", "DTEND;VALUE=DATE:20260330", // also where the hour changes
            "SUMMARY:Sista dag", "URL:https://iop.example/avtal/1/liv", "STATUS:CONFIRMED", "TRANSP:TRANSPARENT", "END:VEVENT",
        ];
        var lines = CalendarText.Of("IOP", [Some]).Split("\r\n");
        Assert.Equal(wanted, lines.SkipWhile(line => line != "BEGIN:VEVENT").TakeWhile(line => line != "END:VCALENDAR"));
        Assert.Equal(["BEGIN:VCALENDAR", "VERSION:2.0"], lines.Take(2));
        Assert.Equal(["END:VCALENDAR", ""], lines.TakeLast(2));
    }

    [Theory]
    [InlineData("2026-03-29T12:00:00Z", "20260329T120000Z", "20260329T130000Z")] // 14, after the hour has gone forward
    [InlineData("2026-10-25T00:30:00Z", "20261025T003000Z", "20261025T013000Z")] // half past two, the first time
    public void A_meeting_begins_at_an_instant_and_takes_an_hour(string at, string starts, string ends)
    {
        var text = CalendarText.Of("IOP", [Some with { StartsAt = DateTimeOffset.Parse(at, null) }]).Split("\r\n");
        Assert.Contains($"DTSTART:{starts}", text);
        Assert.Contains($"DTEND:{ends}", text);
        Assert.Contains("TRANSP:OPAQUE", text);
        Assert.DoesNotContain(text, line => line.StartsWith("DTSTART;", StringComparison.Ordinal)
            || line.StartsWith("DTEND;", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cancelled_one_says_so() =>
        Assert.Contains("\r\nSTATUS:CANCELLED\r\n", CalendarText.Of("IOP", [Some with { IsCancelled = true }]),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("a,b;c", @"a\,b\;c")]
    [InlineData(@"a\n", @"a\\n")]
    [InlineData("två\r\nrader\nalls", @"två\nrader\nalls")]
    [InlineData("BEGIN:VEVENT", "BEGIN:VEVENT")] // a colon is itself in a value
    [InlineData("klocka\a", "klocka")]
    public void What_people_wrote_stays_one_value(string title, string written)
    {
        var text = CalendarText.Of("IOP", [Some with { Summary = title }]);
        Assert.Contains($"\r\nSUMMARY:{written}\r\n", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Split("\r\nBEGIN:VEVENT\r\n").Length - 1);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("å")] // two octets
    [InlineData("€")] // three
    [InlineData("😀")] // four, and two characters in memory
    public void Long_lines_are_folded_between_characters_and_read_the_same_unfolded(string letter)
    {
        for (var length = 60; length < 160; length++)
        {
            var title = string.Concat(Enumerable.Repeat(letter, length));
            var text = CalendarText.Of("IOP", [Some with { Summary = title }]);
            Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
            Assert.DoesNotContain('\uFFFD', text);
            Assert.Contains($"SUMMARY:{title}\r\n", text.Replace("\r\n ", "", StringComparison.Ordinal),
                StringComparison.Ordinal);
        }
    }
}
