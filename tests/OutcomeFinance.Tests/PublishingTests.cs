using System.Net;
using System.Text.Json;
using Iop.Contracts.FollowUp;
using Iop.Contracts.OutcomeFinance;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

/// <summary>What everybody may know of a contract; what is withheld is decided in SuppressionTests and attacked in
/// SolverTests.</summary>
[Collection("outcome finance")]
public sealed class PublishingTests(OutcomeFinanceWorld world)
{
    private const string Cohorts = """
        villkor 1, SEK
        mått investerat: SEK, senaste värdet gäller
        samling kohorter
            fält avslutade: antal personer, senaste värdet gäller
            fält andel: procent, senaste värdet gäller
        rad utfall = summan av (avslutade × 1 000 SEK per personer) i kohorter
        utbetalning = summan av raderna, högst 500 000 SEK
        betalare Norrköpings_kommun 100 %
        finansiär har satsat investerat
        """;

    [Fact]
    public async Task A_signed_contract_is_public_with_parties_and_periods_and_a_draft_is_not()
    {
        var contract = await world.Signed("2016", "2017");
        await Heard(contract);
        var seen = (await world.Anonymous.Get(Path(contract))).Is(HttpStatusCode.OK).Body;
        Assert.Equal("signed", seen.GetProperty("state").GetString());
        Assert.Equal(4, seen.GetProperty("parties").GetArrayLength());
        Assert.Equal(["2016", "2017"], seen.GetProperty("periods").EnumerateArray()
            .Select(period => period.GetProperty("key").GetString()));
        (await world.Anonymous.Get(Path((await world.Drafted()).Id))).Is(HttpStatusCode.NotFound);
        var found = (await world.Anonymous.Get("/outcome-finance/v1/published-contracts?q=leksell&limit=100"))
            .Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray();
        Assert.Contains(found, one => one.GetProperty("id").GetGuid() == contract);
        Assert.Equal(0, (await world.Anonymous.Get("/outcome-finance/v1/published-contracts?q=%25")).Body.GetProperty("total")
            .GetInt32());
    }

