using System.Net;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>Comments lie beside the text: heard by those they are meant for, never part of what is signed.</summary>
[Collection(nameof(Joined))]
public sealed class CommentTests(AgreementsWorld world)
{
    [Theory]
    //          audience     region another public  association  stranger
    [InlineData("all", true, true, true, false)]
    [InlineData("own-side", true, true, false, false)]
    [InlineData("own-party", true, false, false, false)]
    public async Task A_thread_is_there_for_its_circle_alone(string audience, bool region, bool city, bool association,
        bool stranger)
    {
        var (of, another) = await WithAnotherPublicParty();
        var thread = await Comment(of, world.Officer, audience);
        (CallerClient Who, Guid Organisation, bool Hears)[] all =
        [
            (world.Officer, world.Region, region), (world.As(Callers.Of(another, Roles.Officer)), another, city),
            (world.AssociationOfficer, world.Association, association), (world.Stranger, world.Elsewhere, stranger),
        ];
        foreach (var (who, organisation, hears) in all)
        {
            (await who.Get($"{of.Path}/comments/{thread.Id}")).Is(hears ? HttpStatusCode.OK : HttpStatusCode.NotFound);
            (await who.Create($"{of.Path}/comments/{thread.Id}/replies", new { text = "Jag hör er." }))
                .Is(hears ? HttpStatusCode.Created : HttpStatusCode.NotFound);
            Assert.Equal(hears, await AsLogin.Sees(world, organisation, $"comment WHERE thread_id = '{thread.Id}'") > 0);
            Assert.Equal(hears, await AsLogin.Sees(world, organisation, $"comment_thread WHERE thread_id = '{thread.Id}'") > 0);
            Assert.Equal(hears, await AsLogin.Sees(world, organisation, $"change_log WHERE subject = '{thread.Id}'") > 0);
            if (organisation == world.Elsewhere) continue;
            var goals = (await who.Get(of.Path)).Body.GetProperty("sections").EnumerateArray()
                .Single(section => section.GetProperty("key").GetString() == "goals");
            Assert.Equal(hears ? 1 : 0, goals.GetProperty("openComments").GetInt32());
        }
        // The next comment of the thread is told to those who have spoken in it, and to nobody else.
        var told = (await world.Announced<SectionCommented>()).Where(said => said.ThreadId == thread.Id).ToList();
        Assert.All(told, said => Assert.DoesNotContain(world.Elsewhere, said.Hearers));
        Assert.All(told, said => Assert.True(association || !said.Hearers.Contains(world.Association), said.Act));
        Assert.All(told, said => Assert.True(city || !said.Hearers.Contains(another), said.Act));
        Assert.Equal(city, told[0].Hearers.Contains(another));
    }

    [Fact]
    public async Task Nobody_speaks_past_the_service_in_a_circle_not_his_own_or_in_anothers_name()
    {
        var of = await world.Written();
        var thread = await Comment(of, world.AssociationOfficer, "own-side");
        string Insert(string circle, string organisation, string person) => $"""
            INSERT INTO comment (comment_id, thread_id, agreement_id, partnership_id, section_key, circle, organisation, author, said_at, number, text)
            VALUES (gen_random_uuid(), '{thread.Id}', '{of.Id}', '{of.Partners.Id}', 'goals', '{circle}', '{organisation}', {person}, '2026-03-02', 9, 'x')
            """;
        await AsLogin.Refused(world, Insert("idea-driven", $"{world.Region}", "caller_person()"), "42501");
        await AsLogin.Refused(world, Insert("public", $"{world.Region}", "caller_person()"),
            "23503"); // no such thread in that circle
        await AsLogin.Refused(world, Insert("public", $"{world.Association}", "caller_person()"), "42501");
        await AsLogin.Refused(world, Insert("public", $"{world.Region}", "gen_random_uuid()"), "42501");
        await AsLogin.Refused(world, "UPDATE comment SET text = 'annat'", "42501");
        await AsLogin.Refused(world, "DELETE FROM comment", "42501");
    }

