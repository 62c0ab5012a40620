using System.Net;
using System.Text;
using System.Text.Json;
using Iop.Agreements.Assessing;
using Iop.Agreements.Domain.Advising;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>Instruments advise: with reasons, by whom and when, and what they come to; nothing in an agreement waits for
/// them.</summary>
[Collection(nameof(DrawnUp))]
public sealed class InstrumentTests(AgreementsWorld world)
{
    [Theory]
    [InlineData("screening",
        "sc-challenge=yes sc-both=yes sc-initiative=idea-driven sc-service=no sc-before=no sc-market=no sc-contribute=yes sc-simple=no sc-authority=no", "go-on", "")]
    [InlineData("screening", "sc-service=yes sc-before=yes", "lawyer-first", "sc-service sc-before")]
    [InlineData("screening", "sc-service=yes sc-market=yes", "procure", "sc-service sc-market")]
    [InlineData("screening", "sc-service=yes", "open", null)]
    [InlineData("screening",
        "sc-challenge=yes sc-both=yes sc-initiative=public sc-service=no sc-before=yes sc-market=no sc-contribute=yes sc-simple=no sc-authority=yes", "ask-lawyer", "sc-before sc-authority")]
    [InlineData("screening",
        "sc-challenge=yes sc-both=yes sc-initiative=dialogue sc-service=no sc-before=no sc-market=no sc-contribute=yes sc-simple=yes sc-authority=no", "simpler", "sc-simple")]
    [InlineData("screening",
        "sc-challenge=yes sc-both=yes sc-initiative=dialogue sc-service=no sc-before=no sc-market=no sc-contribute=no sc-simple=no sc-authority=no", "not-yet", "sc-contribute")]
    [InlineData("form-guidance", "fg-simple=talk", "simple-talk", "fg-simple")]
    [InlineData("form-guidance",
        "fg-simple=none fg-initiative=dialogue fg-problem=jointly fg-roles=jointly fg-money=advance fg-cooperation=running fg-learning=jointly fg-correction=running fg-equal=yes fg-goal=yes fg-resources=yes", "form iop", null)]
    [InlineData("form-guidance",
        "fg-simple=none fg-initiative=announced fg-problem=public fg-roles=orders fg-money=performance fg-cooperation=limited fg-learning=provider fg-correction=next-call fg-equal=yes fg-goal=yes fg-resources=yes", "form procurement", null)]
    [InlineData("form-guidance",
        "fg-simple=none fg-initiative=applied fg-problem=own fg-roles=own fg-money=yearly fg-cooperation=limited fg-learning=reporting fg-correction=next-decision fg-equal=yes fg-goal=yes fg-resources=yes", "form association-grant", null)]
    [InlineData("form-guidance",
        "fg-simple=none fg-initiative=dialogue fg-problem=jointly fg-roles=jointly fg-money=advance fg-cooperation=running fg-learning=jointly fg-correction=running fg-equal=no fg-goal=yes fg-resources=yes", "think-more", null)]
    [InlineData("forum-seven",
        "fo-initiative=0 fo-programme=1 fo-not-grant=4 fo-no-market=0 fo-both-finance=2 fo-no-detail=1 fo-long=4",
        "profile procurement", "fo-initiative fo-no-market")]
    [InlineData("forum-seven",
        "fo-initiative=4 fo-programme=3 fo-not-grant=0 fo-no-market=4 fo-both-finance=2 fo-no-detail=4 fo-long=4",
        "profile grant", "fo-not-grant")]
    [InlineData("skl-eight",
        "sk-not-basic=4 sk-co-financed=4 sk-joint-need=4 sk-programme=4 sk-long=0 sk-no-detail=2 sk-ownership=4 sk-in-writing=not-applicable", "profile project", "sk-long")]
    [InlineData("goals-means", "gm-cell=D", "D", null)]
    [InlineData("hard-questions", "hq-found=before hq-owner=not-applicable hq-prevented=early", "unowned", null)]
    [InlineData("hard-questions", "hq-found=before hq-owner=p hq-prevented=yes", "prevented", null)]
    [InlineData("hard-questions", "hq-found=after hq-owner=p hq-prevented=yes", "late", null)]
    [InlineData("authority", "au-authority=yes au-basis=no", "no-basis", null)]
    [InlineData("authority", "au-permit=yes au-in-force=applied", "permit-missing", null)]
    [InlineData("authority", "au-authority=no au-basis=not-applicable au-duty=public au-permit=yes au-holder=p au-in-force=yes",
        "regulated", null)]
    [InlineData("authority",
        "au-authority=no au-basis=not-applicable au-duty=none au-permit=no au-holder=not-applicable au-in-force=not-applicable",
        "free", "")]
    [InlineData("authority",
        "au-authority=no au-basis=not-applicable au-duty=unclear au-permit=no au-holder=not-applicable au-in-force=not-applicable", "duty-unclear", "au-duty")]
    public void The_answers_come_to_what_a_sensible_reader_would_say(string instrument, string answers, string code,
        string? decidedBy)
    {
        var catalogues = new Catalogues();
        var of = catalogues.Instrument(instrument, [])!;
        var replies = answers.Split(' ').Select(answer => answer.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        Assert.All(replies, reply => Assert.True(of.Find(reply.Key)!.Accepts(reply.Value, ["p"]), reply.Key));
        var finding = Finding.Of(of, replies);
        Assert.Equal(code, finding.Form is null ? finding.Code : $"{finding.Code} {finding.Form}");
        if (decidedBy is not null) Assert.Equal(decidedBy, string.Join(' ', finding.DecidedBy));
    }

    [Fact]
    public void The_form_guidance_compares_twelve_forms_with_the_partnership_and_asks_the_handbooks_three_questions()
    {
        var guidance = new Catalogues().Instrument("form-guidance", [])!;
        Assert.Equal(13, guidance.Forms.Count);
        Assert.Equal("iop", guidance.Forms[^1].Id); // the least simple: where another fits as well, the other is better
        Assert.Equal(7, new Catalogues().Instrument("forum-seven", [])!.Items.Count);
        Assert.Equal(8, new Catalogues().Instrument("skl-eight", [])!.Items.Count);
        Assert.Equal(5, new Catalogues().Instrument("hard-questions", [])!.Matters.Count);
        Assert.Equal(7, new Catalogues().Instruments.Count);
    }

    [Theory]
    [InlineData("\"mayNotApply\": false, \"kind\": \"YesNo\", \"sv\": \"\"", "lacks a language")]
    [InlineData("\"mayNotApply\": false, \"sv\": \"Fråga?\"", "neither a question of law nor another")]
    public void A_faulty_catalogue_stops_the_start(string question, string why)
    {
        var file = $$"""
            { "id": "x", "version": "x-1", "name": { "sv": "X", "en": "X" }, "purpose": { "sv": "X", "en": "X" },
              "questions": [{ "id": "q", {{question}}, "en": "Question?", "source": "S", "year": 2026 }] }
            """;
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(file));
        Assert.Contains(why, Assert.Throws<InvalidOperationException>(() => Catalogues.Of(CatalogueFile.Read(stream))).Message);
    }

