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

    /// <summary>0 in force, 1 a party joins, 2 the association is not in the new version and the end is later, 3 ended, 4 it has
    /// left the partnership, 5 it has come back to it, 6 an accession with it in.</summary>
    [Theory]
    [InlineData("01", "open", "2027-12-31", true)]
    [InlineData("012", "open", "2031-12-31", true)] // another agreement keeps it in the partnership
    [InlineData("0124", "open", "2031-12-31", false)]
    [InlineData("0142", "open", "2031-12-31", false)]
    [InlineData("4012", "open", "2031-12-31", false)]
    [InlineData("4021", "open", "2031-12-31", false)]
    [InlineData("1024", "open", "2031-12-31", false)] // of an agreement that is not known here yet
    [InlineData("4210", "open", "2031-12-31", false)]
    [InlineData("0112244", "open", "2031-12-31", false)]
    [InlineData("02142", "open", "2031-12-31", false)]
    [InlineData("01243", "closed", "2027-06-30", false)]
    [InlineData("03421", "closed", "2027-06-30", false)]
    [InlineData("43210", "closed", "2027-06-30", false)]
    [InlineData("0124334210", "closed", "2027-06-30", false)]
    [InlineData("012456", "open", "2027-12-31", true)]
    [InlineData("012654", "open", "2027-12-31", true)] // the leaving comes last
    [InlineData("540126", "open", "2027-12-31", true)]
    [InlineData("012465", "open", "2027-12-31", true)]
    [InlineData("01246", "open", "2027-12-31", false)] // until it is told that it has come back
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
        await world.Tell(Left(agreement, leaves, 9) with { OrganisationId = world.Region, UnitId = leaves });
        await world.Tell(without with { Sequence = agreement.Sequence + 8, Parties = [.. without.Parties,
            without.Parties[0] with { UnitId = leaves }] }); // of another count
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
                '4' => await world.Tell(Left(agreement, agreement.Parties[1].PartyId, 10)),
                '5' => await world.Tell(CameBack(agreement, 12)),
                '6' => await Say(Changed(agreement, 8, "accession", agreement.EndsOn,
                    [world.Region, world.Association, _newcomer]), isKnown),
                _ => await Say(new AgreementEnded
                {
                    AgreementId = agreement.AgreementId, Sequence = agreement.Sequence + 6, How = "ended",
                    PartnershipId = agreement.PartnershipId, Title = agreement.Title, EndedOn = new DateOnly(2027, 6, 30),
                }, isKnown),
            };
            if (!isKnown && number is not ('4' or '5')) waiting.Add(said);
        }
        foreach (var id in waiting) await Eventually.Holds("what waited is heard", async () => await world.HandledBy(id) == 1);
    }

    private Task<Guid> Say<TMessage>(TMessage fact, bool heard) where TMessage : class =>
        heard ? world.Tell(fact) : world.Publish(fact);

    /// <summary>From today on.</summary>
    private PartyLeftPartnership Left(AgreementEnteredIntoForce of, Guid party, long sequence) => new()
    {
        PartnershipId = of.PartnershipId, Sequence = sequence, PartnershipTitle = of.Title, PartyId = party,
        OrganisationId = world.Association, LeftOn = DateOnly.FromDateTime(world.Clock.GetUtcNow().UtcDateTime),
    };

    private PartyJoinedPartnership CameBack(AgreementEnteredIntoForce of, long sequence) => new()
    {
        PartnershipId = of.PartnershipId, Sequence = sequence, PartnershipTitle = of.Title, PartyId = of.Parties[1].PartyId,
        OrganisationId = world.Association, Kind = "idea-driven",
    };

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
