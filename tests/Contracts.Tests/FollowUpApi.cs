extern alias followup;

using Iop.Contracts.Agreements;
using Iop.TestKit;

namespace Iop.Contracts.Tests;

public sealed class FollowUpHost(Servers servers) : ServiceHost<followup::Program>(servers, "follow_up");

public sealed class FollowUpApi(FollowUpHost host)
    : ApiPromises<followup::Program>(host, "follow-up"), IClassFixture<FollowUpHost>
{
    protected override async Task<IReadOnlyDictionary<string, Guid>> AnothersThings()
    {
        await Host.Tell(new AgreementEnteredIntoForce
        {
            AgreementId = Guid.NewGuid(),
            Sequence = 7,
            PartnershipId = Guid.NewGuid(),
            Title = "Vårsol",
            VersionHash = "00",
            SignedOn = new DateOnly(2026, 1, 15),
            StartsOn = new DateOnly(2026, 2, 1),
            AutoRenews = false,
            Purpose = "Stöd till barn",
            Challenge = "Barn vars anhöriga är sjuka",
            TargetGroup = "Barn från fyra år",
            Parties =
                [new() { PartyId = Guid.NewGuid(), OrganisationId = OwnersOrganisation, Name = "Regionen", Kind = "public" }],
            Contributions = [],
        });
        var plan = (await Owner.Get("/follow-up/v1/plans")).Body.GetProperty("items")[0].GetProperty("id").GetGuid();
        return new Dictionary<string, Guid>(StringComparer.Ordinal) { ["/follow-up/v1/plans"] = plan };
    }
}
