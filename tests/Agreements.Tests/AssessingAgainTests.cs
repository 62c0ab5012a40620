using System.Net;
using System.Text.Json;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;
using Npgsql;

namespace Iop.Agreements.Tests;

/// <summary>An assessment is looked at again: what is carried over must be confirmed or changed, and who has approved hears of
/// every later edit.</summary>
[Collection(nameof(Joined))]
public sealed class AssessingAgainTests(AgreementsWorld world)
{
    [Fact]
    public async Task Answers_carried_over_must_be_looked_at_again_one_by_one()
    {
        var of = await world.Approved();
        await CarryOver(of);
        var assessment = await of.Assessment();
        Assert.Equal("open", assessment.GetProperty("state").GetString());
        Assert.All(assessment.GetProperty("questions").EnumerateArray(), question =>
            Assert.True(question.GetProperty("carriedOver").GetBoolean()));
        (await of.Approve()).Refuses(HttpStatusCode.Conflict, "assessment.open");
        (await of.Open()).Refuses(HttpStatusCode.Conflict, "assessment.open");
        foreach (var question in Questions(assessment).SkipLast(1)) (await Confirm(of, question)).Is(HttpStatusCode.OK);
        (await of.Open()).Refuses(HttpStatusCode.Conflict, "assessment.open");
        var last = Questions(await of.Assessment())[^1];
        (await of.Answer(last.GetProperty("id").GetString()!, "yes", last.GetProperty("answerTag").GetString()))
            .Is(HttpStatusCode.OK);
        // Nothing of what was approved is different, so the approval holds.
        Assert.Equal("approved", (await of.Assessment()).GetProperty("state").GetString());
        (await of.Open()).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_answer_is_confirmed_once_by_somebody_who_saw_it()
    {
        var of = await world.Assessed();
        var first = Questions(await of.Assessment())[0];
        (await Confirm(of, first)).Refuses(HttpStatusCode.Conflict, "assessment.nothing-to-confirm");
        await CarryOver(of);
        (await Confirm(of, first)).Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        first = Questions(await of.Assessment())[0];
        (await Confirm(of, first, world.Signatory)).Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        (await world.Lawyer.Act($"{of.Path}/assessment/answers/no-such/confirmation", "\"1\""))
            .Refuses(HttpStatusCode.NotFound, "assessment.unknown-question");
        var confirmed = Questions((await Confirm(of, first)).Is(HttpStatusCode.OK).Body)[0];
        Assert.False(confirmed.GetProperty("carriedOver").GetBoolean());
        Assert.Equal(first.GetProperty("reason").GetString(), confirmed.GetProperty("reason").GetString());
        Assert.NotEqual(JsonValueKind.Null, confirmed.GetProperty("confirmedOn").ValueKind);
    }

    [Fact]
    public async Task Sql_as_the_applications_login_passes_no_answer_that_nobody_has_looked_at()
    {
        var of = await world.Approved();
        await CarryOver(of);
        Assert.Equal("open", await world.Scalar<string>($"SELECT assessment_obstacle('{of.Id}')"));
        await using var system = await world.AsSystem.OpenConnectionAsync();
        await using var rewritten = new NpgsqlCommand(
            $"UPDATE legal_answer SET carried_over = false, confirmed_at = now(), reply = 'No' WHERE agreement_id = '{of.Id}' AND reply = 'Yes'", system);
        Assert.Equal(PostgresErrorCodes.CheckViolation,
            (await Assert.ThrowsAsync<PostgresException>(() => rewritten.ExecuteNonQueryAsync())).SqlState);
        // An approval given for an earlier version serves no later one.
        await using var later = new NpgsqlCommand(
            $"UPDATE legal_answer SET carried_over = false WHERE agreement_id = '{of.Id}'", system);
        await later.ExecuteNonQueryAsync();
        Assert.Equal(0L, await world.Scalar<long>($"SELECT count(*) FROM approval WHERE agreement_id = '{of.Id}' AND round > 0"));
    }

    [Theory]
    [InlineData("section")]
    [InlineData("contribution")]
    [InlineData("answer")]
    [InlineData("party")]
    public async Task A_lawyer_whose_approval_was_voided_hears_of_it_once_whatever_the_edit(string what)
    {
        var of = await world.Approved();
        _ = what switch
        {
            "section" => (await of.Write(world.AssociationOfficer, "goals", "Andra mål.")).Is(HttpStatusCode.OK),
            "answer" => (await of.Answer("pc-before", "yes", "\"1\"")).Is(HttpStatusCode.OK),
            "contribution" => (await world.Officer.Create($"{of.Path}/contributions",
                new { partyId = of.Partners.RegionParty, kind = "premises", description = "Lokal" })).Is(HttpStatusCode.Created),
            _ => (await world.Officer.Create($"/agreements/v1/partnerships/{of.Partners.Id}/parties",
                new { organisationId = world.Elsewhere, requiredSignatures = 1 })).Is(HttpStatusCode.Created),
        };
        await Eventually.Holds("the lawyer has been told", async () => (await Voided(of)).Count == 1);
        Assert.Equal([world.Region], (await Voided(of))[0].Organisations);
        (await of.Write(world.AssociationOfficer, "goals", "Ännu andra mål.")).Is(HttpStatusCode.OK);
        await Task.Delay(1200, TestContext.Current.CancellationToken);
        Assert.Single(await Voided(of));
    }

    [Fact]
    public async Task The_lawyer_sees_what_has_changed_since_the_approval()
    {
        var of = await world.Approved();
        Assert.Equal(JsonValueKind.Null, (await of.Assessment()).GetProperty("changes").ValueKind);
        (await of.Write(world.AssociationOfficer, "goals", "Andra mål.")).Is(HttpStatusCode.OK);
        (await of.Answer("pc-before", "yes", "\"1\"")).Is(HttpStatusCode.OK);
        var changes = (await of.Assessment()).GetProperty("changes").GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["section", "answer"], changes.Select(change => change.GetProperty("what").GetString()));
        Assert.Equal(("Text om goals.", "Andra mål."),
            (changes[0].GetProperty("before").GetString(), changes[0].GetProperty("after").GetString()));
        Assert.StartsWith("Nej", changes[1].GetProperty("before").GetString());
        Assert.StartsWith("Ja", changes[1].GetProperty("after").GetString());
    }

