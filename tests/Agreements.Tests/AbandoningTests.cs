using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>Whatever is done to the text of an agreement in force: when the change is given up, not a word of it is
/// left.</summary>
[Collection(nameof(Signed))]
public sealed class AbandoningTests(AgreementsWorld world)
{
    private const int Edits = 14;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_change_that_is_given_up_leaves_the_text_as_it_is_in_force(int seed)
    {
        var of = await InForceWithEverything();
        var (inForce, fingerprint) = ((await of.Term()).On("versionHash"), await Fingerprint(of));
        var before = await Text(of, inForce!);
        await of.Renegotiate(world, "2027-01-01");
        var random = new Random(seed);
        var order = Enumerable.Range(0, Edits).Select(_ => random.Next(Acts.Length)).ToList();
        for (var number = 0; number < Edits; number++)
        {
            var reply = await Acts[order[number]](new Hand(world, of, random, number));
            Assert.True(reply is null || (int)reply.Status < 300, $"act {order[number]} of {seed}: {reply?.Text}");
        }
        Assert.NotEqual(fingerprint, await Fingerprint(of));
        (await of.Do(world.AssociationOfficer, "change/abandonment", new { reason = "Vi låter det vara." }))
            .Is(HttpStatusCode.OK);
        Assert.Equal(fingerprint, await Fingerprint(of));
        Assert.Equal(inForce, (await of.Shown()).Body.On("versionHash"));

        // And so the next change begins with the text in force: opened as it lies there, it says the same.
        await of.Renegotiate(world, "2027-01-01");
        await of.ConfirmAll(world);
        (await of.Approve()).Is(HttpStatusCode.OK);
        (await of.Open()).Is(HttpStatusCode.OK);
        Assert.Equal(before, await Text(of, await of.VersionHash()));
    }

    [Fact]
    public async Task A_body_formed_meanwhile_that_has_been_used_goes_on_outside_the_agreement()
    {
        var of = await InForceWithEverything();
        var fingerprint = await Fingerprint(of);
        await of.Renegotiate(world, "2027-01-01");
        var bodies = $"/agreements/v1/partnerships/{of.Partners.Id}/bodies";
        var used = (await world.AssociationOfficer.Create(bodies, new
        {
            kind = "idea-driven", name = "Vår egen grupp", agreementId = of.Id, visibility = "own-side",
            ownerPartyId = of.Partners.AssociationParty,
        })).Is(HttpStatusCode.Created);
        (await world.AssociationOfficer.Create($"{bodies}/{used.Id}/members",
            new { role = "chair", fromOn = "2026-04-01", partyId = of.Partners.AssociationParty, name = "Olle Berg" }))
            .Is(HttpStatusCode.Created);
        var unused = (await world.Officer.Create(bodies, new { kind = "cooperation", name = "Ingens", agreementId = of.Id }))
            .Is(HttpStatusCode.Created);
        // The region does not see who sits there; it can give up the change all the same.
        (await of.Do(world.Officer, "change/abandonment", new { reason = "Nej." })).Is(HttpStatusCode.OK);
        Assert.Equal(fingerprint, await Fingerprint(of));
        var kept = (await world.AssociationOfficer.Get(used.Location!)).Is(HttpStatusCode.OK).Body;
        Assert.False(kept.GetProperty("agreed").GetBoolean());
        Assert.Equal("Olle Berg", kept.GetProperty("members")[0].On("personName"));
        (await world.Officer.Get(unused.Location!)).Is(HttpStatusCode.NotFound);
        // By no statement does a body slip out of a text that is fixed, nor into one.
        await AsLogin.Refused(world, $"UPDATE body SET agreement_id = NULL WHERE agreement_id = '{of.Id}'");
        await AsLogin.Refused(world, $"UPDATE body SET agreement_id = '{of.Id}' WHERE body_id = '{used.Id}'");
    }

    /// <summary>One who edits, what with, and the how-manieth edit it is.</summary>
    private sealed record Hand(AgreementsWorld World, Case Of, Random Random, int Number)
    {
        public CallerClient Officer => World.Officer;

        public string Bodies => $"/agreements/v1/partnerships/{Of.Partners.Id}/bodies";

        public async Task<JsonElement?> Any(string what)
        {
            var shown = (await Of.Shown()).Body;
            var list = what is "contributions" ? shown.GetProperty(what) : shown.GetProperty("parts").GetProperty(what);
            return list.GetArrayLength() == 0 ? null : list[Random.Next(list.GetArrayLength())];
        }

