using System.Net;
using System.Text.Json;
using Iop.Contracts.FollowUp;
using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

/// <summary>Terms that pay for each person: computed on keyed hashes that are shown nowhere and gone when the contract
/// ends.</summary>
public sealed class ParticipantTests(OverheardWorld world) : IClassFixture<OverheardWorld>
{
    private const string PerPerson = """
        villkor 1, SEK
        mått investerat: SEK, senaste värdet gäller
        prislista kort
            post inskriven: 500 SEK, högst 1 gång
            post kvartal: 1 500 SEK, högst 4 gånger
        samling deltagare: personer
            varje nyckel har resultat: koder
        rad resultat_per_person = summan av (resultat enligt kort) i deltagare
        utbetalning = summan av raderna, högst 500 000 SEK
        betalare Norrköpings_kommun 100 %
        finansiär har satsat investerat
        """;

    private readonly string[] _people = [.. Enumerable.Range(0, 3).Select(_ => Guid.NewGuid().ToString("N"))];

    [Fact]
    public async Task People_are_computed_on_and_shown_as_a_count()
    {
        var (contract, _) = await Measured();
        Assert.Equal(["6000.00"], await world.Amounts(contract));
        var derivation = (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(contract, "/periods/2016-2018/derivation")))
            .Is(HttpStatusCode.OK);
        Assert.Contains(derivation.Body.GetProperty("figures").EnumerateArray(), figure =>
            figure.GetProperty("path").GetString() == "deltagare" && figure.GetProperty("type").GetString() == "members"
            && figure.GetProperty("value").GetString() == "3");
    }

    [Fact]
    public async Task That_nobody_took_part_is_a_figure_and_not_a_missing_one()
    {
        var (contract, _) = await Measured();
        var nobody = world.Measured(contract, "0", revision: 2) with
        {
            Figures =
            [
                new() { Path = "investerat", Type = "number", Value = "100000" },
                new() { Path = "deltagare", Type = "members", Value = "0" },
            ],
        };
        await world.Tell(nobody);
        Assert.Equal(["6000.00", "-6000.00"], await world.Amounts(contract));
        var derivation = (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(contract, "/periods/2016-2018/derivation")))
            .Is(HttpStatusCode.OK).Body;
        Assert.True(derivation.GetProperty("complete").GetBoolean());
        Assert.Contains(derivation.GetProperty("figures").EnumerateArray(), figure =>
            figure.GetProperty("path").GetString() == "deltagare" && figure.GetProperty("value").GetString() == "0");
    }

    [Fact]
    public async Task The_signed_contract_says_that_they_are_people()
    {
        var (contract, _) = await Measured();
        var told = Assert.Single(await world.Announced<OutcomeContractSigned>(), one => one.ContractId == contract);
        Assert.Equal([("deltagare/resultat", true), ("investerat", false)],
            told.Measures.OrderBy(one => one.Path, StringComparer.Ordinal)
            .Select(one => (one.Path, one.PerPerson)));
    }

    [Fact]
    public async Task No_page_file_message_or_log_says_what_stands_for_a_person()
    {
        var (contract, obligation) = await Measured();
        var said = new List<string>();
        foreach (var path in new[]
        {
            OutcomeFinanceWorld.Path(contract), OutcomeFinanceWorld.Path(contract, "/periods/2016-2018/derivation"),
            OutcomeFinanceWorld.Path(contract, "/ledger"), OutcomeFinanceWorld.Path(contract, "/reconciliation"),
            "/outcome-finance/v1/obligations?limit=100", $"/outcome-finance/v1/obligations/{obligation}",
            $"/outcome-finance/v1/statements/contract?contractId={contract}",
            $"/outcome-finance/v1/statements/contract/csv?contractId={contract}",
            $"/outcome-finance/v1/statements/contract/pdf?contractId={contract}", "/outcome-finance/v1/portfolio",
            "/outcome-finance/v1/portfolio/csv", "/outcome-finance/v1/portfolio/indigo",
            "/outcome-finance/v1/audit-trail?limit=100",
        })
        {
            said.Add((await world.As(Callers.Of(world.Municipality, [.. Roles.All])).Get(path)).Text);
            said.Add((await world.As(Callers.Of(world.Fund, [.. Roles.All])).Get(path)).Text);
        }
        // One that cannot be computed on: the trouble is told, the person is not.
        var other = await Signed();
        await world.Publish(Of(other, "finns_inte"));
        await Eventually.Holds("the failure is logged", () => Task.FromResult(world.Heard.Lines.Any(line =>
            line.Contains(other.ToString(), StringComparison.Ordinal) && line.Contains("figure.", StringComparison.Ordinal))));
        said.AddRange((await world.Announced<ObligationTriggered>()).Select(one => JsonSerializer.Serialize(one)));
        said.AddRange(world.Heard.Lines);
        said.Add(await world.Scalar<string>("SELECT string_agg(result::text, '') FROM calculation WHERE contract_id = $1",
            contract));
        Assert.All(_people, person =>
            Assert.DoesNotContain(said, line => line.Contains(person, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task After_the_end_nothing_is_left_of_them_and_the_results_stay()
    {
        var (contract, obligation) = await Measured();
        foreach (var (caller, act) in new[] { (world.FundController, "claim"), (world.Controller, "attestations"),
            (world.SecondController, "attestations"), (world.FundController, "settlement") })
            (await world.Act(caller, obligation, act)).Is(HttpStatusCode.OK);
        var seen = (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(contract))).Is(HttpStatusCode.OK);
        (await world.As(world.Officer).Act(OutcomeFinanceWorld.Path(contract, "/end"), seen.Tag, new { reason = "Klart." }))
            .Is(HttpStatusCode.OK);
        var told = Assert.Single(await world.Announced<OutcomeContractEnded>(), one => one.ContractId == contract);
        await world.Tell(told); // and once more

        Assert.Equal(0, await world.Scalar<long>(
            "SELECT count(*) FROM verified_figure WHERE contract_id = $1 AND of_participant", contract));
        Assert.Equal(1, await world.Scalar<long>("SELECT count(*) FROM verified_figure WHERE contract_id = $1", contract));
        Assert.Equal(["6000.00"], await world.Amounts(contract));
        // A late one is told but not believed: the earlier periods' people are gone.
        await world.Tell(Of(contract, "inskriven", revision: 2));
        Assert.Equal(["6000.00"], await world.Amounts(contract));
        Assert.Equal("measurement.participants-destroyed", await world.Scalar<string>(
            "SELECT code FROM refused_measurement WHERE contract_id = $1", contract));
        var everything = await WholeDatabase.Read(world.Database.ConnectionString);
        Assert.All(_people, person => Assert.DoesNotContain(person, everything, StringComparison.Ordinal));
    }

    private async Task<(Guid Contract, Guid Obligation)> Measured()
    {
        var contract = await Signed();
        await world.Tell(Of(contract, "inskriven,kvartal"));
        return (contract, (await world.Obligations(contract))[0].GetProperty("id").GetGuid());
    }

    private async Task<Guid> Signed()
    {
        var draft = (await world.As(world.Officer).Create("/outcome-finance/v1/contracts", world.DraftRequest(PerPerson)))
            .Is(HttpStatusCode.Created);
        var open = await world.Opened(draft.Id, draft.Tag);
        var hash = open.Body.GetProperty("versionHash").GetString();
        foreach (var organisation in new[] { world.Municipality, world.Fund, world.Institute })
            (await world.Sign(open.Id, organisation, hash)).Is(HttpStatusCode.OK);
        return open.Id;
    }

    private MeasurementVerified Of(Guid contract, string results, int revision = 1) =>
        world.Measured(contract, "0", revision) with
        {
            Figures =
            [
                new() { Path = "investerat", Type = "number", Value = "0" },
                .. _people.Select(person => new MeasurementVerifiedFigure
                {
                    Path = $"deltagare/{person}/resultat", Type = "code", Value = results, OfParticipant = true,
                }),
            ],
        };
}
