using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Texts;
using Iop.Kernel;

namespace Iop.Domain.Tests.Agreements.Texts;

public sealed class ResourcesTests
{
    private readonly Partnership _partnership = Some.Partnership();
    private readonly Party _region;
    private readonly Party _association;
    private readonly Party _church;
    private readonly Agreement _agreement;

    public ResourcesTests()
    {
        (_region, _association) = (Some.Party(_partnership, OrganisationKind.Public),
            Some.Party(_partnership, OrganisationKind.IdeaDriven));
        _church = Some.Party(_partnership, OrganisationKind.IdeaDriven);
        _agreement = Some.Agreement(_partnership);
    }

    //          public kr   ideell kr  public %  ideell %  balance
    [Theory]
    [InlineData(1_000_000, 1_000_000, 50, 50, Balance.Even)]
    [InlineData(600_000, 400_000, 60, 40, Balance.Even)]
    [InlineData(600_001, 399_999, 60, 40, Balance.Even)] // whole per cent: what is shown decides
    [InlineData(700_000, 300_000, 70, 30, Balance.Uneven)]
    [InlineData(1, 2, 33, 67, Balance.Uneven)]
    [InlineData(1_000_000, 0, 100, 0, Balance.NotComparable)] // competence and trust are never forced into kronor
    [InlineData(0, 0, null, null, Balance.NotComparable)]
    public void The_sides_shares_add_up_and_say_what_they_can(
        long publicKronor, long ideaKronor, int? publicPercent, int? ideaPercent, Balance balance)
    {
        var resources = Resources.Of([_region, _association],
            [Offer(_region, publicKronor), Offer(_association, ideaKronor)], []);
        Assert.Equal([publicPercent, ideaPercent], resources.Sides.Select(side => side.Percent));
        Assert.Equal(balance, resources.Balance);
    }

    [Fact]
    public void Three_sides_add_up_to_a_hundred()
    {
        var company = Some.Party(_partnership, OrganisationKind.Private);
        var resources = Resources.Of([_region, _association, company],
            [Offer(_region, 1), Offer(_association, 1), Offer(company, 1)], []);
        Assert.Equal(100, resources.Sides.Sum(side => side.Percent));
    }

    [Fact]
    public void Hours_and_what_has_no_price_are_counted_beside_the_kronor()
    {
        var resources = Resources.Of([_region, _association], [
            Offer(_region, 100), Offer(_association, null, ContributionKind.VolunteerWork, hours: 800),
            Offer(_association, null, ContributionKind.Trust), Offer(_association, 20)], []);
        var planned = resources.Parties.Single(party => party.Party == _association.Id).PlannedPerYear;
        Assert.Equal((Money.Kronor(20), 800, 1), (planned.Value, planned.Hours, planned.Unvalued));
    }

    [Theory]
    [InlineData("Socialstyrelsens projektmedel", "socialstyrelsens  Projektmedel.", true)]
    [InlineData("Region Jönköpings folkhälsopott", "Region Jönköpings folkhälsopott", true)]
    [InlineData("Egen budget", "Egen budget", false)] // each has its own
    [InlineData("Gåvor", "Gåvor", false)]
    [InlineData("Allmänna arvsfonden", "Postkodstiftelsen", false)]
    [InlineData(null, null, false)]
    public void One_source_named_by_two_parties_shows(string? one, string? other, bool shared)
    {
        var resources = Resources.Of([_region, _association, _church],
            [Offer(_association, 10, source: one), Offer(_church, 20, source: other)], []);
        Assert.Equal(shared ? 1 : 0, resources.Shared.Count);
        if (shared) Assert.Equal(2, resources.Shared[0].Contributions.Count);
    }

    [Fact]
    public void One_party_may_use_one_source_for_several_things() => Assert.Empty(Resources.Of([_region, _association],
        [Offer(_association, 10, source: "Arvsfonden"), Offer(_association, 20, source: "Arvsfonden")], []).Shared);