    [Fact]
    public async Task A_comment_is_in_no_hash_and_lives_on_when_the_text_is_fixed()
    {
        var of = await world.Approved();
        var before = await of.Shown();
        var thread = await Comment(of, world.Officer, "all");
        var after = await of.Shown();
        Assert.Equal(before.Tag, after.Tag);
        Assert.Equal(before.Body.GetProperty("assessedHash").GetString(), after.Body.GetProperty("assessedHash").GetString());
        (await of.Open()).Is(HttpStatusCode.OK);
        var hash = await of.VersionHash();
        (await world.AssociationOfficer.Create($"{of.Path}/comments/{thread.Id}/replies", new { text = "Fortfarande." }))
            .Is(HttpStatusCode.Created);
        await Comment(of, world.AssociationOfficer, "all");
        Assert.Equal(hash, await of.VersionHash());
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_thread_is_settled_once_and_opened_by_a_reply()
    {
        var of = await world.Written();
        var thread = await Comment(of, world.Officer, "all");
        var path = $"{of.Path}/comments/{thread.Id}";
        (await world.Officer.Act($"{path}/resolution", "\"7\"")).Refuses(HttpStatusCode.PreconditionFailed, "request.stale");
        var settled = (await world.AssociationOfficer.Act($"{path}/resolution", thread.Tag)).Is(HttpStatusCode.OK);
        Assert.Equal("resolved", settled.Body.GetProperty("state").GetString());
        (await world.Officer.Act($"{path}/resolution", settled.Tag)).Refuses(HttpStatusCode.Conflict, "comment.already-resolved");
        Assert.Empty((await world.Officer.Get($"{of.Path}/comments?open=true")).Body.GetProperty("items").EnumerateArray());
        var again = (await world.Officer.Create($"{path}/replies", new { text = "En sak till." })).Is(HttpStatusCode.Created);
        Assert.Equal("open", again.Body.GetProperty("state").GetString());
        Assert.Equal(["Vad menas?", "En sak till."], again.Body.GetProperty("comments").EnumerateArray()
            .Select(comment => comment.GetProperty("text").GetString()));
        (await world.Officer.Create($"{of.Path}/comments", new { sectionKey = "lunch", text = "x" }))
            .Refuses(HttpStatusCode.NotFound, "comment.unknown-section");
        (await world.As(Callers.Of(world.Region, Roles.Reader))
            .Create($"{of.Path}/comments", new { sectionKey = "goals", text = "x" }))
            .Refuses(HttpStatusCode.Forbidden, "request.role-missing");
    }

    [Fact]
    public async Task Many_who_reply_at_once_are_all_heard_in_one_order()
    {
        var of = await world.Written();
        var thread = await Comment(of, world.Officer, "all");
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(number =>
            (number % 2 == 0 ? world.Officer : world.AssociationOfficer)
                .Create($"{of.Path}/comments/{thread.Id}/replies", new { text = $"Svar {number}" })));
        Assert.All(replies, reply => reply.Is(HttpStatusCode.Created));
        Assert.Equal(11,
            (await world.Officer.Get($"{of.Path}/comments/{thread.Id}")).Body.GetProperty("comments").GetArrayLength());
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("'; DROP TABLE comment; --")]
    [InlineData("{who} {name} {party}")]
    [InlineData("../../etc/passwd \u202e omvänt 😀")]
    public async Task Hostile_words_come_back_as_they_were_said(string text)
    {
        var of = await world.Written();
        var thread = (await world.Officer.Create($"{of.Path}/comments", new { sectionKey = "goals", text }))
            .Is(HttpStatusCode.Created);
        Assert.Equal(text, thread.Body.GetProperty("comments")[0].GetProperty("text").GetString());
        (await world.Officer.Create($"{of.Path}/contributions",
            new { partyId = of.Partners.RegionParty, kind = "trust", description = text })).Is(HttpStatusCode.Created);
        var line = (await world.Officer.Get($"{of.Path}/history?thing=contribution&limit=1")).Body.GetProperty("items")[0];
        Assert.Equal(text, line.GetProperty("subjectName").GetString());
        Assert.Contains(line.GetProperty("fields").EnumerateArray(), field => field.GetProperty("to").GetString() == text);
        (await world.Officer.Create($"{of.Path}/comments", new { sectionKey = "goals", text = "noll\0tecken" }))
            .Refuses(HttpStatusCode.BadRequest, "request.invalid");
    }

    private static async Task<Reply> Comment(Case of, CallerClient by, string audience) =>
        (await by.Create($"{of.Path}/comments", new { sectionKey = "goals", text = "Vad menas?", audience }))
            .Is(HttpStatusCode.Created);

    private async Task<(Case Of, Guid Another)> WithAnotherPublicParty()
    {
        var (of, another) = (await world.Written(), Guid.NewGuid());
        await world.Known(another, "Jönköpings kommun", "public");
        (await world.Officer.Create($"/agreements/v1/partnerships/{of.Partners.Id}/parties",
            new { organisationId = another, requiredSignatures = 1 })).Is(HttpStatusCode.Created);
        return (of, another);
    }
}
