using System.Net;
using System.Text.Json;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>What is written, handed over and shared out when an agreement closes.</summary>
[Collection(nameof(DrawnUp))]
public sealed class ClosingTests(AgreementsWorld world)
{
    private static object Report(string worked = "Nattvandringarna gav tryggare kvällar.", Guid? successor = null) => new
    {
        worked, didNotWork = "Rekryteringen av föräldrar.", why = "För sena kvällar.",
        structuralChanges = "Ny rutin i socialtjänsten.",
        nextProcess = "Börja med dialog.", successorId = successor,
    };

    private static object Share(Guid party, string from, string how, string amount) =>
        new { partyId = party, from, how, amount };

    private async Task<JsonElement> Shown(LivingCase of) =>
        (await world.AssociationOfficer.Get($"{of.Path}/closing")).Is(HttpStatusCode.OK).Body;

    [Fact]
    public async Task What_is_missing_is_shown_until_report_exit_plan_and_settlement_are_there()
    {
        var of = await LivingCase.InForce(world);
        var empty = await Shown(of);
        Assert.Equal(7, empty.GetProperty("missing").GetArrayLength());
        Assert.Equal("Vad som fungerade", empty.GetProperty("missing")[0].GetProperty("name").GetString());
        (await world.Officer.Put($"{of.Path}/closing/report", "\"5\"", Report())).Is(HttpStatusCode.PreconditionFailed);
        var written = (await world.Officer.Put($"{of.Path}/closing/report", "\"0\"", Report())).Is(HttpStatusCode.OK);
        var exit = (await world.Officer.Create($"{of.Path}/closing/exit-steps", new { activity = "Stödsamtal" }))
            .Is(HttpStatusCode.Created);
        Assert.Equal(["exit", "settlement"],
            (await Shown(of)).GetProperty("missing").EnumerateArray().Select(one => one.GetProperty("what").GetString()));
        (await world.AssociationOfficer.Put(exit.Location!, exit.Tag, new
        {
            activity = "Stödsamtal", takesOver = "Regionens barnhälsa", handsOverOn = "2028-12-31",
            people = "Alla familjer har en ny kontakt.",
        })).Is(HttpStatusCode.OK);
        (await world.Officer.Create($"{of.Path}/closing/settlement", new
        {
            surplus = "100.01", decision = of.Decision(),
            shares = new[]
            {
                Share(of.Region, "surplus", "repaid", "50.00"), Share(of.Association, "surplus", "reinvested", "50.01"),
            },
        })).Is(HttpStatusCode.Created);
        Assert.Empty((await Shown(of)).GetProperty("missing").EnumerateArray());
        (await world.Officer.Delete(exit.Location!, "\"2\"")).Is(HttpStatusCode.OK);
        Assert.NotNull(written.Tag);
    }

    [Fact]
    public async Task The_pool_is_shared_out_to_the_ore_and_closed()
    {
        var of = await LivingCase.InForce(world);
        await of.Pool();
        (await of.Deposit("100.01")).Is(HttpStatusCode.Created);
        var grant = (await of.Grant("10.00")).Is(HttpStatusCode.Created);
        object Settle(params string[] amounts) => new
        {
            surplus = "0.00", decision = of.Decision(),
            shares = amounts.Select(amount => Share(of.Association, "pool", "reinvested", amount)),
        };
        var path = $"{of.Path}/closing/settlement";
        (await world.Officer.Create(path, Settle("100.00"))).Refuses(HttpStatusCode.Conflict, "closing.pool-differs");
        (await world.Officer.Create(path, new
        {
            surplus = "1.00", decision = of.Decision(), shares = new[] { Share(of.Region, "pool", "repaid", "100.01") },
        })).Refuses(HttpStatusCode.Conflict, "closing.surplus-differs");
        (await world.Officer.Create(path, Settle("100.01"))).Refuses(HttpStatusCode.Conflict, "pool.grants-outstanding");
        (await of.Pay(grant.Id, "10.00")).Is(HttpStatusCode.Created);
        (await world.Officer.Create(path, new
        {
            surplus = "0.00", decision = of.Decision(), shares = new[] { Share(Guid.NewGuid(), "pool", "repaid", "90.01") },
        })).Refuses(HttpStatusCode.Conflict, "closing.unknown-party");
        (await world.Officer.Create(path, Settle("90.00", "0.01"))).Is(HttpStatusCode.Created);
        var pool = await of.ShowPool();
        Assert.Equal("0.00", pool.GetProperty("balance").GetString());
        Assert.NotEqual(JsonValueKind.Null, pool.GetProperty("settledAt").ValueKind);
        (await of.Deposit("1.00")).Refuses(HttpStatusCode.Conflict, "pool.settled");
        (await world.Officer.Create(path, Settle("90.01"))).Refuses(HttpStatusCode.Conflict, "closing.already-settled");
        await AsLogin.Refused(world, $"""
            INSERT INTO settlement_line (agreement_id, position, partnership_id, party_id, source, how, ore)
            SELECT agreement_id, 9, partnership_id, '{of.Region}', 'Pool', 'Repaid', 1 FROM settlement WHERE agreement_id = '{of.Of.Id}';
            SET CONSTRAINTS ALL IMMEDIATE
            """);
    }

