using System.Net;
using Iop.Contracts.Identity;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Identity.Tests;

/// <summary>An invitation reaches the one who is invited, and can be sent again until she has come in.</summary>
[Collection(nameof(IdentityWorld))]
public sealed class InvitationTests(IdentityWorld world)
{
    private const string Root = "/identity/v1";

    [Fact]
    public async Task It_is_mailed_to_the_invited_person_and_whoever_invites_sees_no_link()
    {
        using var mail = world.WithMail();
        var (invited, email) = await Invited();
        Assert.Equal(System.Text.Json.JsonValueKind.Null, invited.Body.GetProperty("invitationToken").ValueKind);
        var link = Assert.Single(await LinksTo(email));
        Assert.Equal(("welcome", "Ny Kollega", "en"), (link.Kind, link.Name, link.Language));
        Assert.Equal(world.Clock.GetUtcNow().AddDays(14).Date, link.ExpiresAt.Date);
        (await Accepts(link.Path.Split('/')[^1])).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_a_mail_server_whoever_invites_gets_the_link()
    {
        var (invited, _) = await Invited();
        (await Accepts(invited.Body.GetProperty("invitationToken").GetString()!)).Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)] // too old
    public async Task It_is_sent_again_and_the_earlier_one_dies(int days)
    {
        var (invited, email) = await Invited();
        await Given(invited.Id);
        world.Clock.Advance(TimeSpan.FromDays(days));
        var again = (await (await world.As(world.Admin)).Create($"{Root}/people/{invited.Id}/invitations", new { }))
            .Is(HttpStatusCode.Created);
        Assert.Equal(2, (await LinksTo(email)).Count);
        (await Accepts(invited.Body.GetProperty("invitationToken").GetString()!))
            .Refuses(HttpStatusCode.Conflict, "link.not-valid");
        (await Accepts(again.Body.GetProperty("invitationToken").GetString()!)).Is(HttpStatusCode.OK);
        (await (await world.As(world.Admin)).Create($"{Root}/people/{invited.Id}/invitations", new { }))
            .Refuses(HttpStatusCode.Conflict, "person.has-come-in");
    }

    [Fact]
    public async Task Whoever_lost_it_says_that_the_password_is_forgotten_and_gets_it_again()
    {
        var (invited, email) = await Invited();
        (await world.Anonymous.Send(HttpMethod.Post, $"{Root}/password-resets", new { email })).Is(HttpStatusCode.OK);
        await Eventually.Holds("it is made again", async () => (await LinksTo(email)).Count == 2);
        Assert.All(await LinksTo(email), link => Assert.Equal("welcome", link.Kind));
        (await Accepts((await LinksTo(email))[1].Path.Split('/')[^1])).Is(HttpStatusCode.OK);
        Assert.NotEqual(Guid.Empty, invited.Id);
    }

