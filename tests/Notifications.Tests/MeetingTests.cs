using System.Net;
using Iop.Contracts.Agreements;
using Iop.Contracts.FollowUp;
using Iop.Contracts.Identity;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Notifications.Tests;

/// <summary>The parties hear that a meeting is called, moved, called off and tomorrow; it stands in their calendars; and who has
/// something to do after it is asked.</summary>
public sealed class MeetingTests(NotificationsWorld world) : IClassFixture<NotificationsWorld>
{
    private readonly Guid _partnership = Guid.NewGuid();
    private readonly Guid _municipality = Guid.NewGuid();
    private readonly Guid _association = Guid.NewGuid();
    private readonly Guid _meeting = Guid.NewGuid();
    private readonly Guid _person = Guid.NewGuid();

    [Fact]
    public async Task The_others_hear_of_each_thing_once_and_all_the_day_before()
    {
        await BothHaveJoined();
        await world.Tell(Called(1, "called", 15, 14));
        await world.Tell(Called(1, "called", 15, 14)); // said twice
        await world.Tell(Called(2, "moved", 16, 15));
        await world.Tell(new MeetingApproaches
        {
            MeetingId = _meeting, Sequence = 2, PartnershipId = _partnership, Topic = "Våren", HeldOn = new DateOnly(2026, 6, 16),
            Clock = "15:00",
        });
        await world.Tell(CalledOff(3));
        string[] kinds = ["meeting-called", "meeting-moved", "meeting-tomorrow", "meeting-called-off"];
        Assert.Equal(kinds.Order(StringComparer.Ordinal), await Heard(_association));
        Assert.Equal(["meeting-tomorrow"], await Heard(_municipality));
        Assert.DoesNotContain(await world.Inbox(_association, Roles.Controller),
            kind => kind.StartsWith("meeting", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("123")]
    [InlineData("321")] // called off is heard first
    [InlineData("213")]
    [InlineData("132")]
    public async Task In_the_calendar_it_stays_one_event_whatever_order_is_heard(string order)
    {
        await BothHaveJoined();
        await world.Tell(Membership());
        var me = world.As(Callers.Of(_association, Roles.Officer) with { Person = _person });
        const string feed = "/notifications/v1/calendar-feed";
        var address = (await me.Put(feed, (await me.Get(feed)).Tag, new { })).Is(HttpStatusCode.OK).Body
            .GetProperty("address").GetString()!;
        await world.Tell(Called(1, "called", 15, 14));
        var called = await Read(address);
        Assert.Contains("DTSTART:20260615T120000Z", called); // two in the afternoon, in summer
        Assert.Contains("SUMMARY:Möte: Våren", called);
        foreach (var fact in order)
        {
            if (fact is '2') await world.Tell(Called(2, "moved", 16, 15));
            else if (fact is '3') await world.Tell(CalledOff(3));
            else await world.Tell(Called(1, "called", 15, 14));
        }
        var read = await Read(address);
        Assert.Contains("STATUS:CANCELLED", read);
        Assert.Equal(called.Single(line => line.StartsWith("UID:", StringComparison.Ordinal)),
            read.Single(line => line.StartsWith("UID:", StringComparison.Ordinal)));
        Assert.DoesNotContain("SEQUENCE:0", read);
    }

    [Fact]
    public async Task Only_the_party_that_answers_is_asked_and_no_more_when_it_is_done()
    {
        await BothHaveJoined();
        var soon = new MeetingActionDue
        {
            ActionId = Guid.NewGuid(), Sequence = 1, MeetingId = _meeting, PartnershipId = _partnership, What = "Boka lokal",
            OrganisationId = _association, DueOn = new DateOnly(2026, 6, 20), Stage = "soon",
        };
        await world.Tell(soon);
        Assert.Contains("do-action", await world.Inbox(_association, Roles.Reporter));
        Assert.DoesNotContain("do-action", await world.Inbox(_municipality, Roles.Reporter));
        await world.Tell(soon with { Sequence = 2, Stage = "done" });
        Assert.DoesNotContain("do-action", await world.Inbox(_association, Roles.Reporter));
    }

    private async Task<IReadOnlyList<string>> Heard(Guid organisation) =>
        [.. (await world.Inbox(organisation, Roles.Officer)).Where(kind => kind.StartsWith("meeting", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    private async Task<string[]> Read(string address) =>
        (await world.Anonymous.Get(new Uri(new Uri("http://x"), address).AbsolutePath)).Is(HttpStatusCode.OK).Text
            .Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");

    private MeetingCalled Called(long sequence, string what, int day, int hour) => new()
    {
        MeetingId = _meeting, Sequence = sequence, PartnershipId = _partnership, AgreementId = Guid.NewGuid(), What = what,
        Topic = "Våren", HeldOn = new DateOnly(2026, 6, day), Clock = $"{hour}:00",
        StartsAt = SwedishTime.At(new DateOnly(2026, 6, day), new TimeOnly(hour, 0)), OrganisationId = _municipality,
        Reason = what == "moved" ? "Sjukdom." : null,
    };

    private MeetingCalledOff CalledOff(long sequence) => new()
    {
        MeetingId = _meeting, Sequence = sequence, PartnershipId = _partnership, Topic = "Våren",
        HeldOn = new DateOnly(2026, 6, 16), Clock = "15:00", Reason = "Ingen kan.", OrganisationId = _municipality,
    };

    private MembershipChanged Membership() => new()
    {
        MembershipId = Guid.NewGuid(), Sequence = 1, PersonId = _person, Name = "Anna", Email = "anna@example.com",
        Language = "sv", OrganisationId = _association, Roles = [Roles.Officer],
    };

    private async Task BothHaveJoined()
    {
        foreach (var (party, sequence) in new[] { (_municipality, 1L), (_association, 2L) })
            await world.Tell(new PartyJoinedPartnership
            {
                PartnershipId = _partnership, Sequence = sequence, PartnershipTitle = "Vårsol", PartyId = party,
                OrganisationId = party, Kind = "public",
            });
    }
}