    [Fact]
    public async Task Results_are_public_and_small_counts_are_null_with_a_reason()
    {
        var contract = await Signed();
        await world.Tell(Of(contract, ("norr", "3", "33.3"), ("söder", "9", "44.4"), ("väster", "12", "50")));
        var seen = (await world.Anonymous.Get(Path(contract))).Is(HttpStatusCode.OK);
        var period = seen.Body.GetProperty("periods")[0];
        Assert.Equal(
            [("norr", null, "too-few"), ("söder", null, "too-few"), ("väster", "12", null)],
            period.GetProperty("results").EnumerateArray()
                .Where(one => one.GetProperty("measure").GetString() == "avslutade")
                .Select(one => (one.GetProperty("group").GetString(), Text(one, "value"), Text(one, "reason"))));
        Assert.Equal((null, "too-few"), (Text(period, "amount"), Text(period, "amountReason")));
        Assert.DoesNotContain("33.3", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("24000", seen.Text, StringComparison.Ordinal);
        Assert.Equal("12", period.GetProperty("totals")[0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task Where_nobody_is_few_everything_is_shown_and_a_small_correction_is_not()
    {
        var contract = await Signed();
        await world.Tell(Of(contract, ("norr", "8", "40"), ("söder", "9", "44.4")));
        var first = (await world.Anonymous.Get(Path(contract))).Is(HttpStatusCode.OK);
        Assert.Equal("17000.00", first.Body.GetProperty("periods")[0].GetProperty("amount").GetString());
        await world.Tell(Of(contract, 2, ("norr", "9", "45"), ("söder", "9", "44.4")));
        var second = (await world.Anonymous.Get(Path(contract))).Is(HttpStatusCode.OK);
        Assert.NotEqual(first.Tag, second.Tag);
        Assert.DoesNotContain("18000", second.Text, StringComparison.Ordinal);
        Assert.Null(Text(second.Body.GetProperty("periods")[0].GetProperty("results")[0], "value"));
    }

    [Fact]
    public async Task What_the_terms_say_counts_no_persons_is_shown_however_few_and_what_they_say_does_is_not()
    {
        var contract = await Signed("""
            villkor 1, SEK
            mått investerat: SEK, senaste värdet gäller
            samling kohorter
                fält lägenheter: antal lägenheter, senaste värdet gäller, räknar inte personer
            samling orter
                fält hushåll: tal, senaste värdet gäller, räknar personer
            rad utfall = summan av (lägenheter × 1 000 SEK per lägenheter) i kohorter
            rad ort = 1 SEK om summan av hushåll i orter > 100, annars 0 SEK
            utbetalning = summan av raderna, högst 500 000 SEK
            betalare Norrköpings_kommun 100 %
            finansiär har satsat investerat
            """);
        await world.Tell(world.Measured(contract, "0") with
        {
            Figures =
            [
                new() { Path = "investerat", Type = "number", Value = "0" },
                new() { Path = "kohorter/norr/lägenheter", Type = "number", Value = "2" },
                new() { Path = "orter/norr/hushåll", Type = "number", Value = "3" },
            ],
        });
        var seen = (await world.Anonymous.Get(Path(contract))).Is(HttpStatusCode.OK);
        Assert.Equal([("hushåll", null, "too-few"), ("lägenheter", "2", null)],
            seen.Body.GetProperty("periods")[0].GetProperty("results").EnumerateArray()
                .Where(one => one.GetProperty("group").GetString() == "norr")
                .Select(one => (one.GetProperty("measure").GetString(), Text(one, "value"), Text(one, "reason")))
                .OrderBy(one => one.Item1, StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_end_is_public()
    {
        var contract = await world.Signed();
        await Heard(contract);
        await world.Tell(new OutcomeContractEnded
        {
            ContractId = contract, Sequence = 20, Title = "Team Nystart", EndedOn = new DateOnly(2026, 3, 2),
        });
        var seen = (await world.Anonymous.Get(Path(contract))).Is(HttpStatusCode.OK).Body;
        Assert.Equal(("ended", "2026-03-02"), (Text(seen, "state"), Text(seen, "endedOn")));
    }

    [Theory]
    [InlineData("INSERT INTO published_contract SELECT * FROM published_contract")]
    [InlineData("UPDATE published_contract SET results = '{}'")]
    [InlineData("DELETE FROM published_contract")]
    public async Task Nobody_but_the_system_publishes(string sql) =>
        Assert.Equal("42501", await world.AsApplication(world.Officer, sql));

    private async Task<Guid> Signed(string terms = Cohorts)
    {
        var draft = (await world.As(world.Officer).Create("/outcome-finance/v1/contracts", world.DraftRequest(terms)))
            .Is(HttpStatusCode.Created);
        var open = await world.Opened(draft.Id, draft.Tag);
        foreach (var organisation in new[] { world.Municipality, world.Fund, world.Institute })
            (await world.Sign(open.Id, organisation, open.Body.GetProperty("versionHash").GetString())).Is(HttpStatusCode.OK);
        await Heard(open.Id);
        return open.Id;
    }

    private Task Heard(Guid contract) => Eventually.Holds("the signing is published", async () =>
        await world.Scalar<long>("SELECT count(*) FROM published_contract WHERE contract_id = $1", contract) == 1);

    private MeasurementVerified Of(Guid contract, params (string Group, string Finished, string Share)[] cohorts) =>
        Of(contract, 1, cohorts);

    private MeasurementVerified Of(Guid contract, int revision, params (string Group, string Finished, string Share)[] cohorts) =>
        world.Measured(contract, "0", revision) with
        {
            Figures =
            [
                new() { Path = "investerat", Type = "number", Value = "0" },
                .. cohorts.SelectMany(cohort => new MeasurementVerifiedFigure[]
                {
                    new() { Path = $"kohorter/{cohort.Group}/avslutade", Type = "number", Value = cohort.Finished },
                    new() { Path = $"kohorter/{cohort.Group}/andel", Type = "number", Value = cohort.Share },
                }),
            ],
        };

    private static string? Text(JsonElement thing, string name) => thing.GetProperty(name).GetString();

    private static string Path(Guid contract) => $"/outcome-finance/v1/published-contracts/{contract}";
}
