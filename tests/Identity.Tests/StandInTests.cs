using System.Net;
using System.Text.Json;
using Iop.Contracts.Identity;
using Iop.Identity.Domain;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Identity.Tests;

/// <summary>One person does what another may, on the days that were chosen.</summary>
[Collection(nameof(IdentityWorld))]
public sealed class StandInTests(IdentityWorld world)
{
    [Fact]
    public async Task Who_stands_in_may_do_what_the_other_may_on_those_days_and_no_other()
    {
        var (away, here) = (await world.Colleague(Roles.Controller), await world.Colleague(Roles.Reader));
        var tomorrow = world.Clock.Today().AddDays(1);
        var standIn = await Appointed(away, here, tomorrow, tomorrow.AddDays(1));
        Assert.Equal("coming", standIn.Body.GetProperty("state").GetString());
        Assert.Equal([Roles.Reader], await RolesOf(here));
        world.Clock.SetTo(SwedishTime.StartOf(tomorrow).AddMinutes(-1));
        Assert.Equal([Roles.Reader], await SignedInAs(here));
        world.Clock.SetTo(SwedishTime.StartOf(tomorrow));
        await Eventually.Holds("stands in", async () => (await RolesOf(here)).Count == 2);
        Assert.Equal([Roles.Controller, Roles.Reader], await SignedInAs(here));
        world.Clock.SetTo(SwedishTime.StartOf(tomorrow.AddDays(2)));
        await Eventually.Holds("stands in no more", async () => (await RolesOf(here)).Count == 1);
        Assert.Equal([Roles.Reader], await SignedInAs(here));
        Assert.Equal([Roles.Controller], await SignedInAs(away));
    }

    [Fact]
    public async Task Standing_in_where_one_has_no_roles_begins_and_ends_with_it()
    {
        var (away, here) = (await world.Invited(), await world.Colleague(Roles.Reader));
        (await (await world.As(world.Admin)).Create("/identity/v1/memberships", new
        {
            personId = away.Id, organisationId = IdentityWorld.Municipality, unitId = IdentityWorld.SocialServices,
            roles = new[] { Roles.Officer },
        })).Is(HttpStatusCode.Created);
        var standIn = await Appointed(away, here, world.Clock.Today(), world.Clock.Today().AddDays(7));
        var inUnit = (await Told(here)).Last(one => one.UnitId == IdentityWorld.SocialServices);
        Assert.Equal([Roles.Officer], inUnit.Roles);
        var admin = await world.As(world.Admin);
        (await admin.Delete($"/identity/v1/stand-ins/{standIn.Id}", null)).Is(HttpStatusCode.PreconditionRequired);
        (await admin.Delete($"/identity/v1/stand-ins/{standIn.Id}", standIn.Tag)).Is(HttpStatusCode.OK);
        Assert.Empty((await Told(here)).Last(one => one.UnitId == IdentityWorld.SocialServices).Roles);
        (await admin.Delete($"/identity/v1/stand-ins/{standIn.Id}", "\"2\""))
            .Refuses(HttpStatusCode.Conflict, "stand-in.already-over");
    }

    [Fact]
    public async Task Who_loses_the_roles_lends_them_no_more_and_who_has_left_stands_in_for_nobody()
    {
        var (away, here) = (await world.Colleague(Roles.Signatory), await world.Colleague(Roles.Reader));
        await Appointed(away, here, world.Clock.Today(), world.Clock.Today().AddDays(7));
        Assert.Equal([Roles.Reader, Roles.Signatory], await RolesOf(here));
        await Change(here, []);
        Assert.Empty(await RolesOf(here));
        await Change(here, [Roles.Officer]);
        Assert.Equal([Roles.Officer, Roles.Signatory], await RolesOf(here));
        await Change(away, [Roles.Legal]);
        Assert.Equal([Roles.Legal, Roles.Officer], await RolesOf(here));
        await Change(away, []);
        Assert.Equal([Roles.Officer], await RolesOf(here));
    }

    [Fact]
    public async Task Standing_in_is_the_own_admins_to_settle()
    {
        var (away, here) = (await world.Colleague(Roles.Controller), await world.Colleague(Roles.Reader));
        var (today, path) = (world.Clock.Today(), $"/identity/v1/memberships/{await MembershipOf(away)}/stand-ins");
        var body = new { personId = here.Id, fromOn = today, toOn = today };
        (await (await world.As(here)).Create(path, body)).Is(HttpStatusCode.Forbidden);
        (await (await world.As(world.AssociationsAdmin)).Create(path, body)).Is(HttpStatusCode.NotFound);
        var admin = await world.As(world.Admin);
        (await admin.Create(path, body with { personId = away.Id })).Refuses(HttpStatusCode.Conflict, "stand-in.not-for-oneself");
        (await admin.Create(path, body with { personId = world.AssociationsAdmin.Id }))
            .Refuses(HttpStatusCode.Conflict, "stand-in.not-a-colleague");
        (await admin.Create(path, body with { fromOn = today.AddDays(-3), toOn = today.AddDays(-1) }))
            .Refuses(HttpStatusCode.Conflict, "stand-in.period-is-over");
        (await admin.Create(path, body with { toOn = today.AddDays(-1) })).Is(HttpStatusCode.BadRequest);
        (await admin.Create(path, body with { toOn = today.AddDays(400) })).Is(HttpStatusCode.BadRequest);
        (await admin.Create(path, body)).Is(HttpStatusCode.Created);
        (await admin.Create(path, body)).Refuses(HttpStatusCode.Conflict, "stand-in.already-there");
        var listed = (await admin.Get("/identity/v1/stand-ins")).Is(HttpStatusCode.OK).Body.GetProperty("items")
            .EnumerateArray().Select(one => one.GetProperty("personId").GetGuid());
        Assert.Contains(here.Id, listed);
        Assert.Empty((await (await world.As(world.AssociationsAdmin)).Get("/identity/v1/stand-ins")).Body.GetProperty("items")
            .EnumerateArray());
    }

