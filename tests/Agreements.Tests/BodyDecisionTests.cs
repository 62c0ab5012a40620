using System.Net;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>What a body has decided, and the end of one that was formed for a task.</summary>
[Collection(nameof(DrawnUp))]
public sealed class BodyDecisionTests(AgreementsWorld world)
{
    [Fact]
    public async Task Everything_a_body_has_decided_is_listed_with_what_it_is_about()
    {
        var of = await world.InForce(more: new
        {
            title = "Vårsol 2026–2028", startsOn = "2026-01-01", endsOn = "2028-12-31", autoRenews = false, noticeMonths = 6,
            area = "health", targetAge = "0-25", countyCode = "06", adjustedBy = "Styrgruppen",
            adjustedSections = new[] { "interventions" },
        });
        var living = new LivingCase(world, of, await LivingCase.Body(world, of, "steering", "Styrgruppen"));
        var another = await LivingCase.Body(world, of, "cooperation", "Samverkansgruppen");
        await living.Pool();
        var plan = (await world.Officer.Create($"{of.Path}/plans", living.Plan())).Is(HttpStatusCode.Created);
        (await living.Deposit("500.00")).Is(HttpStatusCode.Created);
        var grant = (await living.Grant("100.00")).Is(HttpStatusCode.Created);
        (await world.Officer.Act($"{of.Path}/pool/grants/{grant.Id}/release", grant.Tag,
            new { reason = "Ställdes in.", decision = living.Decision("2026-03-01") })).Is(HttpStatusCode.OK);
        (await of.Do(world.Officer, "adjustment", new
        {
            reason = "Fler kommer på helgen.", effectiveOn = "2026-03-02",
            decision = new { body = "styrgruppen", decidedOn = "2026-02-25", paragraph = "§ 9" },
            sections = new[] { new { key = "interventions", text = "Öppet på lördagar." } },
        })).Is(HttpStatusCode.OK);
        (await world.Officer.Create($"{of.Path}/closing/settlement", new
        {
            surplus = "0.00", decision = living.Decision("2026-03-02"),
            shares = new[] { new { partyId = living.Region, from = "pool", how = "repaid", amount = "500.00" } },
        })).Is(HttpStatusCode.Created);

        var decided = await Decided(living.Steering);
        Assert.Equal(
        [
            "2026-03-02 settlement ", "2026-03-01 release Fotboll på onsdagar", "2026-02-25 adjustment Fler kommer på helgen.",
            "2026-02-20 grant Fotboll på onsdagar", "2026-02-20 plan Plan 2026",
            "2026-01-20 criteria Meningsfull fritid, Arbete", "2026-01-15 pool Mervärdespotten", "2026-01-15 rate boendedygn",
        ], decided.Select(one => $"{one.On("meetingOn")} {one.On("what")} {one.On("title")}"));
        var adopted = decided.Single(one => one.On("what") == "plan");
        Assert.Equal((plan.Id, 1, of.Id, "§ 7"), (adopted.GetProperty("subjectId").GetGuid(),
            adopted.GetProperty("number").GetInt32(), adopted.GetProperty("agreementId").GetGuid(), adopted.On("paragraph")));
        Assert.Empty(await Decided(another));

        async Task<List<System.Text.Json.JsonElement>> Decided(Guid body) =>
            [.. (await world.AssociationOfficer.Get($"/agreements/v1/partnerships/{of.Partners.Id}/bodies/{body}/decisions"))
                .Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];
    }

    /// <summary>A negotiation group is formed by a decision during the term, and ends without anybody signing again.</summary>
    [Fact]
    public async Task One_that_was_formed_for_a_task_is_taken_away_or_ended_while_the_text_is_fixed()
    {
        var of = await world.InForce();
        var bodies = $"/agreements/v1/partnerships/{of.Partners.Id}/bodies";
        var mistaken = await Formed("Skrivgruppen");
        (await world.AssociationOfficer.Delete(mistaken.Location!, mistaken.Tag)).Is(HttpStatusCode.OK);
        var group = await Formed("Förhandlingsgruppen");
        (await world.Officer.Create($"{group.Location}/members", new
        {
            role = "member", fromOn = "2026-03-02", partyId = of.Partners.RegionParty, name = "Karin Ek",
            mandate = "Till 500 000 kr.",
        })).Is(HttpStatusCode.Created);
        // What was done in it stays; it has a last day instead.
        (await world.Officer.Delete(group.Location!, group.Tag)).Refuses(HttpStatusCode.Conflict, "body.in-use");
        var ended = (await world.Officer.Put(group.Location!, group.Tag,
            new { name = "Förhandlingsgruppen", endsOn = "2026-03-31" })).Is(HttpStatusCode.OK);
        Assert.Equal("2026-03-31", ended.Body.On("endsOn"));
        Assert.Equal(("in-force", "none"), (await of.State(), await of.Working()));

        async Task<Reply> Formed(string name) => (await world.Officer.Create(bodies,
            new { kind = "temporary", name, agreementId = of.Id, endsOn = "2026-12-31" })).Is(HttpStatusCode.Created);
    }
}
