using System.Globalization;
using System.Net;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>The shared pool: what comes in, what is decided together, what goes out; never below zero.</summary>
[Collection(nameof(DrawnUp))]
public sealed class PoolTests(AgreementsWorld world)
{
    [Fact]
    public async Task Fifty_kronor_of_each_residence_day_come_in_and_are_used_by_joint_decision()
    {
        var of = await LivingCase.InForce(world);
        await of.Pool();
        var accrued = (await of.Accrue(world.AssociationOfficer, of.Association, 310, "2026-01-01", "2026-01-31"))
            .Is(HttpStatusCode.Created);
        Assert.Equal("15500.00", accrued.Body.GetProperty("amount").GetString());
        (await of.Deposit("1000.50")).Is(HttpStatusCode.Created);
        var grant = (await of.Grant("9000.00")).Is(HttpStatusCode.Created);
        Assert.Equal(["Meningsfull fritid"],
            grant.Body.GetProperty("criteria").EnumerateArray().Select(one => one.GetString()));
        (await of.Pay(grant.Id, "4000.00")).Is(HttpStatusCode.Created);
        Assert.DoesNotContain(await world.Announced<PoolGrantClosed>(), said => said.AgreementId == of.Of.Id);
        (await of.Pay(grant.Id, "5000.00", world.As(Callers.Of(world.Region, Roles.Controller)))).Is(HttpStatusCode.Created);
        Assert.Equal("paid", Assert.Single(await world.Announced<PoolGrantClosed>(),
            said => said.AgreementId == of.Of.Id).How);
        var pool = await of.ShowPool();
        Assert.Equal(("7500.50", "0.00", "7500.50"), (
            pool.GetProperty("balance").GetString(), pool.GetProperty("granted").GetString(),
            pool.GetProperty("available").GetString()));
        var association = pool.GetProperty("parties").EnumerateArray()
            .Single(party => party.GetProperty("partyId").GetGuid() == of.Association);
        Assert.Equal(("15500.00", "9000.00"),
            (association.GetProperty("accrued").GetString(), association.GetProperty("paid").GetString()));
        Assert.Equal("0.00", (await of.ShowPool("?on=2026-03-01")).GetProperty("balance").GetString());
        var told = Assert.Single(await world.Announced<PoolGrantDecided>(), said => said.AgreementId == of.Of.Id);
        Assert.Equal((900_000, world.Region, world.Association),
            (told.AmountMinor, told.HolderOrganisationId, told.ReceiverOrganisationId));
        var entries = (await world.AssociationOfficer.Get($"{of.Path}/pool/entries?limit=3")).Is(HttpStatusCode.OK).Body;
        Assert.Equal([4, 3, 2],
            entries.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("number").GetInt32()));
        (await world.AssociationOfficer.Get(accrued.Location!)).Is(HttpStatusCode.OK);
        Assert.Equal("9000.00", (await world.AssociationOfficer.Get(grant.Location!)).Is(HttpStatusCode.OK)
            .Body.GetProperty("paid").GetString());
    }

    [Fact]
    public async Task Many_who_decide_and_pay_at_once_never_take_more_than_there_is()
    {
        var of = await LivingCase.InForce(world);
        await of.Pool();
        (await of.Deposit("1000.00")).Is(HttpStatusCode.Created);
        var criterion = (await of.ShowPool()).GetProperty("criteria")[0].GetProperty("id").GetGuid();
        var decided = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => of.Grant("100.00", criterion: criterion)));
        var grants = decided.Where(reply => reply.Status is HttpStatusCode.Created).ToList();
        Assert.Equal(10, grants.Count);
        Assert.All(decided.Except(grants), reply => reply.Refuses(HttpStatusCode.Conflict, "pool.not-enough"));
        var paid = await Task.WhenAll(grants.SelectMany(grant => Enumerable.Range(0, 4).Select(_ => of.Pay(grant.Id, "60.00"))));
        Assert.Equal(10, paid.Count(reply => reply.Status is HttpStatusCode.Created)); // the second 60 of each 100 is too much
        Assert.All(paid.Where(reply => reply.Status is not HttpStatusCode.Created),
            reply => reply.Refuses(HttpStatusCode.Conflict, "pool.more-than-granted"));
        var pool = await of.ShowPool();
        Assert.Equal(("400.00", "400.00", "0.00"), (
            pool.GetProperty("balance").GetString(), pool.GetProperty("granted").GetString(),
            pool.GetProperty("available").GetString()));
        var lines = (await world.Officer.Get($"{of.Path}/pool/entries?limit=100")).Is(HttpStatusCode.OK).Body
            .GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, 11), lines.Select(line => line.GetProperty("number").GetInt32()).Order());
        Assert.Equal(400m, lines.Sum(line =>
            decimal.Parse(line.GetProperty("amount").GetString()!, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_its_reason()
    {
        var of = await LivingCase.InForce(world);
        (await of.Deposit("1.00")).Is(HttpStatusCode.NotFound);
        foreach (var (decision, code) in new[]
        {
            (of.Decision(tookPart: of.Region), "decision.not-joint"),
            (of.Decision(body: await LivingCase.Body(world, of.Of, "idea-driven", "De idéburna")), "decision.body-not-joint"),
        })
        {
            (await world.Officer.Create($"{of.Path}/pool", new { title = "P", holderPartyId = of.Region, decision }))
                .Refuses(HttpStatusCode.Conflict, code);
        }
        (await world.Officer.Create($"{of.Path}/pool",
            new { title = "P", holderPartyId = Guid.NewGuid(), decision = of.Decision() }))
            .Refuses(HttpStatusCode.Conflict, "pool.unknown-party");
        var pool = await of.Pool();
        var tag = $"\"{pool.GetProperty("poolTag").GetString()}\"";
        (await world.Officer.Create($"{of.Path}/pool", new { title = "P", holderPartyId = of.Region, decision = of.Decision() }))
            .Refuses(HttpStatusCode.Conflict, "pool.already-there");
        (await world.Officer.Act($"{of.Path}/pool/rates", tag,
            new { unit = "boendedygn", perUnit = "40.00", startsOn = "2026-01-01", decision = of.Decision() }))
            .Refuses(HttpStatusCode.Conflict, "pool.rate-there");
        (await of.Accrue(world.AssociationOfficer, of.Association, 10, "2026-02-01", "2026-02-10")).Is(HttpStatusCode.Created);
        var now = $"\"{(await of.ShowPool()).GetProperty("poolTag").GetString()}\"";
        (await world.Officer.Act($"{of.Path}/pool/rates", now,
            new { unit = "boendedygn", perUnit = "40.00", startsOn = "2026-02-10", decision = of.Decision() }))
            .Refuses(HttpStatusCode.Conflict, "pool.rate-used");
        (await of.Accrue(world.AssociationOfficer, of.Association, 1, "2026-02-10", "2026-02-12"))
            .Refuses(HttpStatusCode.Conflict, "pool.already-accrued");
        (await of.Accrue(world.AssociationOfficer, of.Association, 1, "2026-02-12", "2026-02-12", "måltider"))
            .Refuses(HttpStatusCode.Conflict, "pool.no-rate");
        (await of.Accrue(world.AssociationOfficer, of.Association, 1, "2026-03-02", "2026-03-05"))
            .Refuses(HttpStatusCode.Conflict, "pool.not-yet-counted");
        (await of.Accrue(world.AssociationOfficer, of.Region, 1, "2026-02-12", "2026-02-12"))
            .Refuses(HttpStatusCode.Forbidden, "pool.only-own");
        (await of.Accrue(world.Officer, Guid.NewGuid(), 1, "2026-02-12", "2026-02-12"))
            .Refuses(HttpStatusCode.Conflict, "pool.unknown-party");
        (await of.Deposit("0.00")).Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await of.Deposit("1.00", "2026-03-03")).Refuses(HttpStatusCode.Conflict, "pool.booked-later");
        (await of.Deposit("9999999999.00")).Is(HttpStatusCode.Conflict);
        (await of.Grant("500.01")).Refuses(HttpStatusCode.Conflict, "pool.not-enough");
        (await of.Grant("1.00", decision: of.Decision("2026-01-19"))).Refuses(HttpStatusCode.Conflict, "pool.no-criteria");
        (await of.Grant("1.00", criterion: Guid.NewGuid())).Refuses(HttpStatusCode.Conflict, "pool.other-criteria");
        (await of.Grant("1.00", to: Guid.NewGuid())).Refuses(HttpStatusCode.Conflict, "pool.unknown-party");
        var grant = (await of.Grant("500.00")).Is(HttpStatusCode.Created);
        (await of.Pay(grant.Id, "1.00", world.AssociationOfficer))
            .Refuses(HttpStatusCode.Forbidden, "pool.only-the-holder-pays");
        (await of.Pay(grant.Id, "1.00", world.As(Callers.Of(world.Region, Roles.Reporter)))).Is(HttpStatusCode.Forbidden);
        (await of.Pay(grant.Id, "500.01")).Refuses(HttpStatusCode.Conflict, "pool.more-than-granted");
        (await of.Pay(grant.Id, "500.00", bookedOn: "2026-03-01")).Refuses(HttpStatusCode.Conflict, "pool.not-enough");
        (await world.Stranger.Get($"{of.Path}/pool")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_wrong_line_is_taken_back_by_a_new_one_and_a_decision_by_the_body()
    {
        var of = await LivingCase.InForce(world);
        await of.Pool();
        var wrong = (await of.Accrue(world.AssociationOfficer, of.Association, 999, "2026-01-01", "2026-01-31"))
            .Is(HttpStatusCode.Created);
        Task<Reply> Reverse(Guid entry, CallerClient by) =>
            by.Create($"{of.Path}/pool/entries/{entry}/reversal", new { reason = "Fel antal." });
        var reversal = (await Reverse(wrong.Id, world.AssociationOfficer)).Is(HttpStatusCode.Created);
        Assert.Equal("-49950.00", reversal.Body.GetProperty("amount").GetString());
        (await Reverse(wrong.Id, world.AssociationOfficer)).Refuses(HttpStatusCode.Conflict, "pool.already-reversed");
        (await Reverse(reversal.Id, world.AssociationOfficer)).Refuses(HttpStatusCode.Conflict, "pool.not-reversed");
        (await of.Accrue(world.AssociationOfficer, of.Association, 99, "2026-01-01", "2026-01-31")).Is(HttpStatusCode.Created);
        var deposit = (await of.Deposit("50.00")).Is(HttpStatusCode.Created);
        (await Reverse(deposit.Id, world.AssociationOfficer)).Refuses(HttpStatusCode.Forbidden, "pool.only-own");
        var grant = (await of.Grant("5000.00")).Is(HttpStatusCode.Created);
        var paid = (await of.Pay(grant.Id, "4960.00")).Is(HttpStatusCode.Created);
        (await Reverse(deposit.Id, world.Officer)).Refuses(HttpStatusCode.Conflict, "pool.not-enough");
        (await Reverse(paid.Id, world.AssociationOfficer)).Refuses(HttpStatusCode.Forbidden, "pool.only-the-holder-pays");
        object release = new { reason = "Blev billigare.", decision = of.Decision() };
        (await world.Officer.Act($"{grant.Location}/release", "\"9\"", release)).Is(HttpStatusCode.PreconditionFailed);
        var released = (await world.Officer.Act($"{grant.Location}/release", grant.Tag, release)).Is(HttpStatusCode.OK);
        Assert.Equal("0.00", released.Body.GetProperty("left").GetString());
        (await world.Officer.Act($"{grant.Location}/release", released.Tag, release))
            .Refuses(HttpStatusCode.Conflict, "pool.grant-released");
        (await of.Pay(grant.Id, "1.00")).Refuses(HttpStatusCode.Conflict, "pool.grant-released");
        var spent = (await of.Grant("40.00")).Is(HttpStatusCode.Created);
        (await of.Pay(spent.Id, "40.00")).Is(HttpStatusCode.Created);
        (await world.Officer.Act($"{spent.Location}/release", spent.Tag, release))
            .Refuses(HttpStatusCode.Conflict, "pool.grant-spent");
    }

    [Fact]
    public async Task The_database_itself_keeps_the_pool_above_zero_and_its_lines_as_they_are()
    {
        var of = await LivingCase.InForce(world);
        await of.Pool();
        (await of.Deposit("10.00")).Is(HttpStatusCode.Created);
        var grant = (await of.Grant("10.00")).Is(HttpStatusCode.Created);
        foreach (var table in new[] { "pool_entry", "pool_rate", "pool_criterion" })
        {
            await AsLogin.Refused(world, $"UPDATE {table} SET partnership_id = partnership_id", "42501");
            await AsLogin.Refused(world, $"DELETE FROM {table}", "42501");
        }
        const string Line = """
            INSERT INTO pool_entry (entry_id, pool_id, partnership_id, number, kind, party_id, ore, booked_on, grant_id,
              recorded_by, recorded_for, recorded_at, rate_id, quantity, starts_on, ends_on)
            SELECT gen_random_uuid(), pool_id, partnership_id, 2, 
            """;
        string From(string who = "caller_person()") =>
            $", {who}, caller_org(), now(), NULL, NULL, NULL, NULL FROM pool_grant WHERE grant_id = '{grant.Id}'";
        await AsLogin.Refused(world, $"{Line} 'Payout', party_id, -1001, '2026-03-02', grant_id{From()}"); // more than there is
        await AsLogin.Refused(world,
            $"{Line} 'Payout', party_id, -1000, '2026-03-01', grant_id{From()}"); // the day before it came
        await AsLogin.Refused(world, $"{Line} 'Payout', party_id, 1000, '2026-03-02', grant_id{From()}");  // the wrong way
        await AsLogin.Refused(world, $"{Line} 'Deposit', party_id, 1000, '2026-03-03', NULL{From()}");     // tomorrow
        await AsLogin.Refused(world, $"{Line} 'Payout', party_id, -1000, '2026-03-02', grant_id{From("gen_random_uuid()")}");
        await AsLogin.Refused(world, $"{Line} 'Settlement', party_id, -1001, '2026-03-02', NULL{From()}");
        await AsLogin.Refused(world, $"""
            INSERT INTO pool_grant (grant_id, pool_id, partnership_id, party_id, ore, purpose, criteria, decision_id, version)
            SELECT gen_random_uuid(), pool_id, partnership_id, party_id, 1, 'x', criteria, decision_id, 1
              FROM pool_grant WHERE grant_id = '{grant.Id}'
            """); // nothing is left to promise
        await AsLogin.Refused(world, $"UPDATE shared_pool SET settled_at = now() WHERE agreement_id = '{of.Of.Id}'");
        Assert.Equal(0, await AsLogin.Sees(world, world.Elsewhere, "pool_entry"));
    }
}
