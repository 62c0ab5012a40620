extern alias followup;

using System.Net;
using Iop.Contracts.Agreements;
using Iop.Contracts.OutcomeFinance;
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
        var contract = await SignedContract();
        var measurement = (await Owner.Create($"/follow-up/v1/contracts/{contract}/measurements", new
        {
            periodKey = "2025", counterfactual = "historical",
            figures = new[] { new { path = "deltagare", type = "number", value = "12" } },
        })).Is(HttpStatusCode.Created).Id;
        var deviation = (await Owner.Create($"/follow-up/v1/plans/{plan}/deviations",
            new { title = "Färre", whatHappened = "Sex kom.", happenedOn = "2026-02-20" })).Is(HttpStatusCode.Created).Id;
        var meeting = (await Owner.Create($"/follow-up/v1/plans/{plan}/meetings", new
        {
            topic = "Uppföljning", agenda = "Läget", heldOn = "2026-04-01", startsAt = "14:00", place = "Stadshuset",
        })).Is(HttpStatusCode.Created).Id;
        return new Dictionary<string, Guid>(StringComparer.Ordinal)
        {
            ["/follow-up/v1/plans"] = plan, ["/follow-up/v1/contracts"] = contract, ["/follow-up/v1/measurements"] = measurement,
            ["/follow-up/v1/deviations"] = deviation, ["/follow-up/v1/meetings"] = meeting,
        };
    }

    private async Task<Guid> SignedContract()
    {
        var contract = new OutcomeContractSigned
        {
            ContractId = Guid.NewGuid(),
            Sequence = 6,
            Title = "Tidigt stöd",
            VersionHash = "00",
            Currency = "SEK",
            Parties =
            [
                new() { OrganisationId = OwnersOrganisation, Name = "Regionen", Role = "payer" },
                new() { OrganisationId = Guid.NewGuid(), Name = "Institutet", Role = "verifier" },
            ],
            Measures =
                [new() { Path = "deltagare", Type = "count", Accumulation = "latest", Unit = "personer", MayBeNegative = false }],
            Periods =
                [new() { Key = "2025", From = new DateOnly(2025, 1, 1), To = new DateOnly(2025, 12, 31), Final = true }],
        };
        await Host.Tell(contract);
        return contract.ContractId;
    }
}