    [Fact]
    public async Task Before_any_agreement_a_partnership_is_screened_with_reasons_and_the_result_explains_itself()
    {
        var partners = await world.Partners();
        var path = $"/agreements/v1/partnerships/{partners.Id}/instruments";
        Assert.Equal(7, (await world.Officer.Get(path)).Is(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength());
        var answer = new { answer = "yes", reason = "Kommunen vill kunna kräva stödsamtalen.", clause = "Idéskiss 2" };
        (await world.Officer.Put($"{path}/screening/answers/sc-service", "\"0\"", answer)).Is(HttpStatusCode.OK);
        (await world.Officer.Put($"{path}/screening/answers/sc-service", "\"0\"", answer))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await world.AssociationOfficer.Put($"{path}/screening/answers/sc-before", "\"0\"",
            new { answer = "yes", reason = "Upphandlat till 2024." }))
            .Is(HttpStatusCode.OK);
        var shown = (await world.AssociationOfficer.Get($"{path}/screening")).Is(HttpStatusCode.OK).Body;
        var finding = shown.GetProperty("findings")[0];
        Assert.Equal("lawyer-first", finding.GetProperty("code").GetString());
        Assert.Contains("jurist", finding.GetProperty("text").GetString());
        Assert.Equal(["sc-service", "sc-before"],
            finding.GetProperty("decidedBy").EnumerateArray().Select(one => one.GetString()));
        var given = shown.GetProperty("answers").EnumerateArray()
            .Single(one => one.GetProperty("questionId").GetString() == "sc-service");
        Assert.Equal(("Kommunen vill kunna kräva stödsamtalen.", "Idéskiss 2", "1"), (given.GetProperty("reason").GetString(),
            given.GetProperty("clause").GetString(), given.GetProperty("answerTag").GetString()));
        Assert.Contains("lawyer", (await world.As(Callers.Of(world.Region, Roles.Reader), "en").Get($"{path}/screening"))
            .Body.GetProperty("findings")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Every_party_says_for_itself_how_it_sees_goals_and_means_and_a_pattern_of_conflict_is_named()
    {
        var partners = await world.Partners();
        var path = $"/agreements/v1/partnerships/{partners.Id}/instruments/goals-means";
        var matters = new List<string>();
        foreach (var text in new[] { "Stödsamtal", "Sprututbyte" })
            matters.Add((await world.Officer.Create($"{path}/matters", new { text })).Is(HttpStatusCode.Created).Id.ToString());
        Task<Reply> Says(CallerClient by, string matter, string cell, Guid? party = null) =>
            by.Put($"{path}/answers/gm-cell", "\"0\"",
            new { answer = cell, reason = "Så ser vi det.", matterId = matter, partyId = party });
        (await Says(world.Officer, matters[0], "A")).Is(HttpStatusCode.OK);
        (await Says(world.AssociationOfficer, matters[0], "B")).Is(HttpStatusCode.OK);
        (await Says(world.AssociationOfficer, matters[1], "D")).Is(HttpStatusCode.OK);
        (await Says(world.AssociationOfficer, matters[1], "D", partners.RegionParty))
            .Refuses(HttpStatusCode.Forbidden, "instrument.not-your-party");
        (await Says(world.Officer, "no-such", "A")).Refuses(HttpStatusCode.Conflict, "instrument.unknown-matter");
        (await Says(world.Officer, matters[1], "E")).Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await Says(world.Signatory, matters[1], "A")).Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        var shown = (await world.Officer.Get(path)).Is(HttpStatusCode.OK).Body;
        string? Found(string matter, Guid party) => shown.GetProperty("findings").EnumerateArray().Single(one =>
            one.GetProperty("matterId").GetString() == matter && one.GetProperty("partyId").GetGuid() == party)
                .GetProperty("code").GetString();
        Assert.Equal(("A", "B", "open", "D"),
            (Found(matters[0], partners.RegionParty), Found(matters[0], partners.AssociationParty),
            Found(matters[1], partners.RegionParty), Found(matters[1], partners.AssociationParty)));
        var pattern = Assert.Single(shown.GetProperty("patterns").EnumerateArray());
        Assert.Equal(partners.AssociationParty, pattern.GetProperty("partyId").GetGuid());
    }

    [Fact]
    public async Task What_an_instrument_has_not_got_is_refused()
    {
        var partners = await world.Partners();
        var path = $"/agreements/v1/partnerships/{partners.Id}/instruments";
        var answer = new { answer = "yes", reason = "x" };
        (await world.Officer.Get($"{path}/no-such")).Refuses(HttpStatusCode.NotFound, "instrument.unknown");
        (await world.Officer.Put($"{path}/screening/answers/no-such", "\"0\"", answer))
            .Refuses(HttpStatusCode.NotFound, "instrument.unknown-question");
        (await world.Officer.Put($"{path}/screening/answers/sc-both", "\"0\"",
            new { answer = "yes", reason = "x", partyId = partners.RegionParty }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await world.Officer.Create($"{path}/screening/matters", new { text = "Något eget" }))
            .Refuses(HttpStatusCode.Conflict, "instrument.no-matters-of-your-own");
        for (var number = 0; number < Matter.PerInstrumentMax; number++)
            (await world.Officer.Create($"{path}/authority/matters", new { text = $"Aktivitet {number}" }))
                .Is(HttpStatusCode.Created);
        (await world.Officer.Create($"{path}/authority/matters", new { text = "En till" }))
            .Refuses(HttpStatusCode.Conflict, "instrument.too-many-matters");
    }

    [Fact]
    public async Task The_hard_questions_have_an_owner_among_the_parties_and_the_parties_add_their_own()
    {
        var partners = await world.Partners();
        var path = $"/agreements/v1/partnerships/{partners.Id}/instruments/hard-questions";
        var own = (await world.AssociationOfficer.Create($"{path}/matters", new { text = "Vem svarar för jouren på helger?" }))
            .Is(HttpStatusCode.Created).Id;
        foreach (var (question, answer) in new[] { ("hq-found", "before"), ("hq-owner", partners.AssociationParty.ToString()),
            ("hq-prevented", "yes") })
            (await world.Officer.Put($"{path}/answers/{question}", "\"0\"",
                new { answer, reason = "Togs upp på första mötet.", matterId = own.ToString() })).Is(HttpStatusCode.OK);
        (await world.Officer.Put($"{path}/answers/hq-owner", "\"0\"",
            new { answer = Guid.NewGuid().ToString(), reason = "x", matterId = "form" }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        var shown = (await world.Officer.Get(path)).Is(HttpStatusCode.OK).Body;
        Assert.Equal(6, shown.GetProperty("matters").GetArrayLength());
        Assert.Equal("prevented", shown.GetProperty("findings").EnumerateArray().Last().GetProperty("code").GetString());
        Assert.Equal("Frälsningsarmén", shown.GetProperty("answers").EnumerateArray()
            .Single(one => one.GetProperty("questionId").GetString() == "hq-owner").GetProperty("answerText").GetString());
    }

    [Fact]
    public async Task Instruments_are_never_gates()
    {
        var of = await world.Approved();
        var path = $"/agreements/v1/partnerships/{of.Partners.Id}/instruments";
        foreach (var question in new[] { "sc-service", "sc-before", "sc-market", "sc-authority" })
            (await world.Officer.Put($"{path}/screening/answers/{question}", "\"0\"",
                new { answer = "yes", reason = "Det värsta svaret." })).Is(HttpStatusCode.OK);
        foreach (var item in new Catalogues().Instrument("forum-seven", [])!.Items)
            (await world.Officer.Put($"{path}/forum-seven/answers/{item.Id}", "\"0\"",
                new { answer = "0", reason = "Inte alls." })).Is(HttpStatusCode.OK);
        Assert.Equal("approved", (await of.Assessment()).GetProperty("state").GetString());
        (await of.Open()).Is(HttpStatusCode.OK);
        var gate = await world.Scalar<string>("SELECT string_agg(prosrc, ' ') FROM pg_proc WHERE proname IN ('assessment_obstacle', 'version_passes_gate', 'assessed_fingerprint')");
        Assert.DoesNotContain("instrument", gate);
        Assert.DoesNotContain("relation", gate);
    }

    [Fact]
    public async Task Other_relations_between_the_parties_are_listed_and_kept_with_the_reason_when_removed()
    {
        var partners = await world.Partners();
        var path = $"/agreements/v1/partnerships/{partners.Id}/relations";
        var relation = new { kind = "procured-before", fromPartyId = partners.RegionParty, toPartyId = partners.AssociationParty,
            description = "Samma stödsamtal, upphandlade", kronorPerYear = "400000.00", startsOn = "2020-01-01",
            endsOn = "2024-12-31" };
        var listed = (await world.Lawyer.Create(path, relation)).Is(HttpStatusCode.Created);
        Assert.Equal("Frälsningsarmén", listed.Body.GetProperty("to").GetString());
        (await world.Lawyer.Create(path, relation with { toPartyId = partners.RegionParty }))
            .Refuses(HttpStatusCode.Conflict, "relation.with-itself");
        (await world.Lawyer.Create(path, relation with { toPartyId = Guid.NewGuid(), endsOn = "2019-12-31" }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await world.Signatory.Create(path, relation)).Refuses(HttpStatusCode.Forbidden, "request.role-missing");
        (await world.Lawyer.Act($"{path}/removal", "\"1\"", new { relationId = Guid.NewGuid(), reason = "Fel" }))
            .Refuses(HttpStatusCode.NotFound, "relation.unknown");
        (await world.Lawyer.Act($"{path}/removal", "\"1\"",
            new { relationId = listed.Id, reason = "Det gällde en annan förening." })).Is(HttpStatusCode.OK);
        (await world.Lawyer.Act($"{path}/removal", "\"2\"", new { relationId = listed.Id, reason = "Igen" }))
            .Refuses(HttpStatusCode.Conflict, "relation.removed-already");
        await using var many = world.AsSystem.CreateCommand($"""
            INSERT INTO relation (relation_id, partnership_id, kind, "from", "to", description, listed_by, listed_for, listed_at, version)
            SELECT gen_random_uuid(), '{partners.Id}', 'Other', '{partners.RegionParty}', '{partners.AssociationParty}', 'x', gen_random_uuid(),
              gen_random_uuid(), now(), 1 FROM generate_series(1, {Relation.PerPartnershipMax - 1})
            """);
        await many.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        (await world.Lawyer.Create(path, relation)).Refuses(HttpStatusCode.Conflict, "relation.too-many");
        var kept = Assert.Single(
            (await world.AssociationOfficer.Get(path)).Is(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray(),
            one => one.GetProperty("removedBecause").ValueKind is JsonValueKind.String);
        Assert.Equal("Det gällde en annan förening.", kept.GetProperty("removedBecause").GetString());
    }
}