    [Fact]
    public async Task All_answers_are_fixed_with_the_version()
    {
        var of = await world.Opened();
        var version = (await world.Officer.Get($"{of.Path}/versions/{await of.VersionHash()}")).Is(HttpStatusCode.OK).Body;
        var answers = version.GetProperty("assessment").GetProperty("answers").EnumerateArray().ToList();
        Assert.Equal(23, answers.Count);
        Assert.All(answers, answer => Assert.False(string.IsNullOrEmpty(answer.GetProperty("reason").GetString())));
    }

    [Fact]
    public async Task A_renegotiation_reopens_the_assessment_with_the_earlier_answers_beside()
    {
        var of = await world.InForce();
        var before = Questions(await of.Assessment())[0];
        await of.Renegotiate(world);
        var assessment = await of.Assessment();
        Assert.Equal("open", assessment.GetProperty("state").GetString());
        Assert.Equal(1, assessment.GetProperty("earlierVersion").GetProperty("number").GetInt32());
        var (stays, changes) = (Questions(assessment)[0], Questions(assessment)[^1]);
        Assert.True(stays.GetProperty("carriedOver").GetBoolean());
        Assert.Equal(before.GetProperty("reason").GetString(), stays.GetProperty("earlier").GetProperty("reason").GetString());
        (await world.Officer.Put($"{of.Path}/assessment/answers/{changes.GetProperty("id").GetString()}",
            changes.GetProperty("answerTag").GetString(), new { answer = "yes", reason = "Nytt läge: instruktionen är ändrad." }))
            .Is(HttpStatusCode.OK);
        foreach (var question in Questions(assessment).SkipLast(1)) (await Confirm(of, question)).Is(HttpStatusCode.OK);
        assessment = await of.Assessment();
        // Every version is approved anew: the earlier approval is shown as what it was.
        Assert.Equal("complete", assessment.GetProperty("state").GetString());
        Assert.True(assessment.GetProperty("approvals")[0].GetProperty("earlier").GetBoolean());
        Assert.False(assessment.GetProperty("approvals")[0].GetProperty("valid").GetBoolean());
        Assert.True(Questions(assessment)[0].GetProperty("earlier").GetProperty("same").GetBoolean());
        var changed = Questions(assessment)[^1];
        Assert.False(changed.GetProperty("earlier").GetProperty("same").GetBoolean());
        Assert.Equal("Se avsnittet om resurser.", changed.GetProperty("earlier").GetProperty("reason").GetString());
        Assert.Equal("answer",
            Assert.Single(assessment.GetProperty("changes").GetProperty("items").EnumerateArray()).GetProperty("what")
                .GetString());
        (await of.Open()).Refuses(HttpStatusCode.Conflict, "assessment.not-approved");
        await of.ApproveOpenAndSign(world);
    }