    [Fact]
    public async Task Without_mail_nobody_gets_the_link_of_somebody_with_roles_elsewhere()
    {
        var (invited, email) = await Invited();
        await Given(invited.Id);
        var other = await world.As(world.AssociationsAdmin);
        (await other.Create($"{Root}/memberships",
            new { personId = invited.Id, organisationId = IdentityWorld.Association, roles = new[] { Roles.Reader } }))
            .Is(HttpStatusCode.Created);
        var path = $"{Root}/people/{invited.Id}/invitations";
        (await other.Create(path, new { })).Refuses(HttpStatusCode.Conflict, "person.has-roles-elsewhere");
        Assert.Single(await LinksTo(email)); // and the first one still works
        (await (await world.As(world.Operator)).Create(path, new { })).Is(HttpStatusCode.Created);
        using var mail = world.WithMail();
        (await other.Create(path, new { })).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Only_those_who_administer_her_send_it_again()
    {
        var (invited, _) = await Invited();
        var path = $"{Root}/people/{invited.Id}/invitations";
        (await (await world.As(world.Admin)).Create(path, new { })).Is(HttpStatusCode.NotFound); // no roles here yet
        await Given(invited.Id);
        (await (await world.As(world.AssociationsAdmin)).Create(path, new { })).Is(HttpStatusCode.NotFound);
        (await (await world.As(await world.Colleague(Roles.Officer))).Create(path, new { })).Is(HttpStatusCode.Forbidden);
        (await (await world.As(world.Operator)).Create(path, new { })).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_wrong_address_is_put_right_and_what_went_there_opens_nothing()
    {
        var (invited, wrong) = await Invited();
        await Given(invited.Id);
        var (admin, right) = (await world.As(world.Admin), $"{Guid.NewGuid():N}@vårby.example");
        var path = $"{Root}/people/{invited.Id}/address-corrections";
        (await admin.Create(path, new { email = wrong })).Refuses(HttpStatusCode.Conflict, "person.nothing-to-correct");
        (await admin.Create(path, new { email = world.Operator.Email })).Refuses(HttpStatusCode.Conflict, "person.email-taken");
        (await admin.Create(path, new { email = "ingen adress" })).Is(HttpStatusCode.BadRequest);
        var again = (await admin.Create(path, new { email = right.ToUpperInvariant() })).Is(HttpStatusCode.Created);
        Assert.Single(await LinksTo(wrong)); // the first one, and no word more
        Assert.Equal("welcome", Assert.Single(await LinksTo(right)).Kind);
        Assert.Equal(right, (await world.Announced<MembershipChanged>()).Last(one => one.PersonId == invited.Id).Email);
        Assert.Equal(1, await world.Scalar<long>(
            "SELECT count(*) FROM audit_trail WHERE operation = 'InviteElsewhere' AND person_id = $1 AND organisation_id = $2",
            world.Admin.Id, IdentityWorld.Municipality));
        (await Accepts(invited.Body.GetProperty("invitationToken").GetString()!))
            .Refuses(HttpStatusCode.Conflict, "link.not-valid");
        var accepted = (await Accepts(again.Body.GetProperty("invitationToken").GetString()!)).Is(HttpStatusCode.OK).Body;
        Assert.Equal(right, accepted.GetProperty("email").GetString());
        (await admin.Create(path, new { email = wrong })).Refuses(HttpStatusCode.Conflict, "person.has-come-in");
    }

    [Fact]
    public async Task Only_those_who_administer_all_of_her_put_her_address_right()
    {
        var (invited, email) = await Invited();
        var path = $"{Root}/people/{invited.Id}/address-corrections";
        var body = new { email = $"{Guid.NewGuid():N}@vårby.example" };
        (await (await world.As(world.Admin)).Create(path, body)).Is(HttpStatusCode.NotFound); // no roles here yet
        await Given(invited.Id);
        var other = await world.As(world.AssociationsAdmin);
        (await other.Create(path, body)).Is(HttpStatusCode.NotFound);
        (await (await world.As(await world.Colleague(Roles.Officer))).Create(path, body)).Is(HttpStatusCode.Forbidden);
        (await other.Create($"{Root}/memberships",
            new { personId = invited.Id, organisationId = IdentityWorld.Association, roles = new[] { Roles.Reader } }))
            .Is(HttpStatusCode.Created);
        using var mail = world.WithMail(); // also where the link is in no answer: the address itself comes in everywhere
        (await (await world.As(world.Admin)).Create(path, body)).Refuses(HttpStatusCode.Conflict, "person.has-roles-elsewhere");
        Assert.Single(await LinksTo(email));
        (await (await world.As(world.Operator)).Create(path, body)).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Who_has_not_come_in_yet_is_marked_in_the_list()
    {
        var (invited, _) = await Invited();
        await Given(invited.Id);
        var listed = (await (await world.As(world.Admin)).Get($"{Root}/memberships")).Body.GetProperty("items").EnumerateArray()
            .ToLookup(one => one.GetProperty("personId").GetGuid(), one => one.GetProperty("invited").GetBoolean());
        Assert.Equal([true], listed[invited.Id]);
        Assert.Equal([false], listed[world.Admin.Id].Distinct());
    }

    private async Task<(Reply Invited, string Email)> Invited()
    {
        var email = $"{Guid.NewGuid():N}@vårby.example";
        return ((await (await world.As(world.Admin)).Create(
            $"{Root}/people", new { name = "Ny Kollega", email, language = "en" })).Is(HttpStatusCode.Created), email);
    }

    private async Task Given(Guid person) => (await (await world.As(world.Admin)).Create($"{Root}/memberships",
        new { personId = person, organisationId = IdentityWorld.Municipality, roles = new[] { Roles.Reader } }))
        .Is(HttpStatusCode.Created);

    private async Task<Reply> Accepts(string token) => (await world.Accepts(token, "långt nog ändå, ja")).Reply;

    private async Task<List<AccountLinkMade>> LinksTo(string email) =>
        [.. (await world.Announced<AccountLinkMade>()).Where(link => link.Email == email)];
}
