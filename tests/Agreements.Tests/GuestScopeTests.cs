using System.Net;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>What a guest is invited to read, who it turned out to be, and that the other services are told of every
/// change.</summary>
public sealed class GuestScopeTests(AgreementsWorld world) : IClassFixture<AgreementsWorld>
{
    private const string Service = "/agreements/v1";
    private readonly Caller _guest = Callers.Of(Guid.NewGuid(), Roles.Reader);

    [Fact]
    public async Task The_others_are_told_who_reads_what_until_when_once_somebody_has_said_yes()
    {
        await world.Known(_guest.Organisation, "SKR", "public");
        await world.Named(_guest.Person, "Karin Ek", _guest.Organisation);
        var (partners, today) = (await world.Partners(), world.Clock.Today());
        var officer = Callers.Of(world.Region, Roles.Officer);
        await world.Named(officer.Person, "Olle Ström", world.Region);
        var invited = await Invited(partners, officer, followUp: true, payments: true);
        Assert.Empty(await Told(invited));
        await Accept(invited);
        var told = Assert.Single(await Told(invited));
        Assert.Equal((partners.Id, world.Region, _guest.Organisation, _guest.Person, today.AddDays(5), true, true, null),
            (told.PartnershipId, told.InviterOrganisationId, told.OrganisationId, told.PersonId, told.ToOn, told.FollowUp,
                told.Payments, told.EndedAt));
        var seen = (await world.AssociationOfficer.Get(invited.Location!)).Is(HttpStatusCode.OK).Body;
        Assert.Equal(("Olle Ström", "Region Jönköpings län"),
            (seen.GetProperty("invitedBy").GetString(), seen.GetProperty("inviterName").GetString()));
        var accepted = seen.GetProperty("accepted");
        Assert.Equal(("Karin Ek", "SKR"),
            (accepted.GetProperty("personName").GetString(), accepted.GetProperty("organisationName").GetString()));
        Assert.Equal(world.Clock.GetUtcNow(), accepted.GetProperty("at").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_guest_is_told_until_when_and_to_read_what_and_nobody_else_is_called_a_guest()
    {
        var of = await world.Written();
        await Accept(await Invited(of.Partners, followUp: true));
        var path = $"{Service}/partnerships/{of.Partners.Id}";
        var until = world.Clock.Today().AddDays(5).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var guest = (await Me().Get(path)).Is(HttpStatusCode.OK).Body.GetProperty("guest");
        Assert.Equal((until, true, false), (guest.GetProperty("untilOn").GetString(),
            guest.GetProperty("followUp").GetBoolean(), guest.GetProperty("payments").GetBoolean()));
        Assert.Equal(until, (await Me().Get(of.Path)).Body.GetProperty("guestUntil").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await world.Officer.Get(path)).Body.GetProperty("guest").ValueKind);
        Assert.Equal(System.Text.Json.JsonValueKind.Null,
            (await world.Officer.Get(of.Path)).Body.GetProperty("guestUntil").ValueKind);
    }

    [Fact]
    public async Task The_last_day_is_moved_at_once_for_the_guest_and_for_those_who_are_told()
    {
        var (partners, today) = (await world.Partners(), world.Clock.Today());
        var path = $"{Service}/partnerships/{partners.Id}";
        var invited = await Invited(partners);
        await Accept(invited);
        var longer = await Change(invited, world.AssociationOfficer, today.AddDays(20));
        Assert.Equal(today.AddDays(20), DateOnly.Parse(longer.Is(HttpStatusCode.OK).Body.GetProperty("toOn").GetString()!,
            System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal([today.AddDays(5), today.AddDays(20)], (await Told(invited)).OrderBy(one => one.Sequence)
            .Select(one => one.ToOn));
        world.Clock.SetTo(SwedishTime.StartOf(today.AddDays(6)));
        (await Me().Get(path)).Is(HttpStatusCode.OK);
        (await Change(invited, world.Officer, today.AddDays(6))).Is(HttpStatusCode.OK); // sooner again: today is the last day
        (await Me().Get(path)).Is(HttpStatusCode.OK);
        world.Clock.SetTo(SwedishTime.StartOf(today.AddDays(7)));
        (await Me().Get(path)).Is(HttpStatusCode.NotFound);
        (await Change(invited, world.Officer, today.AddDays(20))).Refuses(HttpStatusCode.Conflict, "guest.already-over");
    }

    [Fact]
    public async Task Only_who_invited_gives_a_guest_more_to_read_and_every_party_less()
    {
        var (partners, today) = (await world.Partners(), world.Clock.Today());
        var invited = await Invited(partners, followUp: true);
        await Accept(invited);
        var day = today.AddDays(5);
        (await Change(invited, world.AssociationOfficer, day, followUp: true, payments: true))
            .Refuses(HttpStatusCode.Conflict, "guest.invited-by-another");
        (await Change(invited, world.AssociationOfficer, day.AddDays(1), followUp: true))
            .Refuses(HttpStatusCode.Conflict, "guest.invited-by-another");
        (await Change(invited, world.AssociationOfficer, day)).Is(HttpStatusCode.OK);
        (await Change(invited, world.Officer, day, payments: true)).Is(HttpStatusCode.OK);
        Assert.Equal([(true, false), (false, false), (false, true)], (await Told(invited)).OrderBy(one => one.Sequence)
            .Select(one => (one.FollowUp, one.Payments)));
        (await Change(invited, world.Lawyer, day)).Is(HttpStatusCode.Forbidden);
        (await Change(invited, world.Officer, day.AddDays(366))).Is(HttpStatusCode.BadRequest);
        (await Change(invited, world.Officer, today.AddDays(-1))).Is(HttpStatusCode.BadRequest);
        (await Me().Put(invited.Location!, "\"5\"", new { toOn = day.AddDays(9), followUp = true, payments = true }))
            .Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Ending_is_told_too()
    {
        var partners = await world.Partners();
        var invited = await Invited(partners, followUp: true);
        await Accept(invited);
        (await world.Officer.Delete(invited.Location!, (await world.Officer.Get(invited.Location!)).Tag)).Is(HttpStatusCode.OK);
        Assert.Equal([null, world.Clock.GetUtcNow()],
            (await Told(invited)).OrderBy(one => one.Sequence).Select(one => one.EndedAt));
        var unused = await Invited(partners);
        (await world.Officer.Delete(unused.Location!, unused.Tag)).Is(HttpStatusCode.OK);
        Assert.Empty(await Told(unused)); // nobody has been one
    }

    [Fact]
    public async Task My_data_hold_where_I_have_been_a_guest_and_of_nobody_else()
    {
        var partners = await world.Partners();
        await Accept(await Invited(partners, payments: true));
        var elsewhere = world.As(_guest with { Organisation = Guid.NewGuid() }); // the same person
        foreach (var me in new[] { Me(), elsewhere })
        {
            var stay = Assert.Single((await me.Get($"{Service}/my-data")).Is(HttpStatusCode.OK).Body.GetProperty("guestOf")
                .EnumerateArray());
            Assert.Equal((partners.Id, "adviser", true), (stay.GetProperty("partnershipId").GetGuid(),
                stay.GetProperty("purpose").GetString(), stay.GetProperty("payments").GetBoolean()));
        }
        foreach (var other in new[] { world.Officer, world.As(_guest with { Person = Guid.NewGuid() }) })
            Assert.Empty((await other.Get($"{Service}/my-data")).Is(HttpStatusCode.OK).Body.GetProperty("guestOf")
                .EnumerateArray());
    }

    private CallerClient Me() => world.As(_guest);

    private async Task<IReadOnlyList<GuestChanged>> Told(Reply invited) =>
        [.. (await world.Announced<GuestChanged>()).Where(one => one.GuestId == invited.Id)];

    private async Task<Reply> Change(
        Reply invited, CallerClient by, DateOnly toOn, bool followUp = false, bool payments = false) =>
        await by.Put(invited.Location!, (await world.Officer.Get(invited.Location!)).Tag, new { toOn, followUp, payments });

    private Task<Reply> Invited(Partners partners, Caller? by = null, bool followUp = false, bool payments = false) =>
        world.As(by ?? Callers.Of(world.Region, Roles.Officer)).InvitesGuest(
            world, partners.Id, followUp: followUp, payments: payments);

    private async Task Accept(Reply invited) => (await Me().AcceptsInvitation(invited)).Is(HttpStatusCode.OK);
}
