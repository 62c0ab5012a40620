using Iop.Identity.Domain;
using Iop.Kernel;

namespace Iop.Domain.Tests.Identity;

/// <summary>Who may stand in for whom, and on which days.</summary>
public sealed class StandInTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);
    private readonly Membership _lender = Membership.Give(
        new MembershipId(Guid.NewGuid()), new PersonId(Guid.NewGuid()), new OrganisationRef(Guid.NewGuid()), null,
        [Roles.Signatory], DateTimeOffset.UnixEpoch);

    private readonly PersonId _colleague = new(Guid.NewGuid());

    [Theory]
    [InlineData("2026-03-02", "2026-03-04", "2026-03-01", false)] // the day before
    [InlineData("2026-03-02", "2026-03-04", "2026-03-02", true)] // the first
    [InlineData("2026-03-02", "2026-03-04", "2026-03-04", true)] // the last
    [InlineData("2026-03-02", "2026-03-04", "2026-03-05", false)] // the day after
    [InlineData("2026-03-02", "2026-03-02", "2026-03-02", true)] // one day only
    public void Holds_from_the_first_day_to_the_last(string from, string to, string day, bool holds) =>
        Assert.Equal(holds, Appointed(Day(from), Day(to)).HoldsOn(Day(day)));

    [Fact]
    public void Ended_before_its_last_day_it_holds_no_more_and_ends_once()
    {
        var standIn = Appointed(Today, Today.AddDays(5));
        Assert.Null(standIn.End(Today, DateTimeOffset.UnixEpoch));
        Assert.False(standIn.HoldsOn(Today));
        Assert.Equal("stand-in.already-over", standIn.End(Today, DateTimeOffset.UnixEpoch)!.Code);
        Assert.Equal("stand-in.already-over",
            Appointed(Today.AddDays(-5), Today.AddDays(-1)).End(Today, DateTimeOffset.UnixEpoch)!.Code);
    }

    [Fact]
    public void Nobody_stands_in_for_oneself_from_outside_or_for_days_gone_by()
    {
        Assert.Equal("stand-in.not-for-oneself", Asked(_lender.PersonId, true, Today)!.Code);
        Assert.Equal("stand-in.not-a-colleague", Asked(_colleague, false, Today)!.Code);
        Assert.Equal("stand-in.period-is-over", Asked(_colleague, true, Today.AddDays(-1))!.Code);
        Assert.Null(Asked(_colleague, true, Today));
    }

    [Fact]
    public void What_is_itself_lent_is_not_lent_on()
    {
        Assert.Null(_lender.Change([], lastOf: null));
        _lender.Borrow([Roles.Admin]);
        Assert.Equal("stand-in.nothing-to-lend", Asked(_colleague, true, Today)!.Code);
    }

    [Fact]
    public void The_operators_role_alone_is_nothing_to_lend_and_beside_others_they_are()
    {
        Assert.Null(_lender.Change([Roles.Operator], lastOf: null));
        Assert.Equal("stand-in.nothing-to-lend", Asked(_colleague, true, Today)!.Code);
        Assert.Null(_lender.Change([Roles.Admin, Roles.Operator], lastOf: null));
        Assert.Null(Asked(_colleague, true, Today));
    }

    private Refusal? Asked(PersonId person, bool isColleague, DateOnly toOn) =>
        StandIn.MayBeAppointed(_lender, person, isColleague, toOn, Today);

    private StandIn Appointed(DateOnly from, DateOnly to) => StandIn.Appoint(
        new StandInId(Guid.NewGuid()), _lender, _colleague, from, to, Guid.NewGuid(), DateTimeOffset.UnixEpoch);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "O", System.Globalization.CultureInfo.InvariantCulture);
}
