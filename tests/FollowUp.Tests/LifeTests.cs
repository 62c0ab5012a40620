using System.Net;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.FollowUp.Tests;

/// <summary>An agreement changes and ends, and the facts of it come in any order and more than once: the plan goes on as the
/// newest of them says, and is seen by those who are parties then.</summary>
[Collection("follow-up")]
public sealed class LifeTests(FollowUpWorld world)
{
    private readonly Guid _newcomer = Guid.NewGuid();

    /// <summary>0 in force, 1 a party joins, 2 the association leaves and the end is later, 3 ended.</summary>
    [Theory]
    [InlineData("01", "open", "2027-12-31", true)]
    [InlineData("012", "open", "2031-12-31", false)]
    [InlineData("021", "open", "2031-12-31", false)]
    [InlineData("102", "open", "2031-12-31", false)] // of an agreement that is not known here yet
    [InlineData("210", "open", "2031-12-31", false)]
    [InlineData("01122", "open", "2031-12-31", false)]
    [InlineData("0212", "open", "2031-12-31", false)]
    [InlineData("0123", "closed", "2027-06-30", false)]
    [InlineData("0321", "closed", "2027-06-30", false)]
    [InlineData("3210", "closed", "2027-06-30", false)]
    [InlineData("01233210", "closed", "2027-06-30", false)]
    public async Task The_plan_goes_on_as_the_newest_version_says_in_whatever_order_the_facts_come(
        string order, string state, string endsOn, bool associationStays)
    {
        var agreement = world.InForce();
        await TellAll(agreement, order);
        var plan = await world.Plan(agreement);
        var shown = (await world.As(world.Officer).Get($"/follow-up/v1/plans/{plan}")).Is(HttpStatusCode.OK).Body;
        Assert.Equal((state, endsOn), (shown.GetProperty("state").GetString(), shown.GetProperty("endsOn").GetString()));
        Assert.Equal(HttpStatusCode.OK, await Reads(_newcomer, plan));
        Assert.Equal(associationStays ? HttpStatusCode.OK : HttpStatusCode.NotFound, await Reads(world.Association, plan));
        Assert.Equal(HttpStatusCode.NotFound, (await world.As(world.Stranger).Get($"/follow-up/v1/plans/{plan}")).Status);
        Assert.Equal(1, await world.Scalar<long>("SELECT count(*) FROM plan WHERE agreement_id = $1", agreement.AgreementId));
    }

    [Fact]
    public async Task Who_comes_back_reads_again()
    {
        var agreement = world.InForce();
        await TellAll(agreement, "012");
        var plan = await world.Plan(agreement);
        Assert.Equal(HttpStatusCode.NotFound, await Reads(world.Association, plan));
        await world.Tell(Changed(agreement, 8, "accession", agreement.EndsOn, [world.Region, world.Association, _newcomer]));
        Assert.Equal(HttpStatusCode.OK, await Reads(world.Association, plan));
    }

    [Fact]
    public async Task A_unit_that_leaves_no_longer_reads_though_its_organisation_stays_with_another()
    {
        var (stays, leaves, known) = (Guid.NewGuid(), Guid.NewGuid(), world.InForce());
        var agreement = known with
        {
            Parties = [known.Parties[0] with { UnitId = stays }, known.Parties[0] with { UnitId = leaves }, known.Parties[1]],
        };
        await world.Tell(agreement);
        var plan = await world.Plan(agreement);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await ReadsAs(stays), await ReadsAs(leaves)));
        var without = Changed(agreement, 5, "withdrawal", agreement.EndsOn, [world.Region, world.Association]);
        without = without with { Parties = [without.Parties[0] with { UnitId = stays }, without.Parties[1]] };
        await world.Tell(without);
        await world.Tell(without with { Sequence = agreement.Sequence + 3, Parties = [.. without.Parties,
            without.Parties[0] with { UnitId = leaves }] }); // older, and late
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (await ReadsAs(stays), await ReadsAs(leaves)));

        async Task<HttpStatusCode> ReadsAs(Guid unit) => (await world.As(Callers.OfUnit(world.Region, unit, Roles.Officer))
            .Get($"/follow-up/v1/plans/{plan}")).Status;
    }

    private async Task<HttpStatusCode> Reads(Guid organisation, Guid plan) =>
        (await world.As(Callers.Of(organisation, Roles.Officer)).Get($"/follow-up/v1/plans/{plan}")).Status;

    /// <summary>What comes before the agreement is known waits for it; the rest is handled one after the other.</summary>
    private async Task TellAll(AgreementEnteredIntoForce agreement, string order)
    {
        var (isKnown, waiting) = (false, new List<Guid>());
        foreach (var number in order)
        {
            isKnown |= number == '0';
            var said = number switch
            {
                '0' => await world.Tell(agreement),
                '1' => await Say(Changed(agreement, 3, "accession", agreement.EndsOn,
                    [world.Region, world.Association, _newcomer]), isKnown),
                '2' => await Say(Changed(agreement, 5, "withdrawal", new DateOnly(2031, 12, 31), [world.Region, _newcomer]),
                    isKnown),
                _ => await Say(new AgreementEnded
                {
                    AgreementId = agreement.AgreementId, Sequence = agreement.Sequence + 6, How = "ended",
                    PartnershipId = agreement.PartnershipId, Title = agreement.Title, EndedOn = new DateOnly(2027, 6, 30),
                }, isKnown),
            };
            if (!isKnown) waiting.Add(said);
        }
        foreach (var id in waiting) await Eventually.Holds("what waited is heard", async () => await world.HandledBy(id) == 1);
    }

    private Task<Guid> Say<TMessage>(TMessage fact, bool heard) where TMessage : class =>
        heard ? world.Tell(fact) : world.Publish(fact);

    private static AgreementChanged Changed(
        AgreementEnteredIntoForce of, int later, string kind, DateOnly? endsOn, Guid[] parties) => new()
        {
            AgreementId = of.AgreementId, Sequence = of.Sequence + later, PartnershipId = of.PartnershipId, Title = of.Title,
            Kind = kind, BindsBy = "signatures", Reason = "Skäl.", VersionHash = new string((char)('a' + later), 64),
            PreviousVersionHash = of.VersionHash, EffectiveOn = new DateOnly(2026, 3, 1), SignedOn = new DateOnly(2026, 2, 1),
            StartsOn = of.StartsOn, EndsOn = endsOn, AutoRenews = false, WithoutTalk = false, AssessmentTooOld = false,
            Purpose = of.Purpose, Challenge = of.Challenge, TargetGroup = of.TargetGroup, Contributions = [],
            Parties =
            [
                .. parties.Select((party, place) => new AgreementChangedParty
                {
                    PartyId = party, OrganisationId = party, Name = "En part", Kind = place == 0 ? "public" : "idea-driven",
                }),
            ],
        };
}
