using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Indicators;
using Iop.Kernel;

namespace Iop.Domain.Tests.FollowUp;

public sealed class ReportingPeriodTests
{
    [Theory]
    [InlineData("Month", "2026-02", "2026-02-01", "2026-02-28")]
    [InlineData("Quarter", "2026-Q4", "2026-10-01", "2026-12-31")]
    [InlineData("HalfYear", "2026-H1", "2026-01-01", "2026-06-30")]
    [InlineData("Year", "2024", "2024-01-01", "2024-12-31")]
    public void A_key_is_a_period_of_the_calendar(string every, string key, string from, string to)
    {
        var rhythm = Enum.Parse<Rhythm>(every);
        Assert.True(ReportingPeriod.TryParse(rhythm, key, out var period));
        Assert.Equal(new Period(DateOnly.Parse(from, null), DateOnly.Parse(to, null)), period);
        Assert.Equal(key, ReportingPeriod.KeyOf(rhythm, period.To!.Value));
    }

    [Theory]
    [InlineData("Month", "2026-13")]
    [InlineData("Month", "2026-1")]
    [InlineData("Month", "2026-00")]
    [InlineData("Quarter", "2026-Q5")]
    [InlineData("Quarter", "2026-H1")]
    [InlineData("HalfYear", "2026-H0")]
    [InlineData("Year", "26")]
    [InlineData("Year", "2026-")]
    [InlineData("Year", "0001")]
    [InlineData("Year", null)]
    public void Anything_else_is_not(string every, string? key) =>
        Assert.False(ReportingPeriod.TryParse(Enum.Parse<Rhythm>(every), key, out _));

    [Fact]
    public void What_is_due_next_is_the_first_period_nobody_has_reported()
    {
        var plan = new Period(new DateOnly(2025, 8, 15), new DateOnly(2026, 12, 31));
        var indicator = new Indicator
        {
            Id = new IndicatorId(Guid.NewGuid()), Plan = new PlanId(Guid.NewGuid()),
                Partnership = new PartnershipRef(Guid.NewGuid()),
            Name = "Barn", Unit = "barn", IsRatio = false, Every = Rhythm.HalfYear,
        };
        Assert.Equal(new DateOnly(2025, 12, 31), indicator.NextDue(plan));
        Assert.Null(indicator.Take("2025-H2", new ReportedFigure(1, null, null), null, default,
            new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal(new DateOnly(2026, 6, 30), indicator.NextDue(plan));
        Assert.Equal("report.period-not-begun",
            indicator.Take("2026-H2", new ReportedFigure(1, null, null), null, default,
            new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero))?.Code);
    }
}
