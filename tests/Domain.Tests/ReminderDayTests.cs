using System.Globalization;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Domain.Plans;
using Iop.Domain.Tests.Agreements;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Indicators;
using Iop.FollowUp.Domain.Measuring;
using Iop.FollowUp.Domain.Meetings;
using Iop.Kernel;
using Iop.Notifications.Tests;
using Iop.Registry.Domain;
using Calendar = Iop.Agreements.Domain.Life.Calendar;
using PartnershipRef = Iop.FollowUp.Domain.PartnershipRef;

namespace Iop.Domain.Tests;

/// <summary>On which day each rule that waits for one begins to tell, and that it does not the day before. The first row of a
/// rule is an everyday one, others are nights on which the hour changes.</summary>
public sealed class ReminderDayTests
{
    private static readonly string[] Days =
    [
        // rule, counts from, told on
        "NoticeDate       2026-12-31 2026-07-04", // 180 days before
        "NoticeDate       2026-12-31 2026-10-02", // 90
        "NoticeDate       2026-12-31 2026-12-01", // 30
        "NoticeDate       2026-09-25 2026-03-29", // the hour goes forward
        "NoticeDate       2027-01-23 2026-10-25", // the hour goes back
        "End              2026-12-31 2026-07-04",
        "End              2026-12-31 2026-10-02",
        "End              2026-12-31 2026-12-01",
        "End              2026-09-25 2026-03-29",
        "End              2026-11-24 2026-10-25",
        "TalkSoon         2026-06-15 2026-06-08",
        "TalkSoon         2026-04-05 2026-03-29",
        "TalkSoon         2026-11-01 2026-10-25",
        "TalkWasHeld      2026-06-15 2026-06-16",
        "TalkWasHeld      2026-03-28 2026-03-29",
        "TalkWasHeld      2026-10-24 2026-10-25",
        "Turn             2027-03-31 2027-04-01", // ends after its last day
        "Report           2026-06-30 2026-06-23", // soon
        "Report           2026-06-30 2026-07-01", // overdue
        "Report           2026-04-05 2026-03-29",
        "Report           2026-10-24 2026-10-25",
        "Measurement      2026-06-30 2026-07-01", // due
        "Measurement      2026-06-30 2026-07-31", // overdue
        "Measurement      2026-03-28 2026-03-29",
        "Measurement      2026-10-24 2026-10-25",
        "PlanTurn         2026-12-31 2026-12-01",
        "PlanTurn         2026-04-28 2026-03-29",
        "PlanTurn         2026-11-24 2026-10-25",
        "YearGone         2026-01-01 2027-02-01",
        "GuestEnds        2026-06-30 2026-06-23",
        "GuestEnds        2026-04-05 2026-03-29",
        "GuestEnds        2026-11-01 2026-10-25",
        "EntryUnconfirmed 2025-03-02 2026-03-02",
        "EntryUnconfirmed 2025-03-29 2026-03-29",
        "EntryUnconfirmed 2025-10-25 2026-10-25",
        "EntryUnconfirmed 2024-02-29 2025-02-28", // a leap day
        "Meeting          2026-06-15 2026-06-14",
        "Meeting          2026-03-30 2026-03-29", // the hour goes forward the day before
        "Meeting          2026-10-26 2026-10-25",
        "Meeting          2026-03-29 2026-03-28", // and on the day itself
        "MeetingAction    2026-06-15 2026-06-14",
        "MeetingAction    2026-03-30 2026-03-29",
        "MeetingAction    2026-10-26 2026-10-25",
    ];

