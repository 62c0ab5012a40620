using System.Net;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>Which act can be done in which state, asked of the service by somebody who has every right to it. How each goes when
/// it can be done stands in tests of its own; those that leave the state as it was are done here too.</summary>
public sealed class WhenMayTests(WhenMayWorld world) : IClassFixture<WhenMayWorld>
{
    private const string Not = "life.not-in-force";
    private const string None = "life.no-change-under-way";
    private const string Fixed = "agreement.not-a-draft";
    private const string Now = "agreement.not-now";
    private const string Plan = "plan.not-now";
    private const string Pre = "precondition.not-now";
    private const string Pool = "pool.not-now";
    private const string Shut = "closing.not-now";
    private const string Calm = "life.not-rescinded";

    /// <summary>It is done, and the state is as before.</summary>
    private const string Ok = "";

    /// <summary>It can be done, and moves the agreement on: in tests of its own.</summary>
    private const string Yes = "yes";

    [Theory]
    //                                draft  open   signed in force notice given ended rescinded withdrawn
    [InlineData("departure",          Not,   Not,   Not,   Yes,     Not,         Not,  Not,      Not)]
    [InlineData("notice",             Not,   Not,   Not,   Yes,     Not,         Not,  Not,      Not)]
    [InlineData("rescission",         Not,   Not,   Not,   Yes,     Yes,         Not,  Not,      Not)]
    [InlineData("rescission/disputes", Calm, Calm,  Calm,  Calm,    Calm,        Calm, Ok,       Calm)]
    [InlineData("renegotiation",      Not,   Not,   Not,   Yes,     Not,         Not,  Not,      Not)]
    [InlineData("accession",          Not,   Not,   Not,   Yes,     Not,         Not,  Not,      Not)]
    [InlineData("renewal",            Not,   Not,   Not,   Yes,     Not,         Not,  Not,      Not)]
    [InlineData("adjustment",         Not,   Not,   Not,   Yes,     Not,         Not,  Not,      Not)]
    [InlineData("PUT change",         Not,   Not,   Not,   None,    None,        Not,  Not,      Not)]
    [InlineData("change/abandonment", None,  None,  None,  None,    None,        None, None,     None)]
    [InlineData("joint-talks",        Not,   Not,   Not,   Yes,     Not,         Not,  Not,      Not)]
    [InlineData("withdrawal",         Yes,   Yes,   Now,   Now,     Now,         Now,  Now,      Now)]
    [InlineData("PUT frame",          Yes,   Fixed, Fixed, Fixed,   Fixed,       Fixed, Fixed,   Fixed)]
    [InlineData("new contributions",  Yes,   Fixed, Fixed, Fixed,   Fixed,       Fixed, Fixed,   Fixed)]
    [InlineData("new plans",          Plan,  Plan,  Ok,    Ok,      Ok,          Plan, Plan,     Plan)]
    [InlineData("new preconditions",  Pre,   Pre,   Ok,    Ok,      Ok,          Ok,   Ok,       Pre)]
    [InlineData("new pool",           Pool,  Pool,  Ok,    Ok,      Ok,          Pool, Pool,     Pool)]
    [InlineData("PUT closing/report", Shut,  Shut,  Shut,  Ok,      Ok,          Ok,   Ok,       Shut)]
    [InlineData("new closing/exit-steps", Shut, Shut, Shut, Ok,     Ok,          Ok,   Ok,       Shut)]
    [InlineData("new closing/settlement", Shut, Shut, Shut, Ok,     Ok,          Ok,   Ok,       Shut)]
    [InlineData("new comments",       Ok,    Ok,    Ok,    Ok,      Ok,          Ok,   Ok,       Ok)]
    public async Task Can_be_done(string act, params string[] answers)
    {
        foreach (var (state, wanted) in WhenMayWorld.States.Zip(answers))
        {
            if (wanted == Yes) continue;
            var of = await world.In(state);
            var reply = await Try(act, of);
            if (wanted == Ok) Assert.True((int)reply.Status is 200 or 201, $"{act} in {state}: {reply.Status} {reply.Text}");
            else Assert.True((reply.Status, reply.Code) == (HttpStatusCode.Conflict, wanted),
                $"{act} in {state}: {reply.Status} {reply.Code}, not {wanted}");
            Assert.Equal(state, await of.Of.State());
        }
    }

