using System.Net;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>Plans below the signed agreement, and what shifts the ground under it.</summary>
[Collection(nameof(DrawnUp))]
public sealed class PlanningTests(AgreementsWorld world)
{
    [Fact]
    public async Task A_body_adopts_a_plan_and_changes_it_without_anybody_signing_again()
    {
        var of = await LivingCase.InForce(world);
        var before = (await of.Of.Shown()).Body;
        var adopted = (await world.Officer.Create($"{of.Path}/plans", of.Plan())).Is(HttpStatusCode.Created);
        Assert.Equal(1, adopted.Body.GetProperty("number").GetInt32());
        Assert.Equal("Styrgruppen", adopted.Body.GetProperty("decision").GetProperty("bodyName").GetString());
        var item = adopted.Body.GetProperty("items")[0].GetProperty("id").GetGuid();
        var changed = (await world.AssociationOfficer.Act($"{adopted.Location}/versions", adopted.Tag, of.Plan(
            reason: "Fler barn än väntat.", items:
            [
                new { id = item, what = "Stödsamtal", partyIds = new[] { of.Association }, target = "180 barn" },
                new { what = "Läger", partyIds = new[] { of.Region, of.Association }, cost = "80000.00",
                    startsOn = "2026-07-01" },
            ]))).Is(HttpStatusCode.OK);
        Assert.Equal(2, changed.Body.GetProperty("number").GetInt32());
        Assert.Equal("80000.00", changed.Body.GetProperty("cost").GetString());
        Assert.Equal("1250000.00", changed.Body.GetProperty("agreedForThePeriod").GetString());
        var first = (await world.Officer.Get($"{adopted.Location}?version=1")).Is(HttpStatusCode.OK).Body;
        Assert.Equal("120 barn", first.GetProperty("items")[0].GetProperty("target").GetString());
        Assert.Equal(["Nytt år.", "Fler barn än väntat."],
            changed.Body.GetProperty("versions").EnumerateArray().Select(version => version.GetProperty("reason").GetString()));
        (await world.Officer.Get($"{adopted.Location}?version=3")).Is(HttpStatusCode.NotFound);

        var difference = (await world.Officer.Get($"{adopted.Location}/difference?from=1&to=2")).Is(HttpStatusCode.OK).Body;
        Assert.Equal(["changed", "added"],
            difference.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("kind").GetString()));
        var target = difference.GetProperty("items")[0].GetProperty("fields")[0];
        Assert.Equal(("target", "Mål", "120 barn", "180 barn"), (
            target.GetProperty("field").GetString(), target.GetProperty("name").GetString(),
            target.GetProperty("before").GetString(), target.GetProperty("after").GetString()));
        (await world.Officer.Get($"{adopted.Location}/difference?from=1&to=9")).Is(HttpStatusCode.NotFound);