        public async Task<Reply> At(string path) => (await Officer.Get(path)).Is(HttpStatusCode.OK);
    }

    private static readonly Func<Hand, Task<Reply?>>[] Acts =
    [
        async on => await on.Of.Write(on.Officer, AgreementsWorld.RequiredSections[on.Random.Next(10)],
            $"Annat {on.Number}."),
        async on => await on.Of.Write(on.Officer, "vision", $"En vision {on.Number}."),
        async on => await on.Officer.Put($"{on.Of.Path}/frame", (await on.Of.Shown()).Tag, new
        {
            title = $"Titel {on.Number}", startsOn = "2026-01-01", autoRenews = false, adjustedBy = "Styrgruppen",
            adjustedSections = new[] { "interventions" },
        }),
        async on => await on.Officer.Create($"{on.Of.Path}/contributions",
            new { partyId = on.Of.Partners.RegionParty, kind = "premises", description = $"Lokal {on.Number}" }),
        async on => await on.Any("contributions") is { } offer
            ? await on.Officer.Delete($"{on.Of.Path}/contributions/{offer.On("id")}", $"\"{offer.On("contributionTag")}\"")
            : null,
        async on => await on.Officer.Create($"{on.Of.Path}/goals", new { kind = "overall", text = $"Mål {on.Number}" }),
        async on => await on.Any("goals") is { } goal ? await on.Officer.Put(
            $"{on.Of.Path}/goals/{goal.On("id")}", $"\"{goal.On("goalTag")}\"", new { text = $"Andra ord {on.Number}" }) : null,
        RemoveGoals,
        async on => await on.Any("activities") is { } activity ? await on.Officer.Put(
            $"{on.Of.Path}/activities/{activity.On("id")}", $"\"{activity.On("activityTag")}\"", new
            {
                name = $"Grupper {on.Number}", bookedBy = on.World.Region, partyIds = new[] { on.Of.Partners.RegionParty },
                fromOn = "2027-01-01",
            }) : null,
        async on => await on.Any("activities") is { } activity ? await on.Officer.Delete(
            $"{on.Of.Path}/activities/{activity.On("id")}", $"\"{activity.On("activityTag")}\"") : null,
        async on => await on.Officer.Create(on.Bodies, new { kind = "cooperation", name = "Ny grupp", agreementId = on.Of.Id }),
        async on => await on.Any("bodies") is { } body
            ? await on.Officer.Put($"{on.Bodies}/{body.On("id")}", (await on.At($"{on.Bodies}/{body.On("id")}")).Tag,
                new { name = $"Omdöpt {on.Number}", mandate = "Allt", rhythm = new { everyWeeks = 9 } }) : null,
        async on => await on.Any("bodies") is { } body
            && await on.At($"{on.Bodies}/{body.On("id")}") is var at && at.Body.GetProperty("members").GetArrayLength() == 0
            ? await on.Officer.Delete($"{on.Bodies}/{body.On("id")}", at.Tag) : null,
        async on => await Attach(on.World, on.Of, $"ny{on.Number}.pdf", ""),
        async on => await on.Any("attachments") is { } attached ? await on.Officer.Put(
            $"{on.Of.Path}/attachments/{attached.On("id")}", $"\"{attached.On("attachmentTag")}\"",
            new { title = $"Omdöpt {on.Number}", sectionKey = "period" }) : null,
        async on => await on.Any("attachments") is { } attached ? await on.Officer.Delete(
            $"{on.Of.Path}/attachments/{attached.On("id")}", $"\"{attached.On("attachmentTag")}\"") : null,
        InviteAnother,
    ];

    /// <summary>All of them, parts first.</summary>
    private static async Task<Reply?> RemoveGoals(Hand on)
    {
        var goals = (await on.Of.Shown()).Body.GetProperty("parts").GetProperty("goals").EnumerateArray()
            .OrderBy(goal => goal.On("kind") is "partial" ? 0 : 1).ToList();
        foreach (var goal in goals)
            (await on.Officer.Delete($"{on.Of.Path}/goals/{goal.On("id")}", $"\"{goal.On("goalTag")}\"")).Is(HttpStatusCode.OK);
        return null;
    }

    private static async Task<Reply?> InviteAnother(Hand on)
    {
        var another = Guid.NewGuid();
        await on.World.Known(another, $"Förening {on.Number}", "idea-driven");
        return await on.Officer.Create($"/agreements/v1/partnerships/{on.Of.Partners.Id}/parties",
            new { organisationId = another, requiredSignatures = 1 });
    }

