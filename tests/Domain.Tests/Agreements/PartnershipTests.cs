using Iop.Agreements.Domain;
using Iop.Kernel;

namespace Iop.Domain.Tests.Agreements;

public sealed class PartnershipTests
{
    [Theory]
    //          parties  agreements                                           the partnership is
    [InlineData(1, "", PartnershipState.Initiative)]
    [InlineData(2, "", PartnershipState.Dialogue)]
    [InlineData(2, "Withdrawn", PartnershipState.Dialogue)]
    [InlineData(2, "Draft", PartnershipState.Drafting)]
    [InlineData(2, "Assessment Ended", PartnershipState.Drafting)]
    [InlineData(2, "OpenForSignature", PartnershipState.Signing)]
    [InlineData(2, "Signed Draft", PartnershipState.Signing)]
    [InlineData(2, "InForce Draft", PartnershipState.InForce)]
    [InlineData(2, "NoticeGiven Ended", PartnershipState.InForce)] // in force until the notice has run out
    [InlineData(2, "Ended Rescinded", PartnershipState.Ended)]
    public void A_partnership_stands_where_its_agreements_stand(int parties, string agreements, PartnershipState expected) =>
        Assert.Equal(
        expected,
            PartnershipStates.Of(parties,
            [.. agreements.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<AgreementState>)]));

    [Fact]
    public void A_party_is_there_once_and_not_both_whole_and_in_part()
    {
        var partnership = Some.Partnership();
        var (city, unit) = (new OrganisationRef(Guid.NewGuid()), new UnitRef(Guid.NewGuid()));
        Assert.Null(Join(city, unit, [], out var part));
        Assert.Equal("partnership.already-a-party", Join(city, unit, [part], out _)?.Code);
        Assert.Equal("partnership.whole-and-unit", Join(city, null, [part], out _)?.Code);
        Assert.Null(Join(city, new UnitRef(Guid.NewGuid()), [part], out _));

        Refusal? Join(OrganisationRef organisation, UnitRef? of, IReadOnlyList<Party> present, out Party party) =>
            partnership.Join(new PartyId(Guid.NewGuid()), organisation, of, OrganisationKind.Public, 1, present, Some.Now,
                out party);
    }
}