        var after = (await of.Of.Shown()).Body;
        Assert.Equal(before.GetProperty("versionHash").GetString(), after.GetProperty("versionHash").GetString());
        Assert.Equal(2, after.GetProperty("signatures").GetArrayLength());
        Assert.Equal([1, 2], (await world.Announced<InterventionPlanAdopted>()).Where(said => said.AgreementId == of.Of.Id)
            .Select(said => said.Number).Order());
        var listed = (await world.AssociationOfficer.Get($"{of.Path}/plans")).Is(HttpStatusCode.OK).Body.GetProperty("items");
        Assert.True(Assert.Single(listed.EnumerateArray()).GetProperty("appliesToday").GetBoolean());
    }

    [Fact]
    public async Task A_plan_that_leaves_the_frame_says_in_what_way_and_that_it_needs_renegotiation()
    {
        var of = await LivingCase.InForce(world);
        var outside = of.Plan(from: "2028-07-01", to: "2029-06-30", items: [new { what = "Allt", cost = "9000000.00" }]);
        var check = (await world.Officer.Act($"{of.Path}/plans/check", null, outside)).Is(HttpStatusCode.OK).Body;
        Assert.Equal(["outside-period", "money-above-agreed"],
            check.GetProperty("oversteps").EnumerateArray().Select(one => one.GetProperty("kind").GetString()));
        Assert.Contains("omförhandling", check.GetProperty("oversteps")[0].GetProperty("why").GetString(),
            StringComparison.Ordinal);
        Assert.Single(check.GetProperty("notChecked").EnumerateArray());
        (await world.Officer.Create($"{of.Path}/plans", outside)).Refuses(HttpStatusCode.Conflict, "plan.leaves-the-frame");
        var adopted = (await world.Officer.Create($"{of.Path}/plans", of.Plan(
            from: "2028-07-01", to: "2029-06-30", knows: true, items: [new { what = "Allt", cost = "9000000.00" }])))
            .Is(HttpStatusCode.Created);
        Assert.Equal(2, adopted.Body.GetProperty("oversteps").GetArrayLength());
        Assert.True((await world.Announced<InterventionPlanAdopted>()).Single(said => said.AgreementId == of.Of.Id)
            .LeavesTheFrame);
    }

    [Fact]
    public async Task Whoever_may_not_or_says_what_cannot_be_is_refused()
    {
        var of = await LivingCase.InForce(world);
        var path = $"{of.Path}/plans";
        foreach (var role in AgreementsWorld.InPartnerships.Where(role => role is not Roles.Officer))
            (await world.As(Callers.Of(world.Region, role)).Create(path, of.Plan())).Is(HttpStatusCode.Forbidden);
        (await world.Stranger.Create(path, of.Plan())).Refuses(HttpStatusCode.NotFound, "request.not-found");
        (await world.Officer.Create(path, of.Plan(reason: null))).Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await world.Officer.Create(path, of.Plan(decision: of.Decision(body: Guid.NewGuid()))))
            .Refuses(HttpStatusCode.Conflict, "decision.unknown-body");
        (await world.Officer.Create(path, of.Plan(decision: of.Decision(on: "2026-03-03"))))
            .Refuses(HttpStatusCode.Conflict, "decision.later");
        (await world.Officer.Create(path, of.Plan(decision: of.Decision(tookPart: Guid.NewGuid()))))
            .Refuses(HttpStatusCode.Conflict, "decision.unknown-party");
        (await world.Officer.Create(path, of.Plan(items: [new { what = "x", partyIds = new[] { Guid.NewGuid() } }])))
            .Refuses(HttpStatusCode.Conflict, "plan.unknown-party");
        var plan = (await world.Officer.Create(path, of.Plan())).Is(HttpStatusCode.Created);
        (await world.Officer.Create(path, of.Plan(title: "En till"))).Refuses(HttpStatusCode.Conflict, "plan.overlaps");
        (await world.Officer.Act($"{plan.Location}/versions", null, of.Plan())).Is(HttpStatusCode.PreconditionRequired);
        (await world.Officer.Act($"{plan.Location}/versions", "\"7\"", of.Plan())).Is(HttpStatusCode.PreconditionFailed);
        (await world.Stranger.Get(plan.Location!)).Is(HttpStatusCode.NotFound);
        var draft = await world.Written();
        (await world.Officer.Create($"{draft.Path}/plans", of.Plan())).Is(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Two_who_change_a_plan_at_once_do_not_overwrite_each_other()
    {
        var of = await LivingCase.InForce(world);
        var plan = (await world.Officer.Create($"{of.Path}/plans", of.Plan())).Is(HttpStatusCode.Created);
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            (number % 2 == 0 ? world.Officer : world.AssociationOfficer).Act(
                $"{plan.Location}/versions", plan.Tag, of.Plan(reason: $"Skäl {number}"))));
        Assert.Single(replies, reply => reply.Status is HttpStatusCode.OK);
        Assert.Equal(7, replies.Count(reply => reply.Status is HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task The_database_itself_keeps_plans_and_decisions_as_they_were_taken()
    {
        var of = await LivingCase.InForce(world);
        (await world.Officer.Create($"{of.Path}/plans", of.Plan())).Is(HttpStatusCode.Created);
        foreach (var table in new[] { "body_decision", "plan_version", "plan_item", "plan_overstep", "precondition_outcome" })
        {
            await AsLogin.Refused(world, $"UPDATE {table} SET partnership_id = partnership_id", "42501");
            await AsLogin.Refused(world, $"DELETE FROM {table}", "42501");
        }
        await AsLogin.Refused(world, $"UPDATE intervention_plan SET number = number + 2 WHERE agreement_id = '{of.Of.Id}'");
        await AsLogin.Refused(world, $"""
            INSERT INTO intervention_plan SELECT gen_random_uuid(), agreement_id, partnership_id, 'Smygplan', starts_on, ends_on, 1, 1
              FROM intervention_plan WHERE agreement_id = '{of.Of.Id}'
            """);
        Assert.Equal(0, await AsLogin.Sees(world, world.Elsewhere, "body_decision"));
        Assert.Equal(0, await AsLogin.Sees(world, world.Elsewhere, "plan_item"));
        Assert.NotEqual(0, await AsLogin.Sees(world, world.Association, "plan_item"));
    }

    [Fact]
    public async Task A_changed_precondition_has_transition_terms_a_group_and_what_it_led_to()
    {
        var of = await LivingCase.InForce(world);
        var noted = (await world.Officer.Create($"{of.Path}/preconditions", new
        {
            what = "Statens ersättning sänks från 1 900 till 1 350 kr per dygn.", source = "Regeringskansliet 2016, s. 31",
            occursOn = "2026-07-01", effect = "Boenden måste ställas om.",
        })).Is(HttpStatusCode.Created);
        var group = await LivingCase.Body(world, of.Of, "temporary", "Förhandlingsgruppen");
        var given = (await world.AssociationOfficer.Put($"{noted.Location}/group", noted.Tag, new { bodyId = group }))
            .Is(HttpStatusCode.OK);
        Assert.Equal("Förhandlingsgruppen", given.Body.GetProperty("groupName").GetString());
        (await world.Officer.Put($"{noted.Location}/group", given.Tag, new { bodyId = Guid.NewGuid() }))
            .Refuses(HttpStatusCode.Conflict, "precondition.unknown-body");
        var terms = (await world.Officer.Put($"{noted.Location}/transition-terms", given.Tag, new
        {
            terms = new[]
            {
                new { partyId = of.Region, terms = "Behåller ersättningen.", startsOn = "2026-07-01", endsOn = "2026-12-31" },
                new { partyId = of.Association, terms = "Sänker bemanningen.", startsOn = "2026-07-01", endsOn = "2026-12-31" },
            },
        })).Is(HttpStatusCode.OK);
        (await world.Officer.Put($"{noted.Location}/transition-terms", terms.Tag, new
        {
            terms = new[] { new { partyId = Guid.NewGuid(), terms = "x", startsOn = "2026-07-01" } },
        })).Refuses(HttpStatusCode.Conflict, "precondition.unknown-party");
        var plan = (await world.Officer.Create($"{of.Path}/plans", of.Plan())).Is(HttpStatusCode.Created);
        (await world.Officer.Act($"{noted.Location}/outcomes", terms.Tag,
            new { kind = "plan-change", subjectId = plan.Id, planVersion = 2 }))
            .Refuses(HttpStatusCode.Conflict, "precondition.unknown-subject");
        (await world.Officer.Act($"{noted.Location}/outcomes", terms.Tag, new { kind = "plan-change", subjectId = plan.Id }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        var led = (await world.Officer.Act($"{noted.Location}/outcomes", terms.Tag,
            new { kind = "plan-change", subjectId = plan.Id, planVersion = 1, note = "Planen anpassad." })).Is(HttpStatusCode.OK);
        (await world.Officer.Act($"{noted.Location}/outcomes", led.Tag, new
        {
            kind = "adjustment", subjectId = Guid.NewGuid(),
        })).Refuses(HttpStatusCode.Conflict, "precondition.unknown-subject");
        var shown = (await world.AssociationOfficer.Get($"{of.Path}/preconditions")).Is(HttpStatusCode.OK).Body
            .GetProperty("items")[0];
        Assert.Equal(2, shown.GetProperty("transitionTerms").GetArrayLength());
        Assert.Equal("Plan 2026", shown.GetProperty("outcomes")[0].GetProperty("subjectTitle").GetString());
        Assert.Single(await world.Announced<PreconditionNoted>(), said => said.AgreementId == of.Of.Id);
        (await world.Stranger.Get(noted.Location!)).Is(HttpStatusCode.NotFound);
        (await world.Officer.Create($"{(await world.Written()).Path}/preconditions", LivingBodies.Precondition))
            .Refuses(HttpStatusCode.Conflict, "precondition.not-now");
        var reworded = (await world.Officer.Put(noted.Location!, led.Tag, LivingBodies.Precondition)).Is(HttpStatusCode.OK);
        Assert.Equal("x", reworded.Body.GetProperty("what").GetString());
    }

    [Fact]
    public async Task One_strategic_group_for_several_agreements_sees_whether_they_have_equal_resources()
    {
        var of = await LivingCase.InForce(world);
        var second = (await world.Officer.Create($"/agreements/v1/partnerships/{of.Of.Partners.Id}/agreements",
            new { title = "Ett boende till", startsOn = "2026-05-01", autoRenews = false })).Is(HttpStatusCode.Created);
        (await world.Officer.Create($"/agreements/v1/agreements/{second.Id}/contributions",
            new { partyId = of.Region, kind = "money", description = "Drift", kronorPerYear = "250000.00" }))
            .Is(HttpStatusCode.Created);
        var shown = (await world.AssociationOfficer.Get($"/agreements/v1/partnerships/{of.Of.Partners.Id}/strategic-group"))
            .Is(HttpStatusCode.OK).Body;
        Assert.Equal("Styrgruppen", shown.GetProperty("groups")[0].GetProperty("name").GetString());
        Assert.False(shown.GetProperty("equal").GetBoolean());
        Assert.Equal("750000.00", shown.GetProperty("mean").GetString());
        Assert.Equal(["-500000.00", "500000.00"], shown.GetProperty("agreements").EnumerateArray()
            .Select(one => one.GetProperty("difference").GetString()).Order(StringComparer.Ordinal));
    }
}