    /// <summary>Every kind of agreed part is in it; the same file twice.</summary>
    private async Task<Case> InForceWithEverything()
    {
        var of = await world.Written(startsOn: new DateOnly(2026, 1, 1));
        var whole = await Made($"{of.Path}/goals", new { kind = "overall", text = "Barnen mår bra" });
        await Made($"{of.Path}/goals", new { kind = "partial", text = "Fler får stöd", partOf = whole });
        await Made($"{of.Path}/goals", new { kind = "learning", text = "Hur vi mäter", partyId = of.Partners.RegionParty });
        await Made($"{of.Path}/activities", new
        {
            name = "Samtalsgrupper", description = "I Jönköping", bookedBy = world.Association, targetGroup = "Barn",
            partyIds = new[] { of.Partners.RegionParty, of.Partners.AssociationParty },
            fromOn = "2026-02-01", toOn = "2028-01-01",
        });
        var bodies = $"/agreements/v1/partnerships/{of.Partners.Id}/bodies";
        var steering = await Made(bodies, new
        {
            kind = "steering", name = "Styrgruppen", agreementId = of.Id, mandate = "Beslutar.",
            rhythm = new { everyWeeks = 2, forMonths = 6, thenEveryWeeks = 8 }, handover = "Den som lämnar berättar.",
        });
        await Made($"{bodies}/{steering}/members",
            new { role = "chair", fromOn = "2026-01-01", partyId = of.Partners.RegionParty, name = "Karin Ek" });
        await Made(bodies, new { kind = "cooperation", name = "Samverkansgruppen", agreementId = of.Id });
        foreach (var section in new[] { "", "?section=resources", "?section=roles" })
            (await Attach(world, of, "villkor.pdf", section))!.Is(HttpStatusCode.Created);
        await of.AnswerAll();
        await of.ApproveOpenAndSign(world);
        await of.Becomes(world, "in-force");
        return of;
    }

    private async Task<Guid> Made(string path, object body) =>
        (await world.Officer.Create(path, body)).Is(HttpStatusCode.Created).Id;

    private static async Task<Reply?> Attach(AgreementsWorld world, Case of, string name, string query)
    {
        using var content = new ByteArrayContent("%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = name };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{of.Path}/attachments{query}") { Content = content };
        return await world.Officer.Send(request, ("Idempotency-Key", Guid.NewGuid().ToString()));
    }

    /// <summary>All that is agreed, as the rows of the text being written say it.</summary>
    private async Task<string> Fingerprint(Case of) => await world.Scalar<string>("""
        SELECT string_agg(said, E'\n' ORDER BY said) FROM (
          SELECT jsonb_build_array(version_hash, title, starts_on, ends_on, auto_renews, notice_months, area,
            target_age, municipality_code, county_code, renewal_months, assessment_months, adjusted_by, adjusted_sections)::text
            FROM agreement WHERE agreement_id = $1
          UNION ALL SELECT 'party ' || party_id FROM agreement_party WHERE agreement_id = $1 AND in_text
          UNION ALL SELECT concat_ws(' ', 'section', key, text, not_needed_reason) FROM section WHERE agreement_id = $1
          UNION ALL SELECT 'contribution ' || (to_jsonb(c) - 'version')::text FROM contribution c WHERE agreement_id = $1
          UNION ALL SELECT 'goal ' || (to_jsonb(g) - 'version')::text FROM goal g WHERE agreement_id = $1
          UNION ALL SELECT 'activity ' || (to_jsonb(a) - 'version')::text FROM activity a WHERE agreement_id = $1
          UNION ALL SELECT 'body ' || (to_jsonb(b) - 'version')::text FROM body b WHERE agreement_id = $1
          UNION ALL SELECT 'seat ' || (to_jsonb(m) - 'version')::text
            FROM body_member m JOIN body USING (body_id) WHERE agreement_id = $1
          UNION ALL SELECT concat_ws(' ', 'attachment', attachment_id, section_key, title, f.name, f.sha256)
            FROM attachment JOIN stored_file f USING (file_id) WHERE agreement_id = $1) all_of_it (said)
        """, of.Id);

    private async Task<string> Text(Case of, string hash) =>
        (await world.Officer.Get($"{of.Path}/versions/{hash}")).Is(HttpStatusCode.OK).Body.GetProperty("text").GetRawText();
}
