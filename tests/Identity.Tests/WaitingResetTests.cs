using System.Net;
using Iop.Contracts.Identity;
using Iop.Identity.Domain;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Identity.Tests;

/// <summary>Those who may confirm a reset are told that it waits, and that it waits no more.</summary>
[Collection(nameof(IdentityWorld))]
public sealed class WaitingResetTests(IdentityWorld world)
{
    private const string Resets = "/identity/v1/second-factor-resets";

    [Fact]
    public async Task Other_administrators_who_reach_the_person_hear_and_neither_who_asked_nor_the_person()
    {
        var (person, second, officer) = (
            await world.Colleague(Roles.Admin), await world.Colleague(Roles.Admin), await world.Colleague(Roles.Officer));
        var ofUnit = await world.Invited();
        (await (await world.As(world.Admin)).Create("/identity/v1/memberships", new
        {
            personId = ofUnit.Id, organisationId = IdentityWorld.Municipality, unitId = IdentityWorld.SocialServices,
            roles = new[] { Roles.Admin },
        })).Is(HttpStatusCode.Created);
        var asked = await Asked(world.Admin, person);
        var hear = asked.MayConfirm.Select(one => one.PersonId).ToList();
        Assert.Contains(second.Id, hear);
        Assert.All(asked.MayConfirm, one => Assert.Equal(IdentityWorld.Municipality, one.OrganisationId));
        foreach (var other in new[] { world.Admin, person, officer, ofUnit, world.AssociationsAdmin, world.Operator })
            Assert.DoesNotContain(other.Id, hear);
        Assert.Equal((world.Admin.Id, person.Id), (asked.AskedByPersonId, asked.AboutPersonId));
        Assert.Equal(SwedishTime.DateIn(world.Clock.GetUtcNow()).AddDays(7), asked.LastOn);
    }

    [Fact]
    public async Task Where_the_person_has_roles_elsewhere_too_administrators_from_there_hear()
    {
        var (person, second) = (await world.Colleague(Roles.Officer), await world.Colleague(Roles.Admin));
        await IdentityWorld.GivenBy(
            await world.As(world.AssociationsAdmin), person, IdentityWorld.Association, Roles.Signatory);
        var hear = (await Asked(world.Admin, person)).MayConfirm.ToDictionary(one => one.PersonId, one => one.OrganisationId);
        Assert.Equal(IdentityWorld.Association, hear[world.AssociationsAdmin.Id]);
        Assert.DoesNotContain(second.Id, hear.Keys);
    }

    [Fact]
    public async Task Where_nobody_else_administers_the_operators_hear()
    {
        var (admin, person, organisation) = (await world.Invited(), await world.Invited(), Guid.NewGuid());
        await world.Tell(IdentityWorld.Organisation(organisation, "Föreningen Ensam", "idea-driven"));
        await IdentityWorld.GivenBy(await world.As(world.Operator), admin, organisation, Roles.Admin);
        await IdentityWorld.GivenBy(await world.As(admin), person, organisation, Roles.Officer);
        var told = Assert.Single((await Asked(admin, person)).MayConfirm, one => one.PersonId == world.Operator.Id);
        Assert.Equal(OrganisationRef.Operating.Value, told.OrganisationId);
    }

    [Theory]
    [InlineData("confirmed")]
    [InlineData("expired")]
    public async Task It_waits_no_more_when_it_is_confirmed_or_its_week_is_over(string how)
    {
        var (person, second) = (await world.Colleague(Roles.Officer), await world.Colleague(Roles.Admin));
        var asked = await Asked(world.Admin, person);
        Assert.Empty(await Settled(asked));
        if (how == "confirmed")
        {
            (await (await world.As(second)).Act($"{Resets}/{asked.ResetId}/confirmation", $"{asked.Sequence}"))
                .Is(HttpStatusCode.OK);
        }
        world.Clock.Advance(TimeSpan.FromDays(7));
        await Eventually.Holds("the week's end was looked at", async () => await world.Scalar<long>(
            "SELECT count(*) FROM timer WHERE kind = 'second-factor-resets' AND subject_id = $1 AND done_at IS NULL",
            asked.ResetId) == 0);
        var settled = Assert.Single(await Settled(asked));
        Assert.Equal(how, settled.How);
        Assert.True(settled.Sequence > asked.Sequence);
    }

    private async Task<SecondFactorResetAsked> Asked(SomeBody by, SomeBody person)
    {
        var id = (await (await world.As(by)).Create(Resets, new { personId = person.Id, reason = "Telefonen är borta." }))
            .Is(HttpStatusCode.Created).Id;
        return Assert.Single(await world.Announced<SecondFactorResetAsked>(), one => one.ResetId == id);
    }

    private async Task<IEnumerable<SecondFactorResetSettled>> Settled(SecondFactorResetAsked asked) =>
        (await world.Announced<SecondFactorResetSettled>()).Where(one => one.ResetId == asked.ResetId);
}
