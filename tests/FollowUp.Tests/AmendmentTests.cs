using System.Net;
using System.Text.Json;
using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.FollowUp.Tests;

public sealed class AmendmentTests(FollowUpWorld world) : IClassFixture<FollowUpWorld>
{
    private static readonly string[] After = ["2025", "2026", "2027"];

    [Fact]
    public async Task From_its_date_other_periods_and_measures_are_asked_for_and_what_was_measured_stays()
    {
        var contract = await world.SignedContract();
        (await world.Measure(contract, FollowUpWorld.Report())).Is(HttpStatusCode.Created);
        var joining = Guid.NewGuid();
        var amended = Amended(contract, joining);
        await world.Tell(amended);
        await world.Tell(amended); // twice is normal
        var view = (await world.As(world.Reporter).Get($"/follow-up/v1/contracts/{contract}")).Is(HttpStatusCode.OK).Body;
        Assert.Equal(After, view.GetProperty("periods").EnumerateArray().Select(Key));
        Assert.Single(view.GetProperty("measurements").EnumerateArray());
        Assert.Equal(["investerat", "besparing", "skolresultat_förbättrade", "kohorter/deltagare", "närvaro"],
            view.GetProperty("measures").EnumerateArray().Select(one => one.GetProperty("path").GetString()));
        (await world.Measure(contract, FollowUpWorld.Report(period: "2030")))
            .Refuses(HttpStatusCode.Conflict, "measurement.no-such-period");
        (await world.As(Callers.Of(joining, Roles.Reporter)).Get($"/follow-up/v1/contracts/{contract}")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_amendment_may_be_heard_before_the_contract()
    {
        var signed = world.Contract();
        var id = await world.Publish(Amended(signed.ContractId, Guid.NewGuid()));
        await world.Tell(signed);
        await Eventually.Holds("the amendment is heard again", async () =>
        {
            var view = await world.As(world.Reporter).Get($"/follow-up/v1/contracts/{signed.ContractId}");
            return view.Body.GetProperty("periods").EnumerateArray().Select(Key).SequenceEqual(After);
        });
        Assert.NotEqual(Guid.Empty, id);
    }

    private static string? Key(JsonElement period) => period.GetProperty("key").GetString();

    private OutcomeContractAmended Amended(Guid contract, Guid joining) => new()
    {
        ContractId = contract,
        Sequence = 9,
        Number = 2,
        Title = "Team Nystart",
        VersionHash = new string('c', 64),
        HoldsFrom = new DateOnly(2026, 1, 1),
        Parties =
        [
            new() { OrganisationId = world.Municipality, Name = "Norrköpings kommun", Role = "payer" },
            new() { OrganisationId = world.Fund, Name = "Leksell", Role = "payee" },
            new() { OrganisationId = joining, Name = "En utförare", Role = "provider" },
            new() { OrganisationId = world.Institute, Name = "RISE", Role = "verifier" },
        ],
        Measures =
        [
            new() { Path = "investerat", Type = "money", Accumulation = "latest", Unit = "SEK", MayBeNegative = false },
            new() { Path = "närvaro", Type = "percent", Accumulation = "latest", MayBeNegative = false },
        ],
        Periods =
        [
            new() { Key = "2026", From = new DateOnly(2026, 1, 1), To = new DateOnly(2026, 12, 31), Final = false },
            new() { Key = "2027", From = new DateOnly(2027, 1, 1), To = new DateOnly(2027, 12, 31), Final = true },
        ],
    };
}
