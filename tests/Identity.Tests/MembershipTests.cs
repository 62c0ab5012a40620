using System.Net;
using System.Web;
using Iop.Contracts.Identity;
using Iop.Identity.Domain;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Identity.Tests;

[Collection(nameof(IdentityWorld))]
public sealed class MembershipTests(IdentityWorld world)
{
    [Fact]
    public async Task Colleagues_are_named_many_at_once_also_after_they_have_left_and_nobody_else_is()
    {
        var (stays, leaves) = (await world.Colleague(Roles.Reader), await world.Colleague(Roles.Reader));
        var admin = await world.As(world.Admin);
        var row = (await admin.Get("/identity/v1/memberships")).Body.GetProperty("items").EnumerateArray()
            .Single(one => one.GetProperty("personId").GetGuid() == leaves.Id);
        var seen = $"\"{row.GetProperty("version").GetInt64()}\"";
        (await admin.Put($"/identity/v1/memberships/{row.GetProperty("id").GetGuid()}", seen,
            new { roles = Array.Empty<string>() })).Is(HttpStatusCode.OK);
        var asked = $"?id={stays.Id}&id={leaves.Id}&id={world.AssociationsAdmin.Id}&id={Guid.NewGuid()}";
        Assert.Equal(new[] { stays.Id, leaves.Id }.Order(), (await admin.Get("/identity/v1/people" + asked)).Is(HttpStatusCode.OK)
            .Body.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetGuid()).Order());
        Assert.Equal(world.AssociationsAdmin.Id, Assert.Single((await (await world.As(world.AssociationsAdmin))
            .Get("/identity/v1/people" + asked)).Body.GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task The_first_link_makes_one_operator_and_no_second()
    {
        var token = HttpUtility.ParseQueryString(new Uri(world.FirstLink).Query)["token"];
        (await world.Anonymous.Send(HttpMethod.Post, "/identity/v1/bootstrap", new
        {
            oneTimeToken = token, name = "Another", email = "another@drift.example", password = "long enough indeed",
            language = "en", code = "000000", offer = "offered never",
        })).Refuses(HttpStatusCode.Conflict, "link.not-valid");
        Assert.Equal(1, await world.Scalar<long>("SELECT count(*) FROM membership WHERE 'operator' = ANY (roles)"));
    }

    [Fact]
    public async Task An_invitation_is_accepted_once()
    {
        var invited = await (await world.As(world.Admin))
            .Create("/identity/v1/people", new { name = "Ny", email = "ny@vårby.example", language = "sv" });
        var token = invited.Body.GetProperty("invitationToken").GetString()!;
        (await world.Accepts(token, "kort")).Reply.Is(HttpStatusCode.BadRequest);
        (await world.Accepts(token, "långt nog ändå")).Reply.Is(HttpStatusCode.OK);
        (await world.Accepts(token, "långt nog ändå")).Reply.Refuses(HttpStatusCode.Conflict, "link.not-valid");
    }

    [Fact]
    public async Task Roles_given_are_announced_with_whom_to_tell()
    {
        var person = await world.Colleague(Roles.Legal);
        var told = (await world.Announced<MembershipChanged>()).Single(one => one.PersonId == person.Id);
        Assert.Equal(person.Email, told.Email);
        Assert.Equal(IdentityWorld.Municipality, told.OrganisationId);
        Assert.Equal([Roles.Legal], told.Roles);
        Assert.Equal(1, told.Sequence);
    }

    [Fact]
    public async Task An_admin_gives_roles_in_the_own_organisation_only()
    {
        var person = await world.Invited();
        var admin = await world.As(world.Admin);
        (await admin.Create("/identity/v1/memberships", Body(person, IdentityWorld.Association, Roles.Reader)))
            .Is(HttpStatusCode.NotFound);
        (await admin.Create("/identity/v1/memberships", Body(person, IdentityWorld.Municipality, Roles.Operator)))
            .Refuses(HttpStatusCode.Conflict, "membership.operator-is-for-operators");
        (await admin.Create("/identity/v1/memberships", Body(person, IdentityWorld.Municipality, "boss")))
            .Is(HttpStatusCode.BadRequest);
        (await admin.Create("/identity/v1/memberships", new
        {
            personId = person.Id, organisationId = IdentityWorld.Municipality, unitId = IdentityWorld.SocialServices,
            roles = new[] { Roles.Officer },
        })).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_operator_names_the_first_admin_and_nobody_else()
    {
        var (person, organisation) = (await world.Invited(), Guid.NewGuid());
        await world.Tell(IdentityWorld.Organisation(organisation, "Ny kommun", "public"));
        var theOperator = await world.As(world.Operator);
        (await theOperator.Create("/identity/v1/memberships", Body(person, organisation, Roles.Officer)))
            .Refuses(HttpStatusCode.Conflict, "membership.first-is-admin");
        (await theOperator.Create("/identity/v1/memberships", Body(person, organisation, Roles.Admin)))
            .Is(HttpStatusCode.Created);
        (await theOperator.Create("/identity/v1/memberships", Body(await world.Invited(), organisation, Roles.Admin)))
            .Refuses(HttpStatusCode.Conflict, "membership.organisation-has-admin");
    }

    [Fact]
    public async Task The_last_admin_stays()
    {
        var (organisation, only) = (Guid.NewGuid(), await world.Invited());
        await world.Tell(IdentityWorld.Organisation(organisation, "Föreningen Höstsol", "idea-driven"));
        await IdentityWorld.GivenBy(await world.As(world.Operator), only, organisation, Roles.Admin);
        var admin = await world.As(only);
        var own = (await admin.Get("/identity/v1/memberships")).Body.GetProperty("items").EnumerateArray().Single();
        (await admin.Put($"/identity/v1/memberships/{own.GetProperty("id")}", $"\"{own.GetProperty("version")}\"",
            new { roles = new[] { Roles.Reader } }))
            .Refuses(HttpStatusCode.Conflict, "membership.last-of-role");
    }

    [Fact]
    public async Task Members_are_listed_for_their_own_admin_only()
    {
        var officer = await world.Colleague(Roles.Officer);
        (await (await world.As(officer)).Get("/identity/v1/memberships")).Is(HttpStatusCode.Forbidden);
        (await (await world.As(world.AssociationsAdmin))
            .Get($"/identity/v1/memberships?organisationId={IdentityWorld.Municipality}")).Is(HttpStatusCode.NotFound);
        (await world.Anonymous.Get("/identity/v1/memberships")).Is(HttpStatusCode.Unauthorized);
        (await (await world.As(world.AssociationsAdmin)).Get($"/identity/v1/people/{officer.Id}")).Is(HttpStatusCode.NotFound);
        (await (await world.As(world.Admin)).Get($"/identity/v1/people/{officer.Id}")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_older_word_about_an_organisation_changes_nothing()
    {
        var organisation = Guid.NewGuid();
        await world.Tell(IdentityWorld.Organisation(organisation, "Nytt namn", "public") with { Sequence = 5 });
        await world.Tell(IdentityWorld.Organisation(organisation, "Gammalt namn", "public") with { Sequence = 4 });
        Assert.Equal("Nytt namn",
            await world.Scalar<string>("SELECT name FROM organisation WHERE organisation_id = $1", organisation));
    }

    [Theory]
    [InlineData(59, "287082")] // RFC 6238, appendix B, last six digits
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    public void One_time_codes_are_those_of_the_standard(long at, string code)
    {
        var (secret, now) = ("12345678901234567890"u8.ToArray(), DateTimeOffset.FromUnixTimeSeconds(at));
        Assert.Equal(code, OneTimeCode.At(secret, OneTimeCode.StepAt(now)));
        Assert.Equal(OneTimeCode.StepAt(now), OneTimeCode.Matching(secret, code, now.AddSeconds(30)));
        Assert.Null(OneTimeCode.Matching(secret, code, now.AddSeconds(90)));
    }

    private static object Body(SomeBody person, Guid organisation, params string[] roles) =>
        new { personId = person.Id, organisationId = organisation, roles };
}