    [Fact]
    public async Task An_admin_who_only_stands_in_is_not_the_one_who_stays()
    {
        var organisation = Guid.NewGuid();
        await world.Tell(IdentityWorld.Organisation(organisation, "Ensam förening", "idea-driven"));
        var (only, helper) = (await world.Invited(), await world.Invited());
        await IdentityWorld.GivenBy(await world.As(world.Operator), only, organisation, Roles.Admin);
        await IdentityWorld.GivenBy(await world.As(only), helper, organisation, Roles.Reader);
        await Change(only, [Roles.Admin, Roles.Signatory], only);
        var listed = (await (await world.As(only)).Get("/identity/v1/memberships")).Body;
        var alone = Assert.Single(listed.GetProperty("alone").EnumerateArray());
        Assert.Equal(only.Id, alone.GetProperty("personId").GetGuid());
        (await (await world.As(only)).Create($"/identity/v1/memberships/{await MembershipOf(only)}/stand-ins",
            new { personId = helper.Id, fromOn = world.Clock.Today(), toOn = world.Clock.Today() })).Is(HttpStatusCode.Created);
        Assert.Contains(Roles.Admin, await RolesOf(helper));
        var own = (await Told(only))[^1];
        (await (await world.As(only)).Put($"/identity/v1/memberships/{own.MembershipId}", $"\"{own.Sequence}\"",
            new { roles = new[] { Roles.Reader } })).Refuses(HttpStatusCode.Conflict, "membership.last-of-role");
        (await (await world.As(helper)).Get("/identity/v1/memberships")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_operators_role_is_never_lent()
    {
        var (helper, other) = (await world.Invited(), await world.Invited());
        var (operating, today) = (OrganisationRef.Operating.Value, world.Clock.Today());
        await IdentityWorld.GivenBy(await world.As(world.Operator), helper, operating, Roles.Admin);
        await IdentityWorld.GivenBy(await world.As(world.Operator), other, operating, Roles.Admin);
        var body = new { personId = helper.Id, fromOn = today, toOn = today };
        (await (await world.As(helper)).Create(
            $"/identity/v1/memberships/{await MembershipOf(world.Operator)}/stand-ins", body))
            .Refuses(HttpStatusCode.Conflict, "stand-in.nothing-to-lend");
        Assert.Equal(0, await world.Scalar<long>("SELECT count(*) FROM stand_in WHERE person_id = $1", helper.Id));
        (await (await world.As(helper)).Create($"/identity/v1/memberships/{await MembershipOf(other)}/stand-ins", body))
            .Is(HttpStatusCode.Created);
        await Change(other, [Roles.Admin, Roles.Operator], world.Operator);
        (await (await world.As(helper)).Create($"/identity/v1/memberships/{await MembershipOf(other)}/stand-ins",
            body with { fromOn = today.AddDays(1), toOn = today.AddDays(1) }))
            .Refuses(HttpStatusCode.Conflict, "membership.operator-is-for-operators");
        (await (await world.As(other)).Create($"/identity/v1/memberships/{await MembershipOf(world.Operator)}/stand-ins", body))
            .Refuses(HttpStatusCode.Conflict, "stand-in.nothing-to-lend"); // an operator, who may give the role itself
        Assert.Equal([Roles.Admin], await RolesOf(helper));
        await Change(other, [Roles.Admin], world.Operator);
    }

    [Fact]
    public async Task The_database_knows_no_role_that_is_neither_own_nor_lent()
    {
        var person = await world.Colleague(Roles.Reader);
        var membership = await MembershipOf(person);
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => world.Scalar<object>(
            "UPDATE membership SET roles = '{admin,reader}' WHERE membership_id = $1 RETURNING 1", membership));
        Assert.Equal("roles_are_own_or_lent", refused.ConstraintName);
    }

    private async Task<Reply> Appointed(SomeBody away, SomeBody here, DateOnly from, DateOnly to) =>
        (await (await world.As(world.Admin)).Create($"/identity/v1/memberships/{await MembershipOf(away)}/stand-ins",
            new { personId = here.Id, fromOn = from, toOn = to })).Is(HttpStatusCode.Created);

    private async Task Change(SomeBody person, string[] roles, SomeBody? by = null)
    {
        var own = (await Told(person)).Last(one => one.UnitId is null);
        (await (await world.As(by ?? world.Admin)).Put($"/identity/v1/memberships/{own.MembershipId}", $"\"{own.Sequence}\"",
            new { roles })).Is(HttpStatusCode.OK);
    }

    private async Task<Guid> MembershipOf(SomeBody person) => (await Told(person))[^1].MembershipId;

    private async Task<IReadOnlyList<string>> RolesOf(SomeBody person) =>
        (await Told(person)).Last(one => one.UnitId is null).Roles;

    private async Task<IReadOnlyList<MembershipChanged>> Told(SomeBody person) =>
        [.. (await world.Announced<MembershipChanged>()).Where(one => one.PersonId == person.Id)];

    private async Task<IReadOnlyList<string>> SignedInAs(SomeBody person) =>
        [.. (await (await world.As(person)).Get("/identity/v1/session")).Is(HttpStatusCode.OK).Body.GetProperty("acting")
            .GetProperty("roles").EnumerateArray().Select(role => role.GetString()!)];
}
