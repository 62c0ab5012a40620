using System.Net;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>The dialogue before there is a draft, and its own ends.</summary>
[Collection(nameof(Joined))]
public sealed class DialogueTests(AgreementsWorld world)
{
    private const string Service = "/agreements/v1";

    private static object Meeting => new
    {
        kind = "meeting", heldOn = "2026-02-27", participants = "Enhetschefen, föreningens ordförande",
        said = "Vi vill samma sak.",
        decided = "Vi ses igen i mars.",
    };

    [Fact]
    public async Task Parties_talk_before_any_draft_and_correct_their_own_words()
    {
        var partners = await world.Partners();
        var path = $"{Service}/partnerships/{partners.Id}/dialogue";
        var written = (await world.Officer.Create(path, Meeting)).Is(HttpStatusCode.Created);
        Assert.Equal(written.Id, (await world.AssociationOfficer.Get(path)).Is(HttpStatusCode.OK).Body
            .GetProperty("items")[0].GetProperty("id").GetGuid());
        Assert.True(written.Body.GetProperty("mine").GetBoolean());
        (await world.AssociationOfficer.Put($"{path}/{written.Id}", written.Tag, Meeting))
            .Refuses(HttpStatusCode.Forbidden, "dialogue.written-by-others");
        (await world.Officer.Put($"{path}/{written.Id}", "\"9\"", Meeting))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await world.Officer.Put($"{path}/{written.Id}", null, Meeting))
            .Refuses(HttpStatusCode.PreconditionRequired, "request.version-missing");
        var corrected = await world.Officer.Put($"{path}/{written.Id}", written.Tag,
            new { kind = "talk", heldOn = "2026-02-26", participants = "Enhetschefen", said = "Vi vill nästan samma sak." });
        Assert.Equal("talk", corrected.Is(HttpStatusCode.OK).Body.GetProperty("kind").GetString());
        (await world.Officer.Create(path, new { kind = "meeting", heldOn = "2026-03-03", participants = "x", said = "I morgon" }))
            .Refuses(HttpStatusCode.Conflict, "dialogue.not-held-yet");
        (await world.Officer.Create(path, new { kind = "ended", heldOn = "2026-03-01", participants = "", said = "x" }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Theory]
    //          audience     region another public  association  stranger
    [InlineData("all", true, true, true, false)]
    [InlineData("own-side", true, true, false, false)]
    [InlineData("own-party", true, false, false, false)]
    public async Task What_is_said_is_heard_by_those_it_is_said_to(
        string audience, bool region, bool city, bool association, bool stranger)
    {
        var (partners, another) = await WithAnotherPublicParty();
        var path = $"{Service}/partnerships/{partners.Id}/dialogue";
        var written = (await world.Officer.Create(path, new
        {
            kind = "note", heldOn = "2026-03-01", participants = "Vi", said = "Bara mellan oss.", audience,
        })).Is(HttpStatusCode.Created);
        (CallerClient Who, Guid Organisation, bool Hears)[] all =
        [
            (world.Officer, world.Region, region), (world.As(Callers.Of(another, Roles.Officer)), another, city),
            (world.AssociationOfficer, world.Association, association), (world.Stranger, world.Elsewhere, stranger),
        ];
        foreach (var (who, organisation, hears) in all)
        {
            (await who.Get($"{path}/{written.Id}")).Is(hears ? HttpStatusCode.OK : HttpStatusCode.NotFound);
            Assert.Equal(hears ? 1 : 0, await AsLogin.Sees(world, organisation,
                $"dialogue_entry WHERE entry_id = '{written.Id}'"));
            Assert.Equal(hears ? 1 : 0, await AsLogin.Sees(world, organisation,
                $"change_log WHERE subject = '{written.Id}'"));
        }
    }

    [Fact]
    public async Task An_ended_dialogue_is_closed_for_everything_until_it_is_taken_up_again()
    {
        var partners = await world.Partners();
        var path = $"{Service}/partnerships/{partners.Id}";
        var end = new { outcome = "other-form", form = "operating-grant", reason = "Ett verksamhetsbidrag räcker." };
        (await world.Officer.Act($"{path}/dialogue-end", (await world.Officer.Get(path)).Tag, end with { form = null! }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        (await world.Officer.Act($"{path}/dialogue-end", "\"gammal\"", end))
            .Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        (await world.Officer.Act($"{path}/dialogue-reopening", (await world.Officer.Get(path)).Tag, new { reason = "x" }))
            .Refuses(HttpStatusCode.Conflict, "dialogue.not-ended");
        var ended = (await world.Officer.Act($"{path}/dialogue-end", (await world.Officer.Get(path)).Tag, end))
            .Is(HttpStatusCode.OK);
        Assert.Equal("other-form-chosen", ended.Body.GetProperty("state").GetString());
        Assert.Equal("operating-grant", ended.Body.GetProperty("outcome").GetProperty("form").GetString());
        Assert.Empty(ended.Body.GetProperty("awaits").EnumerateArray());
        Assert.Equal("Ett verksamhetsbidrag räcker.",
            Assert.Single(await world.Announced<DialogueEnded>(), said => said.PartnershipId == partners.Id).Reason);

        await EverythingIsRefused(path, partners.Id);

        (await world.AssociationOfficer.Act($"{path}/dialogue-reopening", ended.Tag, new { reason = "Bidraget drogs in." }))
            .Is(HttpStatusCode.OK);
        Assert.Single(await world.Announced<DialogueReopened>(), said => said.PartnershipId == partners.Id);
        Assert.Equal(["reopened", "ended"],
            (await world.Officer.Get($"{path}/dialogue")).Body.GetProperty("items").EnumerateArray()
            .Select(entry => entry.GetProperty("kind").GetString()).OrderDescending());
        (await world.Officer.Create($"{path}/agreements", new { title = "x", startsOn = "2026-04-01", autoRenews = false }))
            .Is(HttpStatusCode.Created);
        (await world.Officer.Act($"{path}/dialogue-end", (await world.Officer.Get(path)).Tag, end))
            .Refuses(HttpStatusCode.Conflict, "dialogue.agreement-under-way");
        await AsLogin.Refused(world,
            $"UPDATE partnership SET outcome = 'NoAgreement', outcome_because = 'x', outcome_at = '2026-03-02' WHERE partnership_id = '{partners.Id}'");
    }

    [Fact]
    public async Task The_light_track_makes_advice_of_everything_but_the_law()
    {
        var partners = await world.Partners();
        var path = $"{Service}/partnerships/{partners.Id}";
        (await world.Officer.Put($"{path}/track", (await world.Officer.Get(path)).Tag, new { light = true }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
        var light = await world.Officer.Put($"{path}/track", (await world.Officer.Get(path)).Tag,
            new { light = true, reason = "Beslut behövs inom tre veckor." });
        var missing = light.Is(HttpStatusCode.OK).Body.GetProperty("steps").EnumerateArray()
            .SelectMany(step => step.GetProperty("missing").EnumerateArray()).ToList();
        Assert.All(missing.Where(thing =>
            thing.GetProperty("what").GetString() is "dialogue" or "partner-choice" or "participation"),
            thing => Assert.True(thing.GetProperty("advice").GetBoolean()));
        Assert.All(missing.Where(thing => thing.GetProperty("what").GetString() is "section"),
            thing => Assert.False(thing.GetProperty("advice").GetBoolean()));
        Assert.True(light.Body.GetProperty("light").GetBoolean());
    }

    [Theory]
    //          role       writes  ends   chooses  involves
    [InlineData(Roles.Officer, true, true, true, true)]
    [InlineData(Roles.Legal, true, false, false, false)]
    [InlineData(Roles.Reporter, false, false, false, true)]
    [InlineData(Roles.Signatory, false, false, false, false)]
    [InlineData(Roles.Reader, false, false, false, false)]
    [InlineData(Roles.Controller, false, false, false, false)]
    public async Task Each_role_does_its_own(string role, bool writes, bool ends, bool chooses, bool involves)
    {
        var partners = await world.Partners();
        var path = $"{Service}/partnerships/{partners.Id}";
        foreach (var organisation in new[] { world.Region, world.Association })
        {
            var who = world.As(Callers.Of(organisation, role));
            May(writes, await who.Create($"{path}/dialogue", Meeting));
            May(chooses, await who.Put($"{path}/partner-choice", await ChoiceTag(path),
                new { openInvitation = true, how = "Annons", criteria = "Demokrati" }));
            May(chooses,
                await who.Create($"{path}/actors",
                    new { standing = "asked", name = $"{role} {organisation}", kind = "private" }));
            May(involves, await who.Create($"{path}/participation",
                new { step = "goals", who = "Unga", level = "dialogue", how = "Workshop", heldOn = "2026-03-01" }));
            May(chooses, await who.Put($"{path}/track", (await world.Officer.Get(path)).Tag, new { light = false }));
            May(ends, await who.Act($"{path}/dialogue-end", (await world.Officer.Get(path)).Tag,
                new { outcome = "no-agreement", reason = "Vi kom inte överens." }));
            May(ends,
                await who.Act($"{path}/dialogue-reopening", (await world.Officer.Get(path)).Tag,
                    new { reason = "Vi försöker igen." }),
                "dialogue.not-ended");
        }

        static void May(bool may, Reply reply, string? otherwise = null)
        {
            if (may) Assert.True((int)reply.Status is 200 or 201, reply.Text);
            else Assert.Contains(reply.Code, new[] { "request.role-missing", otherwise });
        }
    }

    private async Task<string> ChoiceTag(string path) =>
        $"\"{(await world.Officer.Get($"{path}/partners")).Body.GetProperty("choiceTag").GetString()}\"";

    private async Task EverythingIsRefused(string path, Guid partnership)
    {
        Reply[] refused =
        [
            await world.Officer.Create($"{path}/agreements", new { title = "x", startsOn = "2026-04-01", autoRenews = false }),
            await world.Officer.Create($"{path}/parties", new { organisationId = world.Elsewhere, requiredSignatures = 1 }),
            await world.Officer.Create($"{path}/dialogue", Meeting),
            await world.Officer.Put($"{path}/partner-choice", "\"0\"", new { openInvitation = true, how = "x", criteria = "y" }),
            await world.Officer.Create($"{path}/actors", new { standing = "asked", name = "x", kind = "private" }),
            await world.Officer.Create($"{path}/participation",
                new { step = "goals", who = "Unga", level = "dialogue", how = "x", heldOn = "2026-03-01" }),
            await world.Officer.Put($"{path}/track", (await world.Officer.Get(path)).Tag, new { light = true, reason = "x" }),
            await world.Officer.Act($"{path}/dialogue-end", (await world.Officer.Get(path)).Tag,
                new { outcome = "no-agreement", reason = "x" }),
        ];
        Assert.All(refused, reply => reply.Refuses(HttpStatusCode.Conflict, "dialogue.ended"));
        await AsLogin.Refused(world,
            $"""
             INSERT INTO agreement (agreement_id, partnership_id, title, state_since, starts_on, auto_renews, catalogue, version)
             VALUES (gen_random_uuid(), '{partnership}', 'x', '2026-03-02', '2026-04-01', false, 'legal-2026-1', 1)
             """);
    }

    private async Task<(Partners Partners, Guid Another)> WithAnotherPublicParty()
    {
        var (partners, another) = (await world.Partners(), Guid.NewGuid());
        await world.Known(another, "Jönköpings kommun", "public");
        (await world.Officer.Create($"{Service}/partnerships/{partners.Id}/parties",
            new { organisationId = another, requiredSignatures = 1 })).Is(HttpStatusCode.Created);
        return (partners, another);
    }
}