    [Theory]
    [InlineData("paper", "PUT")]
    [InlineData("paper/confirmations", "POST")]
    public async Task An_agreement_that_was_written_here_is_never_taken_over_from_paper(string path, string method)
    {
        foreach (var state in WhenMayWorld.States)
        {
            var of = await world.In(state);
            object body = method == "PUT" ? new { signedOn = "2025-01-01" } : new { confirms = true };
            (await world.Officer.Send(new HttpMethod(method), $"{of.Path}/{path}", body,
                ("If-Match", (await of.Of.Shown()).Tag!))).Is(HttpStatusCode.NotFound);
        }
    }

    private async Task<Reply> Try(string act, LivingCase of)
    {
        var by = act is "departure" or "notice" or "rescission" or "rescission/disputes" ? world.Signatory : world.Officer;
        var body = Said(act, of);
        switch (act.Split(' '))
        {
            case ["new", var made]: return await by.Create($"{of.Path}/{made}", body);
            case ["PUT", "closing/report"]:
                var report = await by.Get($"{of.Path}/closing");
                return await by.Put($"{of.Path}/closing/report", report.Tag, body);
            case ["PUT", var put]: return await by.Put($"{of.Path}/{put}", (await of.Of.Shown()).Tag, body);
            default: return await of.Of.Do(by, act, body);
        }
    }

    private static object Said(string act, LivingCase of) => act switch
    {
        "rescission" => new { reason = "x", ground = "material-breach", clause = "Uppsägning" },
        "renegotiation" or "PUT change" => new { reason = "x", effectiveOn = "2026-06-01" },
        "accession" => new { partyId = of.Association, reason = "x", effectiveOn = "2026-06-01" },
        "renewal" => new { reason = "x", endsOn = "2035-12-31" },
        "adjustment" => new
        {
            reason = "x", effectiveOn = "2026-06-01", decision = new { body = "x", decidedOn = "2026-03-01", paragraph = "x" },
            sections = new[] { new { key = "interventions", text = "x" } },
        },
        "joint-talks" => new { on = "2026-05-05" },
        "PUT frame" => new { title = "x", startsOn = "2026-04-01", autoRenews = false },
        "new contributions" => new { partyId = of.Association, kind = "competence", description = "x" },
        "new plans" => of.Plan(knows: true),
        "new preconditions" => LivingBodies.Precondition,
        "new pool" => new { title = "Potten", holderPartyId = of.Region, decision = of.Decision() },
        "PUT closing/report" => new { worked = "x" },
        "new closing/exit-steps" => new { activity = "x" },
        "new closing/settlement" => new { surplus = "0.00", shares = Array.Empty<object>(), decision = of.Decision() },
        "new comments" => new { sectionKey = "goals", text = "x" },
        _ => new { reason = "x" },
    };
}

/// <summary>One agreement in each state, made when it is first asked for.</summary>
public sealed class WhenMayWorld(Servers servers) : AgreementsWorld(servers)
{
    private readonly Dictionary<string, LivingCase> _in = new(StringComparer.Ordinal);

    public static string[] States { get; } =
        ["draft", "open-for-signature", "signed", "in-force", "notice-given", "ended", "rescinded", "withdrawn"];

    internal async Task<LivingCase> In(string state)
    {
        if (_in.TryGetValue(state, out var known)) return known;
        var of = await Make(state);
        await of.Becomes(this, state);
        return _in[state] = new LivingCase(this, of, await LivingCase.Body(this, of, "steering", "Styrgruppen"));
    }

    private async Task<Case> Make(string state)
    {
        var begun = new DateOnly(2026, 2, 1);
        var of = state switch
        {
            "draft" or "withdrawn" => await Written(),
            "open-for-signature" or "signed" => await Opened(),
            "ended" => await Opened(startsOn: begun, endsOn: begun.AddDays(3)),
            _ => await Opened(startsOn: begun),
        };
        if (state is "draft" or "open-for-signature") return of;
        if (state == "withdrawn")
        {
            (await of.Do(Officer, "withdrawal", new { reason = "Nej" })).Is(HttpStatusCode.OK);
            return of;
        }
        foreach (var signatory in new[] { Signatory, AssociationSignatory }) (await of.Sign(signatory)).Is(HttpStatusCode.OK);
        if (state is "notice-given" or "rescinded") await of.Becomes(this, "in-force");
        if (state == "notice-given") (await of.Do(Signatory, "notice", new { reason = "Vi slutar." })).Is(HttpStatusCode.OK);
        if (state == "rescinded")
            (await of.Do(Signatory, "rescission", new { reason = "Skäl.", ground = "as-agreed", clause = "Uppsägning" }))
                .Is(HttpStatusCode.OK);
        return of;
    }
}
