using System.Globalization;
using Iop.Agreements.Domain.Life;
using Iop.Kernel;

namespace Iop.Domain.Tests.Agreements;

/// <summary>Notice in months, as a table a lawyer can check (lag 1930:173, 1 §: the day with the same number, or the last day of
/// a month that has none).</summary>
public sealed class NoticePeriodTests
{
    [Theory]
    //          the term ends  months  last date of notice
    [InlineData("2026-12-31", 6, "2026-06-30")] // the everyday case: half a year before New Year
    [InlineData("2026-12-31", 3, "2026-09-30")]
    [InlineData("2026-12-31", 1, "2026-11-30")]
    [InlineData("2026-06-30", 6, "2025-12-31")] // 31 December runs out on 30 June: June has no 31st
    [InlineData("2026-06-30", 1, "2026-05-31")]
    [InlineData("2026-06-29", 1, "2026-05-29")] // from the 30th it would run out on the 30th: a day too late
    [InlineData("2027-02-28", 1, "2027-01-31")] // 28, 29, 30 and 31 January all run out on 28 February
    [InlineData("2028-02-29", 1, "2028-01-31")] // a leap day
    [InlineData("2028-02-28", 1, "2028-01-28")] // the day before one
    [InlineData("2028-02-29", 12, "2027-02-28")] // a year before a leap day
    [InlineData("2029-02-28", 12, "2028-02-29")] // 29 February 2028 runs out on 28 February 2029
    [InlineData("2026-04-30", 2, "2026-02-28")]
    [InlineData("2028-04-30", 2, "2028-02-29")]
    [InlineData("2026-03-31", 1, "2026-02-28")]
    [InlineData("2026-10-25", 6, "2026-04-25")] // the night the hour is turned back
    [InlineData("2026-03-29", 3, "2025-12-29")] // the night the hour is turned forward
    [InlineData("2026-12-31", 0, "2026-12-31")] // none: any day of the term
    [InlineData("2026-12-31", 60, "2021-12-31")]
    public void The_last_date_of_notice(string end, int months, string lastDate)
    {
        var notice = new NoticePeriod(months);
        Assert.Equal(Day(lastDate), notice.LastDateFor(Day(end)));
        // In time on the last date, too late the day after.
        Assert.True(notice.EndsAfter(Day(lastDate)) <= Day(end));
        Assert.True(notice.EndsAfter(Day(lastDate).AddDays(1)) > Day(end));
    }

    [Theory]
    //          given          months  last day under notice
    [InlineData("2026-03-02", 6, "2026-09-02")]
    [InlineData("2026-08-31", 6, "2027-02-28")]
    [InlineData("2027-08-31", 6, "2028-02-29")]
    [InlineData("2028-02-29", 12, "2029-02-28")]
    [InlineData("2026-01-31", 1, "2026-02-28")]
    [InlineData("2026-03-02", 0, "2026-03-02")]
    public void The_last_day_under_notice(string given, int months, string lastDay) =>
        Assert.Equal(Day(lastDay), new NoticePeriod(months).EndsAfter(Day(given)));

    [Fact]
    public void Whatever_the_end_and_the_months_the_last_date_is_the_last_that_is_in_time()
    {
        for (var end = new DateOnly(2026, 1, 1); end < new DateOnly(2030, 1, 1); end = end.AddDays(1))
        {
            foreach (var months in new[] { 0, 1, 2, 3, 6, 9, 12, 18, 24, 36 })
            {
                var notice = new NoticePeriod(months);
                var last = notice.LastDateFor(end);
                Assert.True(notice.EndsAfter(last) <= end && notice.EndsAfter(last.AddDays(1)) > end, $"{end:O} {months}");
            }
        }
    }

    [Theory]
    //          the instant               the Swedish day  last day under three months' notice
    [InlineData("2026-06-30T21:59:59Z", "2026-06-30", "2026-09-30")] // a second before midnight, summer time
    [InlineData("2026-06-30T22:00:00Z", "2026-07-01", "2026-10-01")] // midnight: a new day
    [InlineData("2026-12-31T22:59:59Z", "2026-12-31", "2027-03-31")] // winter time
    [InlineData("2026-12-31T23:00:00Z", "2027-01-01", "2027-04-01")]
    [InlineData("2026-03-28T23:00:00Z", "2026-03-29", "2026-06-29")] // the day of 23 hours begins
    [InlineData("2026-03-29T21:59:59Z", "2026-03-29", "2026-06-29")] // and ends, in summer time
    [InlineData("2026-03-29T22:00:00Z", "2026-03-30", "2026-06-30")]
    [InlineData("2026-10-24T22:00:00Z", "2026-10-25", "2027-01-25")] // the day of 25 hours begins
    [InlineData("2026-10-25T22:59:59Z", "2026-10-25", "2027-01-25")] // and ends, in winter time
    [InlineData("2026-10-25T23:00:00Z", "2026-10-26", "2027-01-26")]
    public void The_day_is_the_Swedish_one_also_at_midnight_and_when_the_hour_changes(string instant, string day, string lastDay)
    {
        var today = SwedishTime.DateIn(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture));
        Assert.Equal(Day(day), today);
        Assert.Equal(Day(lastDay), new NoticePeriod(3).EndsAfter(today));
    }

    [Theory]
    //          term                          renews  months  given          it ends
    [InlineData("2026-01-01", "2026-12-31", false, 3, "2026-03-02", "2026-06-02")] // notice within the term
    [InlineData("2026-01-01", "2026-12-31", false, 3, "2026-11-02", "2026-12-31")] // it ends before the notice has run out
    [InlineData("2026-01-01", "2026-12-31", true, 3, "2026-03-02", "2026-12-31")] // with its term
    [InlineData("2026-01-01", "2026-12-31", true, 3, "2026-09-30", "2026-12-31")] // on the last date
    [InlineData("2026-01-01", "2026-12-31", true, 3, "2026-10-01", "2027-12-31")] // a day late: one term more
    [InlineData("2026-03-01", "2027-02-28", true, 1, "2027-02-01", "2028-02-29")] // the end of a month stays one
    [InlineData("2026-01-01", null, false, 6, "2026-08-31", "2027-02-28")] // until further notice
    public void When_an_agreement_ends_that_notice_is_given_of(string from, string? to, bool renews, int months, string given,
        string ends) => Assert.Equal(
            Day(ends), new Term(Day(from), to is null ? null : Day(to), renews, months, 12).EndsAfterNotice(Day(given)));

    [Fact]
    public void Without_a_period_of_notice_there_is_no_last_date_and_no_notice()
    {
        var term = new Term(Day("2026-01-01"), Day("2026-12-31"), false, null, 12);
        Assert.Null(term.LastDateOfNotice);
        Assert.Null(term.EndsAfterNotice(Day("2026-03-02")));
    }

    [Theory]
    //          days left  the reminder
    [InlineData(181, null)]
    [InlineData(180, 180)]
    [InlineData(91, 180)]
    [InlineData(90, 90)]
    [InlineData(30, 30)]
    [InlineData(0, 30)]
    [InlineData(-1, null)]
    public void The_nearest_reminder_speaks(int left, int? reminder) => Assert.Equal(
        reminder, NoticeReminders.Due(Day("2026-09-30"), Day("2026-09-30").AddDays(-left)));

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
