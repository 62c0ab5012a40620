using System.Globalization;
using Iop.Notifications.Domain;

namespace Iop.Domain.Tests.Notifications;

/// <summary>A deadline as facts tell of it: set, moved, cancelled; late and twice.</summary>
public sealed class KeptDeadlineTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Deadline First = new("agreement-ends", Guid.NewGuid(), "", new DateOnly(2026, 6, 30), "Vårsol", "/a");

    [Theory]
    // today, told as none: cancelled unless the day has passed
    [InlineData("2026-06-29", true)] // the day before
    [InlineData("2026-06-30", true)] // the same day
    [InlineData("2026-07-01", false)] // the day after: it was so
    public void A_day_that_has_passed_is_not_cancelled_afterwards(string today, bool isCancelled)
    {
        var kept = KeptDeadline.Of(Guid.NewGuid(), Guid.NewGuid(), First, 1, Now);
        kept.Hear(kept.AsCancelled(), 2, DateOnly.ParseExact(today, "O", CultureInfo.InvariantCulture), Now.AddHours(1));
        Assert.Equal((isCancelled, isCancelled ? 1 : 0), (kept.IsCancelled, kept.Revision));
        Assert.Equal(First.On, kept.FallsOn); // a calendar must be told which day it was
    }

    [Fact]
    public void Another_time_of_the_same_day_is_a_move_and_a_cancelled_one_keeps_its_time()
    {
        var told = First with { StartsAt = Now };
        var kept = KeptDeadline.Of(Guid.NewGuid(), Guid.NewGuid(), told, 1, Now);
        kept.Hear(told, 2, new DateOnly(2026, 3, 2), Now);
        Assert.Equal(0, kept.Revision); // the same once more
        kept.Hear(told with { StartsAt = Now.AddHours(2) }, 3, new DateOnly(2026, 3, 2), Now);
        kept.Hear(told with { On = null, StartsAt = null }, 4, new DateOnly(2026, 3, 2), Now);
        Assert.Equal((2, true, First.On, (DateTimeOffset?)Now.AddHours(2)),
            (kept.Revision, kept.IsCancelled, kept.FallsOn, kept.StartsAt));
    }

    [Fact]
    public void Told_twice_late_or_in_another_order_it_ends_as_the_newest_says()
    {
        var today = new DateOnly(2026, 3, 2);
        (long Occasion, Deadline Told)[] facts =
        [
            (1, First), (2, First with { On = new DateOnly(2026, 12, 31) }), (3, First with { On = null }),
            (4, First with { On = new DateOnly(2027, 6, 30), Title = "Vårsol igen" }),
        ];
        foreach (var order in new[] { "0123", "3210", "1302", "00112233", "2301", "0312" })
        {
            var said = order.Select(digit => facts[digit - '0']).ToList();
            var kept = KeptDeadline.Of(Guid.NewGuid(), Guid.NewGuid(), said[0].Told, said[0].Occasion, Now);
            foreach (var (occasion, told) in said) kept.Hear(told, occasion, today, Now);
            Assert.Equal((new DateOnly(2027, 6, 30), false, "Vårsol igen"), (kept.FallsOn, kept.IsCancelled, kept.Title));
        }
    }

    [Fact]
    public void Told_the_same_again_by_a_newer_fact_it_is_not_revised()
    {
        var kept = KeptDeadline.Of(Guid.NewGuid(), Guid.NewGuid(), First, 1, Now);
        kept.Hear(First, 2, new DateOnly(2026, 3, 2), Now.AddDays(1));
        Assert.Equal((0, Now), (kept.Revision, kept.ChangedAt));
        kept.Hear(First with { On = new DateOnly(2026, 7, 1) }, 2, new DateOnly(2026, 3, 2), Now); // no newer than known
        Assert.Equal(First.On, kept.FallsOn);
    }
}
