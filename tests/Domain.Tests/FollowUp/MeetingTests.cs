using System.Globalization;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Indicators;
using Iop.FollowUp.Domain.Meetings;
using Iop.Kernel;

namespace Iop.Domain.Tests.FollowUp;

/// <summary>A meeting is called, moved, called off or held; its minutes are corrected and what they said is kept.</summary>
public sealed class MeetingTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-03-02T09:00:00Z", CultureInfo.InvariantCulture);
    private static readonly DateTimeOffset After = Now.AddDays(20);
    private readonly Actor _caller = new(Guid.NewGuid(), Guid.NewGuid(), null);
    private readonly Actor _other = new(Guid.NewGuid(), Guid.NewGuid(), null);

    [Theory]
    [InlineData("2026-03-02", "10:01", null)] // Swedish clocks show ten
    [InlineData("2026-03-02", "10:00", "meeting.in-the-past")]
    [InlineData("2026-03-01", "23:00", "meeting.in-the-past")]
    [InlineData("2026-03-29", "02:30", "meeting.no-such-time")] // the hour that is skipped
    [InlineData("2026-03-29", "01:59", null)]
    [InlineData("2026-03-29", "03:00", null)]
    [InlineData("2026-03-28", "23:30", null)]
    [InlineData("2026-10-25", "02:30", null)] // the hour that comes twice
    [InlineData("2031-03-02", "10:00", null)]
    [InlineData("2031-03-03", "10:00", "meeting.too-far-ahead")]
    [InlineData("9999-12-31", "23:30", "meeting.too-far-ahead")]
    [InlineData("9999-12-31", "23:59", "meeting.too-far-ahead")]
    [InlineData("0001-01-01", "00:00", "meeting.in-the-past")]
    public void It_is_set_to_a_time_that_lies_ahead_and_that_clocks_show(string day, string time, string? code) =>
        Assert.Equal(code, Time(day, time).RefusesToBeSet(Now)?.Code);

    [Fact]
    public void An_agreement_in_force_has_so_many_meetings_at_most_and_one_that_has_ended_no_new_ones()
    {
        var plan = Plan.For(new PlanId(Guid.NewGuid()), new PartnershipRef(Guid.NewGuid()), new AgreementRef(Guid.NewGuid()),
            "Vårsol", new Period(new DateOnly(2026, 1, 1), null));
        Assert.Null(Meeting.RefusesToBeCalled(plan, Meeting.OfAPlanMax - 1));
        Assert.Equal("meeting.too-many", Meeting.RefusesToBeCalled(plan, Meeting.OfAPlanMax)?.Code);
        plan.Close(new DateOnly(2026, 2, 28));
        Assert.Equal("meeting.agreement-has-ended", Meeting.RefusesToBeCalled(plan, 0)?.Code);
    }

    [Fact]
    public void What_it_was_moved_from_is_kept()
    {
        var meeting = Called();
        Assert.Equal("meeting.same-time",
            meeting.Move(Time("2026-03-10", "14:00"), "Rådhuset", null, "Skäl", _other, Now)?.Code);
        Assert.Null(meeting.Move(Time("2026-03-11", "15:00"), "Rådhuset", null, "Sjukdom", _other, Now));
        Assert.Null(meeting.Move(Time("2026-03-11", "15:00"), null, "https://mote.example/1", "På distans", _other, Now));
        Assert.Equal([("2026-03-10", "14:00"), ("2026-03-11", "15:00")], meeting.Changes.Select(change => (
            change.WasOn.ToString("O", CultureInfo.InvariantCulture),
            change.WasAt.ToString("HH:mm", CultureInfo.InvariantCulture))));
        Assert.Equal((new DateOnly(2026, 3, 11), null, 3L), (meeting.HeldOn, meeting.Place, meeting.Version));
    }

    [Fact]
    public void What_is_called_off_is_neither_moved_nor_held()
    {
        var meeting = Called();
        Assert.Null(meeting.CallOff("Ingen kan", _other, Now));
        Assert.Equal("meeting.called-off", meeting.CallOff("Igen", _other, Now)?.Code);
        Assert.Equal("meeting.called-off", meeting.Move(Time("2026-03-12", "14:00"), "x", null, "y", _other, Now)?.Code);
        Assert.Equal("meeting.called-off", meeting.Write("x", [], _other, After)?.Code);
        Assert.Equal("meeting.called-off",
            meeting.Ask(Id(), "x", _other.Organisation, new DateOnly(2026, 4, 1), Parties, _other, After)?.Code);
    }

    [Fact]
    public void Minutes_are_corrected_by_new_ones_and_the_old_are_kept()
    {
        var meeting = Called();
        Assert.Equal("meeting.not-yet-held", meeting.Write("Vi sågs.", [], _caller, Now)?.Code);
        Assert.Null(meeting.Write("Vi sågs.", ["Fler grupper"], _caller, After));
        Assert.Equal("meeting.nothing-changed", meeting.Write("Vi sågs.", ["Fler grupper"], _other, After)?.Code);
        Assert.Null(meeting.Write("Vi sågs alla.", ["Fler grupper", "Ny lokal"], _other, After));
        Assert.Equal([(1, "Vi sågs.", 1), (2, "Vi sågs alla.", 2)],
            meeting.Minutes.Select(minutes => (minutes.Number, minutes.Text, minutes.Decisions.Length)));
        Assert.Equal("meeting.already-held", meeting.Move(Time("2026-04-11", "15:00"), "x", null, "y", _other, After)?.Code);
        Assert.Equal("meeting.already-held", meeting.CallOff("x", _other, After)?.Code);
    }

    [Fact]
    public void What_is_to_be_done_is_one_partys_and_done_by_it_once()
    {
        var meeting = Called();
        var (due, id) = (new DateOnly(2026, 4, 1), Id());
        Assert.Equal("meeting.no-minutes", meeting.Ask(id, "x", _other.Organisation, due, Parties, _caller, After)?.Code);
        Assert.Null(meeting.Write("Vi sågs.", [], _caller, After));
        Assert.Equal("meeting.not-a-party", meeting.Ask(id, "x", Guid.NewGuid(), due, Parties, _caller, After)?.Code);
        Assert.Equal("meeting.action-due-in-the-past",
            meeting.Ask(id, "x", _other.Organisation, new DateOnly(2026, 3, 21), Parties, _caller, After)?.Code);
        Assert.Null(meeting.Ask(id, "Boka lokal", _other.Organisation, new DateOnly(2026, 3, 22), Parties, _caller, After));
        var action = Assert.Single(meeting.Actions);
        Assert.Equal("meeting.anothers-action", meeting.Finish(action, _caller, After)?.Code);
        Assert.Null(meeting.Finish(action, _other, After));
        Assert.Equal("meeting.action-done", meeting.Finish(action, _other, After)?.Code);
        Assert.False(action.IsNear(new DateOnly(2026, 3, 22))); // done: nobody is reminded
    }

    [Fact]
    public void A_meeting_leads_to_so_many_things_to_do_at_most()
    {
        var meeting = Called();
        meeting.Write("Vi sågs.", [], _caller, After);
        Refusal? Ask() => meeting.Ask(Id(), "x", _other.Organisation, new DateOnly(2026, 4, 1), Parties, _caller, After);
        for (var number = 0; number < Meeting.ActionsMax; number++) Assert.Null(Ask());
        Assert.Equal("meeting.too-many-actions", Ask()?.Code);
    }

    private HashSet<Guid> Parties => [_caller.Organisation, _other.Organisation];

    private static MeetingActionId Id() => new(Guid.NewGuid());

    private static MeetingTime Time(string day, string time) =>
        new(DateOnly.Parse(day, CultureInfo.InvariantCulture), TimeOnly.Parse(time, CultureInfo.InvariantCulture));

    private Meeting Called()
    {
        var meeting = New();
        Assert.Null(meeting.Set(Time("2026-03-10", "14:00"), "Rådhuset", null, Now));
        return meeting;
    }

    private Meeting New() => new()
    {
        Id = new MeetingId(Guid.NewGuid()), Plan = new PlanId(Guid.NewGuid()), Partnership = new PartnershipRef(Guid.NewGuid()),
        Topic = "Vårens uppföljning", Agenda = "Läget", CalledByPerson = _caller.Person,
        CalledByOrganisation = _caller.Organisation, CalledAt = Now,
    };
}