    [Fact]
    public void Delivered_is_summed_by_year_and_a_corrected_report_no_longer_counts()
    {
        var offer = Offer(_association, 100);
        var agreement = InForce();
        var first = Report(agreement, offer, new DateOnly(2026, 4, 1), new DateOnly(2026, 6, 30), 50, []);
        var correction = Report(agreement, offer, new DateOnly(2026, 4, 1), new DateOnly(2026, 6, 30), 40, [first],
            first.DeliveryId);
        var later = Report(agreement, offer, new DateOnly(2026, 10, 1), new DateOnly(2027, 1, 31), 7, [first, correction]);
        var delivered = Resources.Of([_region, _association], [offer], [first, correction, later])
            .Parties.Single(party => party.Party == _association.Id).Delivered;
        Assert.Equal([(2026, Money.Kronor(40)), (2027, Money.Kronor(7))],
            delivered.Select(year => (year.Year, year.Amounts.Value)));
    }

    [Fact]
    public void A_report_is_of_a_period_that_has_been_while_the_agreement_is_in_force()
    {
        var offer = Offer(_association, 100);
        Assert.Equal("delivery.not-in-force", Refused(_agreement, offer, new(2026, 4, 1), new(2026, 4, 30)));
        var agreement = InForce();
        Assert.Equal("delivery.not-yet", Refused(agreement, offer, new(2027, 3, 1), new(2027, 3, 3)));
        Assert.Equal("delivery.before-start", Refused(agreement, offer, new(2026, 3, 31), new(2026, 4, 30)));
        Assert.Equal("delivery.corrects-what",
            Refused(agreement, offer, new(2026, 4, 1), new(2026, 4, 30), corrects: Guid.NewGuid()));
        Assert.Equal("contribution.hours-only-for-work", Refused(agreement, offer, new(2026, 4, 1), new(2026, 4, 30), hours: 5));
        var first = Report(agreement, offer, new(2026, 4, 1), new(2026, 4, 30), 5, []);
        var correction = Report(agreement, offer, new(2026, 4, 1), new(2026, 4, 30), 6, [first], first.DeliveryId);
        Assert.Equal("delivery.corrected-already",
            Refused(agreement, offer, new(2026, 4, 1), new(2026, 4, 30), [first, correction], first.DeliveryId));
    }

    private static DateTimeOffset Later { get; } = new(2027, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly DateOnly Begun = new(2026, 4, 1);

    private Agreement InForce()
    {
        var agreement = Some.Agreement(_partnership);
        var way = typeof(Agreement).GetProperty(nameof(Agreement.State))!;
        way.SetValue(agreement, AgreementState.InForce);
        return agreement;
    }

    private Contribution Offer(
        Party party, long? kronor, ContributionKind kind = ContributionKind.Money, int? hours = null, string? source = null)
    {
        Assert.Null(Contribution.Offer(new ContributionId(Guid.CreateVersion7()), _agreement.Id, _agreement.PartnershipId,
            party.Id,
            new Contribution.Offered(kind, "Insats", kronor is { } whole ? Money.Kronor(whole) : null, hours, source),
            out var offer));
        return offer;
    }

    private static Delivery Report(
        Agreement agreement, Contribution offer, DateOnly from, DateOnly to, long kronor, IReadOnlyList<Delivery> present,
        Guid? corrects = null)
    {
        Assert.Null(Delivery.Report(Guid.NewGuid(), agreement, Begun, offer,
            new Delivery.Reported(from, to, Money.Kronor(kronor), null, null, corrects), new PersonRef(Guid.NewGuid()), present,
            Later,
            out var delivery));
        return delivery;
    }

    private static string? Refused(
        Agreement agreement, Contribution offer, DateOnly from, DateOnly to, IReadOnlyList<Delivery>? present = null,
        Guid? corrects = null, int? hours = null) => Delivery.Report(Guid.NewGuid(), agreement, Begun, offer,
        new Delivery.Reported(from, to, null, hours, "Sagt", corrects), new PersonRef(Guid.NewGuid()), present
            ?? [], Later, out _)?.Code;
}