    public static TheoryData<string, string, string> Rows()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (var row in Days.Select(day => day.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            rows.Add(row[0], row[1], row[2]);
        return rows;
    }

    [Fact]
    public void Every_rule_has_its_rows() => Assert.Equal(
        Enum.GetNames<ClockRule>().Where(rule => rule != nameof(ClockRule.None)).Order(StringComparer.Ordinal),
        Days.Select(day => day.Split(' ')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Told_on_its_day_and_not_the_day_before(string rule, string from, string on)
    {
        var (which, counted, day) = (Enum.Parse<ClockRule>(rule), Day(from), Day(on));
        var told = Told(which, counted, day);
        Assert.NotNull(told);
        Assert.NotEqual(told, Told(which, counted, day.AddDays(-1)));
        Assert.Equal(told, Told(which, counted, day.AddDays(1))); // whoever rings late says the same
    }

    /// <summary>The timer's instant belongs to the day, and the moment before it to the day before, also where the day has 23 or
    /// 25 hours.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void The_timer_rings_when_the_Swedish_day_begins(string rule, string from, string on)
    {
        Assert.NotNull(rule + from);
        var (day, rings) = (Day(on), SwedishTime.StartOf(Day(on)));
        Assert.Equal(day, SwedishTime.DateIn(rings));
        Assert.Equal(day.AddDays(-1), SwedishTime.DateIn(rings.AddTicks(-1)));
    }

    [Theory]
    [InlineData("2026-03-29", "2026-03-28T23:00:00Z")] // 23 hours long
    [InlineData("2026-03-30", "2026-03-29T22:00:00Z")]
    [InlineData("2026-10-25", "2026-10-24T22:00:00Z")] // 25 hours long
    [InlineData("2026-10-26", "2026-10-25T23:00:00Z")]
    public void The_days_begin_where_the_hour_changes(string day, string instant) =>
        Assert.Equal(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), SwedishTime.StartOf(Day(day)));

    /// <summary>Where a last date of notice reminds, the end does so only after it; and an agreement that is over reminds
    /// nobody.</summary>
    [Theory]
    [InlineData(AgreementState.InForce, null, "2026-07-04 2026-10-02 2026-12-01")]
    [InlineData(AgreementState.InForce, 1, "2026-12-01")] // last date 30 November
    [InlineData(AgreementState.InForce, 3, "2026-10-02 2026-12-01")] // 30 September
    [InlineData(AgreementState.InForce, 6, "2026-07-04 2026-10-02 2026-12-01")] // 30 June
    [InlineData(AgreementState.InForce, 0, "")] // the last day is the last date
    [InlineData(AgreementState.NoticeGiven, 6, "2026-07-04 2026-10-02 2026-12-01")]
    [InlineData(AgreementState.Signed, null, "")]
    [InlineData(AgreementState.Ended, null, "")]
    public void The_end_reminds_where_no_last_date_of_notice_lies_ahead(AgreementState state, int? months, string days)
    {
        var term = new Term(Day("2026-01-01"), Day("2026-12-31"), false, months, 12);
        Assert.Equal(days, string.Join(' ', EndReminders.Days(state, term)
            .Select(day => day.ToString("O", CultureInfo.InvariantCulture))));
        Assert.Null(EndReminders.Due(state, term, Day("2027-01-01"))); // after the last day
    }

    [Fact]
    public void A_report_that_is_made_and_a_plan_that_has_closed_await_nothing_more()
    {
        var (plan, indicator) = (Plan("2026-12-31"), Indicator());
        Assert.True(indicator.IsNews(indicator.NextReport(plan), Day("2026-03-02")));
        Assert.False(indicator.IsNews(indicator.NextReport(plan), Day("2026-03-03"))); // told once
        Assert.True(indicator.IsNews(indicator.NextReport(plan), Day("2026-06-24")));
        Assert.Null(indicator.Take("2026-H1", new ReportedFigure(1, null, null), null,
            new Actor(Guid.NewGuid(), Guid.NewGuid(), null), SwedishTime.StartOf(Day("2026-06-25"))));
        Assert.Equal(Day("2026-12-31"), indicator.NextReport(plan)!.On);
        Assert.True(indicator.IsNews(indicator.NextReport(plan), Day("2026-06-25")));
        plan.Close(Day("2026-08-31"));
        Assert.Null(indicator.NextReport(plan));
        Assert.True(indicator.IsNews(null, Day("2026-09-01")));
        Assert.False(indicator.IsNews(null, Day("2026-09-02")));
    }

    /// <summary>From before there were reminders: what lies ahead is told of, what was over by then is not, though it is still
    /// shown as late.</summary>
    [Fact]
    public void What_was_over_before_there_were_reminders_is_not_reminded_of()
    {
        var (plan, indicator, onItsDay) = (Plan("2027-12-31"), Indicator(), Indicator());
        indicator.AskFrom(Day("2026-09-15"));
        onItsDay.AskFrom(Day("2026-06-30"));
        Assert.Equal(Day("2026-06-30"), indicator.NextDue(plan.Period));
        Assert.Equal((Day("2026-12-31"), Day("2026-06-30")), (indicator.NextReport(plan)!.On, onItsDay.NextReport(plan)!.On));
        indicator.AskFrom(Day("2027-03-01")); // once
        Assert.Equal(Day("2026-12-31"), indicator.NextReport(plan)!.On);
        var nobody = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (from, isAsked) in new[] { ("2026-07-01", false), ("2026-06-30", true) })
        {
            var contract = Contract(Day("2026-06-30"));
            contract.AskFrom(Day(from));
            Assert.Equal(isAsked, contract.Awaited(nobody, Day("2026-09-15")).Any());
            Assert.Equal(isAsked ? [Day("2026-07-01"), Day("2026-07-31")] : [], contract.Turns());
            Assert.Single(contract.Over(nobody, Day("2026-09-15")));
        }
    }

    private static MeetingAction Action(DateOnly dueOn) => new()
    {
        Id = new MeetingActionId(Guid.NewGuid()), Meeting = new MeetingId(Guid.NewGuid()),
        Partnership = new PartnershipRef(Guid.NewGuid()), What = "Boka lokal", Organisation = Guid.NewGuid(), DueOn = dueOn,
        ByPerson = Guid.NewGuid(), ByOrganisation = Guid.NewGuid(), At = SwedishTime.StartOf(dueOn.AddDays(-30)),
    };

    [Theory]
    [InlineData("2026-03-02", "2026-03-10", "2026-03-02", "2026-03-03")]
    [InlineData("2026-03-02", "2026-03-09", "2026-03-02", null)] // a week in all
    [InlineData("2026-03-01", "2026-03-31", "2026-03-23", "2026-03-24")]
    [InlineData("2026-03-01", "2026-03-31", "2026-03-24", null)] // set so late that it is in mind
    [InlineData("2026-05-01", "2026-05-07", "2026-03-02", null)] // over before it has begun
    public void A_guests_last_day_is_told_of_where_it_was_set_more_than_a_week_before(
        string from, string to, string today, string? told) =>
        Assert.Equal(told is null ? null : Day(told), Guest.ReminderOn(Day(from), Day(to), Day(today)));

    private static string? Told(ClockRule rule, DateOnly from, DateOnly today) => rule switch
    {
        ClockRule.NoticeDate => NoticeReminders.Due(from, today)?.ToString(CultureInfo.InvariantCulture),
        ClockRule.End => EndReminders.Due(AgreementState.InForce, new Term(Day("2026-01-01"), from, false, null, 12), today)
            ?.ToString(CultureInfo.InvariantCulture),
        ClockRule.TalkSoon => Talk(from).IsSoon(today) ? "soon" : null,
        ClockRule.TalkWasHeld => Talk(from).IsPast(today) ? "past" : null,
        ClockRule.Turn => Calendar.Next(new LivingAgreement(false, null, false).Agreement, [], today)?.Turn.ToString(),
        ClockRule.Report => new ReportDue("2026-H1", from).StageOn(today) is not DueStage.Set and var stage
            ? stage.ToString() : null,
        ClockRule.Meeting => new MeetingTime(from, new TimeOnly(14, 0)).IsNear(today) ? "near" : null,
        ClockRule.MeetingAction => Action(from).IsNear(today) ? "near" : null,
        ClockRule.Measurement => Contract(from).Awaited(new HashSet<string>(StringComparer.Ordinal), today)
            .Select(one => one.IsLate ? "late" : "over").FirstOrDefault(),
        ClockRule.PlanTurn => Checks.PlanEnds([from.AddYears(-1), from], today)?.ToString("O", CultureInfo.InvariantCulture),
        ClockRule.YearGone => Checks.YearGone(from, today)?.ToString("O", CultureInfo.InvariantCulture),
        ClockRule.GuestEnds => Guest.ReminderOn(from.AddDays(-90), from, from.AddDays(-60)) <= today ? "soon" : null,
        ClockRule.EntryUnconfirmed => new EntryLife(Day("2020-01-01"), null, null, null, true, false, null, from, false)
            .AskedLast(today)?.ToString("O", CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"{rule} waits for no day."),
    };

    private static JointTalk Talk(DateOnly on)
    {
        var agreement = new LivingAgreement(false, null, openEnded: true).Agreement;
        var by = new Changer(new PersonRef(Guid.NewGuid()), new OrganisationRef(Guid.NewGuid()));
        Assert.Null(JointTalk.Book(
            new TalkId(Guid.NewGuid()), agreement, on, [], by, SwedishTime.StartOf(Day("2026-03-02")), out var talk));
        return talk;
    }

    private static MeasuredContract Contract(DateOnly to)
    {
        var contract = new MeasuredContract
        {
            Id = new ContractRef(Guid.NewGuid()), Title = "Nystart", VersionHash = "a", Currency = "SEK", Partnership = null,
        };
        contract.Learn([], [], [new MeasuringPeriod
        {
            ContractId = contract.Id, Position = 0, Key = "1", From = to.AddMonths(-6), To = to, Final = true,
        }]);
        return contract;
    }

    private static Plan Plan(string endsOn) => Iop.FollowUp.Domain.Indicators.Plan.For(
        new Iop.FollowUp.Domain.PlanId(Guid.NewGuid()), new PartnershipRef(Guid.NewGuid()), new AgreementRef(Guid.NewGuid()),
        "Vårsol", new Period(Day("2026-01-01"), Day(endsOn)));

    private static Indicator Indicator() => new()
    {
        Id = new IndicatorId(Guid.NewGuid()), Plan = new Iop.FollowUp.Domain.PlanId(Guid.NewGuid()),
        Partnership = new PartnershipRef(Guid.NewGuid()), Name = "Barn", Unit = "barn", IsRatio = false, Every = Rhythm.HalfYear,
    };

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "O", CultureInfo.InvariantCulture);
}