    [Fact]
    public async Task Reports_are_found_by_their_words_among_ones_own_partnerships_and_lead_to_the_successor()
    {
        var (of, next) = (await LivingCase.InForce(world), await LivingCase.InForce(world));
        var word = $"cykelverkstad{Guid.NewGuid():N}"[..20];
        (await world.Officer.Put($"{of.Path}/closing/report", "\"0\"", Report($"En {word} öppnade.", Guid.NewGuid())))
            .Refuses(HttpStatusCode.Conflict, "closing.unknown-successor");
        (await world.Officer.Put($"{of.Path}/closing/report", "\"0\"", Report($"En {word} öppnade.", next.Of.Id)))
            .Is(HttpStatusCode.OK);
        var found = (await world.AssociationOfficer.Get($"/agreements/v1/closing-reports?q={word}")).Is(HttpStatusCode.OK).Body;
        var line = Assert.Single(found.GetProperty("items").EnumerateArray());
        Assert.Equal((of.Of.Id, next.Of.Id),
            (line.GetProperty("agreementId").GetGuid(), line.GetProperty("successorId").GetGuid()));
        Assert.Empty((await world.Stranger.Get($"/agreements/v1/closing-reports?q={word}")).Is(HttpStatusCode.OK).Body
            .GetProperty("items").EnumerateArray());
        Assert.Empty((await world.Officer.Get("/agreements/v1/closing-reports?q=finnsinte")).Is(HttpStatusCode.OK).Body
            .GetProperty("items").EnumerateArray());
        Assert.NotEmpty((await world.Officer.Get("/agreements/v1/closing-reports")).Is(HttpStatusCode.OK).Body
            .GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Closing_waits_for_the_first_day_in_force_and_for_those_who_may()
    {
        var draft = await world.Written();
        (await world.Officer.Put($"{draft.Path}/closing/report", "\"0\"", Report()))
            .Refuses(HttpStatusCode.Conflict, "closing.not-now");
        (await world.Officer.Create($"{draft.Path}/closing/exit-steps", new { activity = "x" }))
            .Refuses(HttpStatusCode.Conflict, "closing.not-now");
        var of = await LivingCase.InForce(world);
        foreach (var role in AgreementsWorld.InPartnerships.Where(role => role is not Roles.Officer))
        {
            (await world.As(Callers.Of(world.Region, role)).Put($"{of.Path}/closing/report", "\"0\"", Report()))
                .Is(HttpStatusCode.Forbidden);
        }
        (await world.Officer.Create($"{of.Path}/closing/exit-steps", new { activityId = Guid.NewGuid() }))
            .Refuses(HttpStatusCode.Conflict, "closing.unknown-activity");
        (await world.Officer.Create($"{of.Path}/closing/exit-steps", new { takesOver = "x" }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await world.Stranger.Get($"{of.Path}/closing")).Is(HttpStatusCode.NotFound);
    }
}
