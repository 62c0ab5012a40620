using System.Net;
using System.Text.Json;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Identity.Tests;

/// <summary>An administrator is warned of what rests on one person, counted over all of the organisation.</summary>
[Collection(nameof(IdentityWorld))]
public sealed class AloneTests(IdentityWorld world)
{
    private readonly Guid _organisation = Guid.NewGuid();
    private readonly Guid _unit = Guid.NewGuid();
    private readonly Guid _other = Guid.NewGuid();
    private SomeBody _admin = null!;

    [Fact]
    public async Task The_only_signature_is_warned_of_until_another_who_has_come_in_can_sign()
    {
        await Begun();
        var only = await Member(Roles.Signatory);
        Assert.Equal([(only.Id, Roles.Signatory, null)], await Alone());
        var email = $"{Guid.NewGuid():N}@vårby.example";
        var invited = (await (await world.As(_admin)).Create(
            "/identity/v1/people", new { name = "Ny", email, language = "sv" })).Is(HttpStatusCode.Created);
        await Given(invited.Id, null, Roles.Signatory);
        Assert.Equal([(only.Id, Roles.Signatory, null)], await Alone()); // invited, and not there to sign yet
        (await world.Accepts(invited.Body.GetProperty("invitationToken").GetString()!, "yet another horse battery"))
            .Reply.Is(HttpStatusCode.OK);
        Assert.Empty(await Alone());
    }

    [Fact]
    public async Task A_units_only_controller_is_warned_of_as_long_as_nobody_of_the_whole_or_the_unit_is_beside()
    {
        await Begun();
        await Member(Roles.Controller, _other);
        var only = await Member(Roles.Controller, _unit);
        Assert.Contains((only.Id, Roles.Controller, (Guid?)_unit), await Alone());
        await Member(Roles.Controller, _unit);
        Assert.DoesNotContain(await Alone(), one => one.Unit == _unit);
        Assert.Contains(await Alone(), one => one.Unit == _other);
        await Member(Roles.Controller);
        Assert.Empty(await Alone());
    }

    [Fact]
    public async Task Whoever_administers_one_unit_hears_of_that_unit()
    {
        await Begun();
        await Member(Roles.Controller, _other);
        var only = await Member(Roles.Controller, _unit);
        var ofUnit = await Member(Roles.Admin, _unit);
        Assert.Equal([(only.Id, Roles.Controller, (Guid?)_unit)], await Alone(ofUnit));
    }

    private async Task Begun()
    {
        await world.Tell(IdentityWorld.Organisation(
            _organisation, "Föreningen Tunn", "idea-driven", (_unit, "Norra"), (_other, "Södra")));
        await IdentityWorld.GivenBy(await world.As(world.Operator), _admin = await world.Invited(), _organisation, Roles.Admin);
    }

    private async Task<SomeBody> Member(string role, Guid? unit = null)
    {
        var person = await world.Invited();
        await Given(person.Id, unit, role);
        return person;
    }

    private async Task Given(Guid person, Guid? unit, string role) => (await (await world.As(_admin)).Create(
        "/identity/v1/memberships",
        new { personId = person, organisationId = _organisation, unitId = unit, roles = new[] { role } }))
        .Is(HttpStatusCode.Created);

    private async Task<IReadOnlyList<(Guid Person, string Roles, Guid? Unit)>> Alone(SomeBody? asked = null) =>
        [.. (await (await world.As(asked ?? _admin)).Get("/identity/v1/memberships")).Is(HttpStatusCode.OK).Body
            .GetProperty("alone").EnumerateArray().Select(one => (
                one.GetProperty("personId").GetGuid(),
                string.Join(' ', one.GetProperty("roles").EnumerateArray().Select(role => role.GetString())),
                one.GetProperty("unitId") is { ValueKind: JsonValueKind.String } unit ? unit.GetGuid() : (Guid?)null))];
}
