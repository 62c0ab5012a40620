using System.Net;
using System.Text.Json;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>An agreement in force, and what happens to it.</summary>
internal static class Living
{
    /// <summary>In force at once: it began on the first of January.</summary>
    public static async Task<Case> InForce(this AgreementsWorld world, DateOnly? endsOn = null, bool autoRenews = false,
        object? more = null)
    {
        var of = await world.Written(startsOn: new DateOnly(2026, 1, 1), endsOn: endsOn, autoRenews: autoRenews);
        if (more is not null)
            (await world.Officer.Put($"{of.Path}/frame", (await of.Shown()).Tag, more)).Is(HttpStatusCode.OK);
        await of.AnswerAll();
        await of.ApproveOpenAndSign(world);
        await of.Becomes(world, "in-force");
        return of;
    }

    /// <summary>Three parties, of which the third has said that it leaves; its notice runs out on 2 September.</summary>
    public static async Task<(Case Of, Caller Leaver)> WithOneThatLeaves(this AgreementsWorld world)
    {
        var of = await world.Written(startsOn: new DateOnly(2026, 1, 1));
        var leaver = Callers.Of(world.Elsewhere, Roles.Officer);
        var party = (await world.Officer.Create($"/agreements/v1/partnerships/{of.Partners.Id}/parties",
            new { organisationId = world.Elsewhere, requiredSignatures = 1 })).Is(HttpStatusCode.Created).Id;
        (await world.As(leaver).Create($"{of.Path}/contributions",
            new { partyId = party, kind = "competence", description = "Kunskap om sorg" })).Is(HttpStatusCode.Created);
        await of.AnswerAll();
        var signatory = world.As(Callers.Of(world.Elsewhere, Roles.Signatory));
        await of.ApproveOpenAndSign(world, signatory);
        await of.Becomes(world, "in-force");
        (await of.Do(signatory, "departure", new { reason = "Vi räcker inte till." })).Is(HttpStatusCode.OK);
        var first = (await of.Life(world.Officer)).GetProperty("dates").EnumerateArray()
            .Single(date => date.On("what") == "party-leaves").On("on");
        Assert.Equal("2026-09-03", first);
        return (of, leaver);
    }

    public static async Task ApproveOpenAndSign(this Case of, AgreementsWorld world, params CallerClient[] others)
    {
        (await of.Approve()).Is(HttpStatusCode.OK);
        (await of.Open()).Is(HttpStatusCode.OK);
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        (await of.Sign(world.AssociationSignatory)).Is(HttpStatusCode.OK);
        foreach (var other in others) (await of.Sign(other)).Is(HttpStatusCode.OK);
    }

    /// <summary>Every answer carried over is looked at again and stands.</summary>
    public static async Task ConfirmAll(this Case of, AgreementsWorld world)
    {
        foreach (var question in (await of.Assessment()).GetProperty("questions").EnumerateArray())
        {
            var id = question.GetProperty("id").GetString();
            (await world.Lawyer.Act($"{of.Path}/assessment/answers/{id}/confirmation",
                $"\"{question.GetProperty("answerTag").GetString()}\"")).Is(HttpStatusCode.OK);
        }
    }

    public static async Task<Reply> Do(this Case of, CallerClient by, string act, object body) =>
        await by.Act($"{of.Path}/{act}", (await of.Shown()).Tag, body);

    public static async Task<Reply> Renegotiate(this Case of, AgreementsWorld world, string effectiveOn = "2026-06-01") =>
        (await of.Do(world.Officer, "renegotiation", new { reason = "Ny målgrupp.", effectiveOn })).Is(HttpStatusCode.OK);

    /// <summary>And nothing more is to happen to it now: a reminder that is due is a change too, and would make a tag
    /// stale.</summary>
    public static async Task Becomes(this Case of, AgreementsWorld world, string state)
    {
        await Eventually.Holds("what is due is done", async () => await world.Scalar<long>(
            "SELECT count(*) FROM timer WHERE subject_id = $1 AND done_at IS NULL AND due_at <= $2", of.Id,
            world.Clock.GetUtcNow()) == 0);
        await Eventually.Holds($"the agreement is {state}", async () => await of.State() == state);
    }

    public static async Task<string> Working(this Case of) => (await of.Shown()).Body.GetProperty("working").GetString()!;

    public static async Task<JsonElement[]> Versions(this Case of) =>
        [.. (await of.Shown()).Body.GetProperty("versions").EnumerateArray()];

    public static async Task<JsonElement> Life(this Case of, CallerClient by) =>
        (await by.Get($"{of.Path}/life")).Is(HttpStatusCode.OK).Body;

    public static async Task<JsonElement> Term(this Case of) => (await of.Shown()).Body.GetProperty("term");

    public static string? On(this JsonElement of, string name) => of.GetProperty(name).GetString();
}