    [Fact]
    public async Task One_approval_covers_all_four_units_of_a_legal_person()
    {
        var (city, association) = (Guid.NewGuid(), Guid.NewGuid());
        var units = Enumerable.Range(1, 4).Select(number => (Id: Guid.NewGuid(), Name: $"Förvaltning {number}")).ToArray();
        await world.Known(city, "Göteborgs Stad", "public", units: units);
        await world.Known(association, "Stadsmissionen", "idea-driven");
        var first = world.As(Callers.OfUnit(city, units[0].Id, Roles.Officer));
        var partnership = (await first.Create("/agreements/v1/partnerships",
            new { title = "Ensamkommande", challenge = "Barn utan föräldrar." }))
            .Is(HttpStatusCode.Created);
        var parties = new List<Guid> { partnership.Body.GetProperty("parties")[0].GetProperty("id").GetGuid() };
        foreach (var unit in units.Skip(1))
            parties.Add((await first.Create($"/agreements/v1/partnerships/{partnership.Id}/parties",
                new { organisationId = city, unitId = unit.Id, requiredSignatures = 1 })).Is(HttpStatusCode.Created).Id);
        parties.Add((await first.Create($"/agreements/v1/partnerships/{partnership.Id}/parties",
            new { organisationId = association, requiredSignatures = 1 })).Is(HttpStatusCode.Created).Id);
        var path = $"/agreements/v1/agreements/{(await first.Create($"/agreements/v1/partnerships/{partnership.Id}/agreements",
            new { title = "Ensamkommande 2026", startsOn = "2026-04-01", autoRenews = false })).Is(HttpStatusCode.Created).Id}";
        foreach (var key in AgreementsWorld.RequiredSections)
        {
            var tag = (await first.Get($"{path}/sections/{key}")).Is(HttpStatusCode.OK).Tag;
            (await first.Put($"{path}/sections/{key}", tag, new { text = $"Text om {key}." })).Is(HttpStatusCode.OK);
        }
        foreach (var party in parties)
            (await first.Create($"{path}/contributions", new { partyId = party, kind = "competence", description = "Kunskap" }))
                .Is(HttpStatusCode.Created);
        var lawyer = world.As(Callers.OfUnit(city, units[2].Id, Roles.Legal));
        var assessment = (await lawyer.Get($"{path}/assessment")).Is(HttpStatusCode.OK).Body;
        Assert.Single(assessment.GetProperty("approvalsMissing").EnumerateArray());
        foreach (var question in Questions(assessment))
        {
            var id = question.GetProperty("id").GetString()!;
            var answer = id switch
            {
                "pc-obligations" or "pc-before" or "sa-advantage" => "no",
                "sa-de-minimis" or "sa-sgei-de-minimis" or "sa-compatible" => "not-applicable",
                _ => "yes",
            };
            (await lawyer.Put($"{path}/assessment/answers/{id}", "\"0\"", new { answer, reason = "Enligt avsnitten." }))
                .Is(HttpStatusCode.OK);
        }
        assessment = (await lawyer.Get($"{path}/assessment")).Body;
        var hash = $"\"{assessment.GetProperty("assessedHash").GetString()}\"";
        var approved = (await lawyer.Act($"{path}/assessment/approvals", hash)).Is(HttpStatusCode.OK).Body;
        Assert.Equal("approved", approved.GetProperty("state").GetString());
        Assert.Empty(approved.GetProperty("approvalsMissing").EnumerateArray());
        (await world.As(Callers.OfUnit(city, units[3].Id, Roles.Legal)).Act($"{path}/assessment/approvals", hash))
            .Refuses(HttpStatusCode.Conflict, "assessment.already-approved");
        (await first.Act($"{path}/opening", (await first.Get(path)).Tag)).Is(HttpStatusCode.OK);
    }

    private async Task<List<AssessmentVoided>> Voided(Case of) =>
        [.. (await world.Announced<AssessmentVoided>()).Where(said => said.AgreementId == of.Id)];

    private static List<JsonElement> Questions(JsonElement assessment) =>
        [.. assessment.GetProperty("questions").EnumerateArray()];

    private Task<Reply> Confirm(Case of, JsonElement question, CallerClient? by = null) => (by ?? world.Lawyer).Act(
        $"{of.Path}/assessment/answers/{question.GetProperty("id").GetString()}/confirmation",
        question.GetProperty("answerTag").GetString());

    /// <summary>As a change of the agreement does.</summary>
    private async Task CarryOver(Case of)
    {
        await using var command = world.AsSystem.CreateCommand(
            $"UPDATE legal_answer SET carried_over = true, version = version + 1 WHERE agreement_id = '{of.Id}'");
        Assert.Equal(23, await command.ExecuteNonQueryAsync());
    }
}
