using System.Net;
using Iop.Identity.Domain;
using Iop.Identity.SigningIn;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Identity.Tests;

/// <summary>What happens to an account leaves one line in the audit trail, also where nobody is signed in.</summary>
[Collection(nameof(IdentityWorld))]
public sealed class AccountTrailTests(IdentityWorld world)
{
    private const string NewPassword = "yet another horse battery";

    [Theory]
    [InlineData("BecomeFirstOperator", "added person")]
    [InlineData("AcceptInvitation", "modified person passwordHash,totpSecret")]
    [InlineData("ChooseNewPassword", "modified person passwordHash")]
    [InlineData("TakeNewSecondFactor", "modified person totpSecret")]
    [InlineData("RenewRecoveryCodes", "modified recovery_code")]
    [InlineData("SignOutThere", "modified session endedAt")]
    [InlineData("SignOutEverywhere", "modified session endedAt")]
    public async Task Every_act_on_an_account_leaves_one_line(string operation, string change)
    {
        var person = operation switch
        {
            "BecomeFirstOperator" => world.Operator,
            "AcceptInvitation" => await world.Invited(), // no roles yet: those who run the platform see it
            _ => await world.Colleague(Roles.Officer),
        };
        await Does(operation, person);
        var place = operation is "BecomeFirstOperator" or "AcceptInvitation"
            ? OrganisationRef.Operating.Value : IdentityWorld.Municipality;
        Assert.Equal(1, await world.Scalar<long>("""
            SELECT count(*) FROM audit_trail WHERE operation = $1 AND person_id = $2 AND organisation_id = $3 AND changes ? $4
            """, operation, person.Id, place, change));
        Assert.Equal(1, await world.Scalar<long>(
            "SELECT count(*) FROM audit_trail WHERE operation = $1 AND person_id = $2", operation, person.Id));
    }

    [Fact]
    public async Task Each_organisation_where_a_person_has_roles_sees_that_the_password_was_changed_by_link()
    {
        var person = await world.Colleague(Roles.Officer);
        await IdentityWorld.GivenBy(
            await world.As(world.AssociationsAdmin), person, IdentityWorld.Association, Roles.Signatory);
        await Does("ChooseNewPassword", person);
        foreach (var admin in new[] { world.Admin, world.AssociationsAdmin })
        {
            Assert.Single((await (await world.As(admin)).Get("/identity/v1/audit-trail?limit=100")).Is(HttpStatusCode.OK)
                .Body.GetProperty("items").EnumerateArray(), line => line.GetProperty("personId").GetGuid() == person.Id
                    && line.GetProperty("operation").GetString() == "ChooseNewPassword");
        }
    }

    private async Task Does(string operation, SomeBody person)
    {
        switch (operation)
        {
            case "ChooseNewPassword":
                var path = $"/identity/v1/password-resets/{await LinkTo(person, "password")}";
                await Once(() => world.Anonymous.Send(HttpMethod.Post, path, new { password = NewPassword }));
                break;
            case "TakeNewSecondFactor":
                var token = await LinkTo(person, "second-factor");
                await Once(async () => (await world.TakesNewFactor(token, person.Password)).Reply);
                break;
            case "RenewRecoveryCodes":
                var me = await world.As(person);
                (await me.Send(HttpMethod.Post, "/identity/v1/session/recovery-codes", new { password = "a guess" }))
                    .Refuses(HttpStatusCode.Conflict, "person.password-wrong");
                (await me.Send(HttpMethod.Post, "/identity/v1/session/recovery-codes", new { password = person.Password }))
                    .Is(HttpStatusCode.OK);
                break;
            case "SignOutThere":
                var (here, there) = (await world.As(person), await world.As(person));
                var other = (await there.Get("/identity/v1/session/devices")).Body.GetProperty("items").EnumerateArray()
                    .Single(device => device.GetProperty("current").GetBoolean()).GetProperty("id").GetGuid();
                (await here.Delete($"/identity/v1/session/devices/{other}")).Is(HttpStatusCode.OK);
                (await here.Delete($"/identity/v1/session/devices/{other}")).Is(HttpStatusCode.NotFound);
                break;
            case "SignOutEverywhere":
                (await (await world.As(person)).Delete("/identity/v1/session/devices")).Is(HttpStatusCode.OK);
                break;
        }
    }

    /// <summary>The second time it is refused, and leaves nothing.</summary>
    private static async Task Once(Func<Task<Reply>> acts)
    {
        (await acts()).Is(HttpStatusCode.OK);
        (await acts()).Refuses(HttpStatusCode.Conflict, "link.not-valid");
    }

    private async Task<string> LinkTo(SomeBody person, string purpose)
    {
        var token = Random256.NewText();
        await using var link = world.AsSystem.CreateCommand(
            "INSERT INTO one_time_link (token_hash, person_id, expires_at, purpose) VALUES ($1, $2, $3, $4)");
        link.Parameters.Add(new() { Value = Random256.HashOf(token) });
        link.Parameters.Add(new() { Value = person.Id });
        link.Parameters.Add(new() { Value = world.Clock.GetUtcNow().AddHours(1) });
        link.Parameters.Add(new() { Value = purpose });
        Assert.Equal(1, await link.ExecuteNonQueryAsync());
        return token;
    }
}
