using System.Net;
using System.Text.Json;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;
using Npgsql;

namespace Iop.OutcomeFinance.Tests;

[Collection("outcome finance")]
public sealed class SimulationTests(OutcomeFinanceWorld world)
{
    private static readonly object Invested = new { measure = "investerat", shape = "fixed", value = "7500000" };
    private static readonly object NoBetter = new { measure = "skolresultat_förbättrade", shape = "fixed", value = "false" };

    [Fact]
    public async Task Fixed_figures_give_exactly_the_real_payment()
    {
        var contract = await world.Drafted();
        var done = await Done(contract.Id, await Started(contract.Id, Fixed("4000000")));
        Assert.Equal("5400000.00", Path(done, "result", "total", "p50"));
        Assert.Equal("5400000.00", Path(done, "result", "total", "mean"));
        Assert.Equal("-2100000.00", Path(done, "result", "funder", "result", "p5"));
        Assert.Equal(done.GetProperty("runs").GetInt32(), done.GetProperty("runsDone").GetInt32());
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_answer_and_another_seed_another()
    {
        var contract = await world.Drafted();
        var first = await Done(contract.Id, await Started(contract.Id, Uncertain("4711")));
        var second = await Done(contract.Id, await Started(contract.Id, Uncertain("4711")));
        var third = await Done(contract.Id, await Started(contract.Id, Uncertain("4712")));
        Assert.Equal(first.GetProperty("result").GetRawText(), second.GetProperty("result").GetRawText());
        Assert.NotEqual(first.GetProperty("result").GetRawText(), third.GetProperty("result").GetRawText());
    }

    [Fact]
    public async Task A_stranger_and_the_verifier_see_no_simulation_and_start_none()
    {
        var contract = await world.Drafted();
        var started = await Started(contract.Id, Fixed("4000000"));
        foreach (var other in new[] { world.Stranger, Callers.Of(world.Institute, [.. Roles.All]) })
        {
            (await world.As(other).Get(Simulation(contract.Id, started.Id)))
                .Refuses(HttpStatusCode.NotFound, "request.not-found");
            (await world.As(other).Create(Simulations(contract.Id), Fixed("1")))
                .Refuses(HttpStatusCode.NotFound, "request.not-found");
            (await world.As(other).Act(Simulation(contract.Id, started.Id) + "/cancellation", started.Tag))
                .Refuses(HttpStatusCode.NotFound, "request.not-found");
        }
        Assert.Empty((await world.As(Callers.Of(world.Institute, Roles.Verifier)).Get(Simulations(contract.Id)))
            .Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Limits_are_named_where_they_are_passed()
    {
        var contract = await world.Drafted();
        var officer = world.As(world.Officer);
        (await officer.Create(Simulations(contract.Id), new { runs = 10_001, assumptions = new[] { Invested } }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await officer.Create(Simulations(contract.Id), new { assumptions = new[] { Invested } }))
            .Refuses(HttpStatusCode.BadRequest, "simulation.measure-unassumed");
        (await officer.Create(Simulations(contract.Id), new { seed = "-1", assumptions = new[] { Invested } }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await world.As(Callers.Of(world.Municipality, Roles.Reader)).Create(Simulations(contract.Id), Fixed("1")))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
    }

    [Fact]
    public async Task Interrupted_in_the_middle_it_is_begun_anew_and_ends_with_the_same_answer()
    {
        var contract = await world.Drafted();
        var whole = await Done(contract.Id, await Started(contract.Id, Uncertain("99")));
        var id = whole.GetProperty("id").GetGuid();
        // As a process leaves it that was killed after 3 500 runs: begun once, its lease over.
        await Execute("""
            UPDATE simulation SET state = 'Running', runs_done = 3500, attempts = 1, lease_until = $2, result = NULL, finished_at = NULL
            WHERE simulation_id = $1
            """, id, world.Clock.GetUtcNow().AddSeconds(-1));
        var again = await Done(contract.Id, await world.As(world.Officer).Get(Simulation(contract.Id, id)));
        Assert.Equal(whole.GetProperty("result").GetRawText(), again.GetProperty("result").GetRawText());
    }

    [Fact]
    public async Task Interrupted_again_and_again_it_is_given_up_with_the_reason()
    {
        var contract = await world.Drafted();
        var id = (await Done(contract.Id, await Started(contract.Id, Fixed("1")))).GetProperty("id").GetGuid();
        await Execute("""
            UPDATE simulation SET state = 'Running', attempts = 3, lease_until = $2, result = NULL, finished_at = NULL
            WHERE simulation_id = $1
            """, id, world.Clock.GetUtcNow().AddSeconds(-1));
        var given = await Ended(contract.Id, id);
        Assert.Equal(("failed", "simulation.interrupted"),
            (given.GetProperty("state").GetString(), given.GetProperty("failureCode").GetString()));
        Assert.StartsWith("Simuleringen avbröts", given.GetProperty("failure").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_under_way_can_be_cancelled_once_and_stays_so()
    {
        var contract = await world.Drafted();
        var id = (await Done(contract.Id, await Started(contract.Id, Fixed("1")))).GetProperty("id").GetGuid();
        // Somebody is at it, with a lease that is not over.
        await Execute("""
            UPDATE simulation SET state = 'Running', attempts = 1, lease_until = $2, result = NULL, finished_at = NULL
            WHERE simulation_id = $1
            """, id, world.Clock.GetUtcNow().AddHours(1));
        var seen = await world.As(world.Officer).Get(Simulation(contract.Id, id));
        var cancelled = (await world.As(world.Officer).Act(Simulation(contract.Id, id) + "/cancellation", seen.Tag))
            .Is(HttpStatusCode.OK);
        Assert.Equal("cancelled", cancelled.Body.GetProperty("state").GetString());
        (await world.As(world.Officer).Act(Simulation(contract.Id, id) + "/cancellation", cancelled.Tag))
            .Refuses(HttpStatusCode.Conflict, "simulation.not-under-way");
    }

    [Fact]
    public async Task What_has_been_verified_stands()
    {
        var contract = await world.Signed();
        await world.Tell(world.Measured(contract, "4000000"));
        var done = await Done(contract, await Started(contract, Uncertain("1")));
        Assert.Equal("5400000.00", Path(done, "result", "total", "p5"));
        Assert.Equal("5400000.00", Path(done, "result", "total", "p95"));
    }

    [Fact]
    public async Task No_result_is_written_by_the_applications_login()
    {
        var contract = await world.Drafted();
        var id = (await Started(contract.Id, Fixed("4000000"))).Id;
        Assert.Equal("42501", await world.AsApplication(
            world.Officer, "UPDATE simulation SET result = '{}' WHERE simulation_id = $1", id));
        await Ended(contract.Id, id);
        Assert.Equal("no rows", await world.AsApplication(world.Officer,
            "UPDATE simulation SET state = 'Cancelled' WHERE simulation_id = $1", id));
    }

    [Fact]
    public async Task The_schedule_is_part_of_what_is_signed_and_of_the_return()
    {
        var draft = await world.Drafted();
        var funder = draft.Body.GetProperty("parties").EnumerateArray()
            .First(party => party.GetProperty("role").GetString() == "funder");
        var payer = draft.Body.GetProperty("parties").EnumerateArray()
            .First(party => party.GetProperty("role").GetString() == "payer");
        var path = OutcomeFinanceWorld.Path(draft.Id, "/investments");
        (await world.As(world.Officer).Put(path, draft.Tag, Schedule(payer, "1")))
            .Refuses(HttpStatusCode.Conflict, "contract.not-a-funder");
        (await world.As(world.Officer).Put(path, draft.Tag, Schedule(funder, "-1")))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        var planned = (await world.As(world.Officer).Put(path, draft.Tag, Schedule(funder, "7500000"))).Is(HttpStatusCode.OK);
        Assert.NotEqual(
            draft.Body.GetProperty("draftHash").GetString(), planned.Body.GetProperty("draftHash").GetString());
        var again = (await world.As(world.Officer).Put(path, planned.Tag, Schedule(funder, "7500000.50"))).Is(HttpStatusCode.OK);
        var one = Assert.Single(again.Body.GetProperty("investments").EnumerateArray());
        Assert.Equal(("7500000.50", "2016-01-01"), (one.GetProperty("amount").GetString(), one.GetProperty("on").GetString()));
        var done = await Done(draft.Id, await Started(draft.Id, Fixed("4000000")));
        Assert.Equal("7500000.50", Path(done, "result", "funder", "invested", "mean"));
        Assert.Equal(JsonValueKind.Object, done.GetProperty("result").GetProperty("funder").GetProperty("rate").ValueKind);
    }

    [Fact]
    public async Task Nobody_plans_investments_of_an_open_contract()
    {
        var open = await world.Opened();
        var funder = open.Body.GetProperty("parties").EnumerateArray()
            .First(party => party.GetProperty("role").GetString() == "funder");
        (await world.As(world.Officer).Put(OutcomeFinanceWorld.Path(open.Id, "/investments"), open.Tag, Schedule(funder, "1")))
            .Refuses(HttpStatusCode.Conflict, "contract.not-a-draft");
        Assert.Equal("42501", await world.AsApplication(world.Officer,
            "INSERT INTO planned_investment VALUES ($1, $2, 0, $3, '2026-01-01', 1)",
            Guid.NewGuid(), open.Id, funder.GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task Scenarios_are_recorded_and_the_newest_counts()
    {
        var contract = await world.Drafted();
        var run = await Done(contract.Id, await Started(contract.Id, Uncertain("7")));
        foreach (var kind in new[] { "worst", "expected", "best" })
            (await Record(contract.Id, new { kind, simulationId = run.GetProperty("id").GetGuid() })).Is(HttpStatusCode.Created);
        (await Record(contract.Id, new { kind = "expected", figures = new[] { Figures("4000000") } })).Is(HttpStatusCode.Created);
        var scenarios = (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(contract.Id, "/scenarios")))
            .Is(HttpStatusCode.OK)
            .Body.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["expected", "best", "worst"], scenarios.Select(one => one.GetProperty("kind").GetString()));
        Assert.Equal((2, "5400000.00"),
            (scenarios[0].GetProperty("number").GetInt32(), scenarios[0].GetProperty("total").GetString()));
        Assert.True(decimal.Parse(scenarios[1].GetProperty("total").GetString()!,
            null) > decimal.Parse(scenarios[2].GetProperty("total").GetString()!, null));
        var view = (await world.As(world.Officer).Get(OutcomeFinanceWorld.Path(contract.Id))).Body;
        Assert.Equal("5400000.00", view.GetProperty("totals").GetProperty("planned").GetString());
        (await Record(contract.Id, new { kind = "best" })).Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await Record(contract.Id, new { kind = "best", simulationId = Guid.NewGuid() }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Equal("42501",
            await world.AsApplication(world.Officer, "UPDATE scenario SET total_minor = 1 WHERE contract_id = $1", contract.Id));
    }

    private static object Schedule(JsonElement party, string amount) =>
        new { investments = new[] { new { partyId = party.GetProperty("id").GetGuid(), on = "2016-01-01", amount } } };

    private static object Figures(string saved) => new
    {
        period = "2016-2018",
        values = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["investerat"] = "7500000", ["besparing"] = saved, ["skolresultat_förbättrade"] = false,
        },
    };

    private Task<Reply> Record(Guid contract, object scenario) =>
        world.As(world.Officer).Create(OutcomeFinanceWorld.Path(contract, "/scenarios"), scenario);

    private static object Fixed(string saved) => new
    {
        seed = "1", runs = 1_000,
        assumptions = new[] { Invested, NoBetter, new { measure = "besparing", shape = "fixed", value = saved } },
    };

    private static object Uncertain(string seed) => new
    {
        seed,
        assumptions = new[]
        {
            Invested, new { measure = "besparing", shape = "normal", mean = "4000000", deviation = "1500000" },
            new { measure = "skolresultat_förbättrade", shape = "chance", percent = "50" },
        },
    };

    private static string Simulations(Guid contract) => OutcomeFinanceWorld.Path(contract, "/simulations");

    private static string Simulation(Guid contract, Guid id) => $"{Simulations(contract)}/{id}";

    private async Task<Reply> Started(Guid contract, object request) =>
        (await world.As(world.Officer).Create(Simulations(contract), request)).Is(HttpStatusCode.Created);

    private async Task<JsonElement> Done(Guid contract, Reply started)
    {
        var ended = await Ended(contract, started.Id);
        Assert.Equal("done", ended.GetProperty("state").GetString());
        return ended;
    }

    private async Task<JsonElement> Ended(Guid contract, Guid id)
    {
        JsonElement view = default;
        await Eventually.Holds("the simulation ends", async () =>
        {
            view = (await world.As(world.Officer).Get(Simulation(contract, id))).Is(HttpStatusCode.OK).Body;
            return view.GetProperty("state").GetString() is "done" or "failed";
        });
        return view;
    }

    private async Task Execute(string sql, Guid id, DateTimeOffset lease)
    {
        await using var source = NpgsqlDataSource.Create(world.Database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = lease });
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private static string? Path(JsonElement view, params string[] names) =>
        names.Aggregate(view, (so, name) => so.GetProperty(name)).GetString();
}
