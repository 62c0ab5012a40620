using System.Net;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>Who may do which act in the life of an agreement: role × act × for whom one acts, as a table. Rights are looked at
/// before anything else that is asked, so every try here is stale, or says nothing: whoever may is told that, and nobody changes
/// anything.</summary>
public sealed class WhoMayTests(WhoMayWorld world) : IClassFixture<WhoMayWorld>
{
    private const string NotIn = "partnership.not-a-party";
    private const string Let = "";

    /// <summary>What a system may be trusted with: no role that is a person's.</summary>
    private static readonly string[] OfSystems = [.. Roles.All.Except(Roles.OfPeople)];

    [Theory]
    // act                                       roles that may               party of the partnership, not of this agreement
    [InlineData("departure",                     "signatory",                     NotIn)]
    [InlineData("notice",                        "signatory",                     NotIn)]
    [InlineData("rescission",                    "signatory",                     NotIn)]
    [InlineData("rescission/disputes",           "signatory legal",               NotIn)]
    [InlineData("assessment/approvals",          "legal",                         NotIn)]
    [InlineData("signatures",                    "signatory",                     NotIn)]
    [InlineData("declines",                      "signatory",                     NotIn)]
    public Task The_parties_bind_themselves_or_end_what_binds_them(string act, string roles, string beside) =>
        May(act, roles, beside);

    [Theory]
    // ── the text is opened, written, put back: the officers
    [InlineData("renegotiation",                 "officer",                       NotIn)]
    [InlineData("accession",                     "officer",                       NotIn)]
    [InlineData("renewal",                       "officer",                       NotIn)]
    [InlineData("adjustment",                    "officer",                       NotIn)]
    [InlineData("PUT change",                    "officer",                       NotIn)]
    [InlineData("change/abandonment",            "officer",                       NotIn)]
    [InlineData("joint-talks",                   "officer",                       NotIn)]
    [InlineData("joint-talks/{talk}/account",    "officer",                       NotIn)]
    [InlineData("opening",                       "officer",                       NotIn)]
    [InlineData("redrafting",                    "officer",                       NotIn)]
    [InlineData("withdrawal",                    "officer signatory",             NotIn)]
    [InlineData("PUT signing-order",             "officer",                       NotIn)]
    [InlineData("PUT frame",                     "officer",                       NotIn)]
    [InlineData("PUT sections/goals",            "officer legal",                 NotIn)]
    [InlineData("PUT assessment/answers/def-parties", "legal officer",            NotIn)]
    [InlineData("new contributions",             "officer",                       NotIn)]
    [InlineData("new goals",                     "officer",                       NotIn)]
    [InlineData("new activities",                "officer",                       NotIn)]
    public Task The_text_is_opened_written_and_put_back(string act, string roles, string beside) => May(act, roles, beside);

    [Theory]
    // ── the plan and what it answers to: what a body has decided is written down by an officer
    [InlineData("new plans",                     "officer",                       NotIn)]
    [InlineData("plans/{plan}/versions",         "officer",                       NotIn)]
    [InlineData("new preconditions",             "officer",                       NotIn)]
    [InlineData("PUT preconditions/{precondition}", "officer",                    NotIn)]
    [InlineData("PUT preconditions/{precondition}/group", "officer",              NotIn)]
    [InlineData("PUT preconditions/{precondition}/transition-terms", "officer",   NotIn)]
    [InlineData("preconditions/{precondition}/outcomes", "officer",               NotIn)]
    // ── the shared pool: decisions by officers, money in and out also by those who keep the books
    [InlineData("new pool",                      "officer",                       NotIn)]
    [InlineData("pool/rates",                    "officer",                       NotIn)]
    [InlineData("pool/criteria",                 "officer",                       NotIn)]
    [InlineData("new pool/accruals",             "officer reporter controller",   NotIn)]
    [InlineData("new pool/deposits",             "officer controller",            NotIn)]
    [InlineData("new pool/grants",               "officer",                       NotIn)]
    [InlineData("new pool/grants/{grant}/payouts", "controller officer",          NotIn)]
    [InlineData("pool/grants/{grant}/release",   "officer",                       NotIn)]
    [InlineData("new pool/entries/{entry}/reversal", "officer controller",        NotIn)]
    public Task Plans_and_pools_are_lived_by(string act, string roles, string beside) => May(act, roles, beside);

    [Theory]
    // ── the end
    [InlineData("PUT closing/report",            "officer",                       NotIn)]
    [InlineData("new closing/exit-steps",        "officer",                       NotIn)]
    [InlineData("PUT closing/exit-steps/{step}", "officer",                       NotIn)]
    [InlineData("DELETE closing/exit-steps/{step}", "officer",                    NotIn)]
    [InlineData("new closing/settlement",        "officer",                       NotIn)]
    // ── talk about the text is for all at the table
    [InlineData("new comments",                  "officer legal signatory",       Let)]
    [InlineData("new comments/{thread}/replies", "officer legal signatory",       Let)]
    [InlineData("comments/{thread}/resolution",  "officer legal signatory",       Let)]
    public Task It_is_closed_and_talked_about(string act, string roles, string beside) => May(act, roles, beside);

    private async Task May(string act, string roles, string beside)
    {
        var allowed = roles.Split(' ');
        var told = IsNew(act) ? HttpStatusCode.BadRequest : HttpStatusCode.PreconditionFailed;
        foreach (var role in AgreementsWorld.InPartnerships)
        {
            foreach (var (who, caller) in new[]
            {
                ("public party", Callers.Of(world.Region, role)),
                ("idea-driven party", Callers.Of(world.Association, role)),
                ("unit of a party", Callers.OfUnit(world.Region, world.RegionsUnit, role)),
            })
            {
                if (allowed.Contains(role)) await Answers(act, caller, who, told, null);
                else await Answers(act, caller, who, HttpStatusCode.Forbidden, "request.role-missing");
            }
            var (status, code) = !allowed.Contains(role) ? (HttpStatusCode.Forbidden, "request.role-missing")
                : beside.Length > 0 ? (HttpStatusCode.Forbidden, beside) : (told, null);
            await Answers(act, Callers.Of(world.Beside, role), "party beside the agreement", status, code);
        }
        await Others(act, allowed, told);
    }

    [Theory]
    // act                       roles that may
    [InlineData("paper-agreements",      "officer")]
    [InlineData("paper named",           "officer")]
    [InlineData("paper confirmations",   "officer signatory")]
    public async Task May_take_over_from_paper(string act, string roles)
    {
        var allowed = roles.Split(' ');
        var told = act == "paper-agreements" ? HttpStatusCode.BadRequest : HttpStatusCode.PreconditionFailed;
        foreach (var role in AgreementsWorld.InPartnerships)
        {
            foreach (var organisation in new[] { world.Region, world.Association })
            {
                if (allowed.Contains(role)) await Answers(act, Callers.Of(organisation, role), "party", told, null);
                else await Answers(act, Callers.Of(organisation, role), "party", HttpStatusCode.Forbidden,
                    "request.role-missing");
            }
        }
        await Others(act, allowed, told);
    }

    /// <summary>Whoever is nobody here, and those who are no people.</summary>
    private async Task Others(string act, string[] allowed, HttpStatusCode told)
    {
        var all = Roles.All.ToArray();
        await Answers(act, Callers.Of(world.Elsewhere, all), "stranger", HttpStatusCode.NotFound, "request.not-found");
        await Answers(act, Callers.OfUnit(world.Elsewhere, world.RegionsUnit, all), "unit of another legal person",
            HttpStatusCode.NotFound, "request.not-found");
        await Answers(act, Callers.Of(world.Region, Roles.Operator), "operator in a party", HttpStatusCode.NotFound,
            "request.not-found");
        // Whatever roles its token says.
        var system = Callers.SystemOf(world.Association, all);
        if (allowed.Intersect(OfSystems).Any()) await Answers(act, system, "system", told, null);
        else await Answers(act, system, "system", HttpStatusCode.Forbidden, "request.role-missing");
        (await Try(act, world.Anonymous)).Is(HttpStatusCode.Unauthorized);
    }

    private async Task Answers(string act, Caller caller, string who, HttpStatusCode status, string? code)
    {
        var reply = await Try(act, world.As(caller));
        Assert.True(reply.Status == status && (code is null || reply.Code == code),
            $"{act} by {who} ({string.Join(' ', caller.Roles)}): {reply.Status} {reply.Code}, not {status} {code}. {reply.Text}");
    }

    private static bool IsNew(string act) => act.StartsWith("new ", StringComparison.Ordinal);

    /// <summary>With a tag that nobody can have seen; to make something new, with nothing said.</summary>
    private Task<Reply> Try(string act, CallerClient by)
    {
        var (method, path) = act.Split(' ') switch
        {
            ["PUT", var put] => (HttpMethod.Put, world.Path(put)),
            ["DELETE", var gone] => (HttpMethod.Delete, world.Path(gone)),
            ["new", var made] => (HttpMethod.Post, world.Path(made)),
            ["paper", "named"] => (HttpMethod.Put, world.Path(act)),
            _ => (HttpMethod.Post, world.Path(act)),
        };
        var body = method == HttpMethod.Delete ? null : Said(act);
        return IsNew(act) || act == "paper-agreements"
            ? by.Send(method, path, body, ("Idempotency-Key", Guid.NewGuid().ToString()))
            : by.Send(method, path, body, ("If-Match", "\"nobody-has-seen-this\""));
    }

    /// <summary>Right in form; what makes something new says nothing where words are asked for.</summary>
    private static object Said(string act) => act switch
    {
        "rescission" => new { reason = "x", ground = "material-breach", clause = "x" },
        "renegotiation" or "PUT change" => new { reason = "x", effectiveOn = "2027-01-01" },
        "accession" => new { partyId = Guid.NewGuid(), reason = "x", effectiveOn = "2027-01-01" },
        "renewal" => new { reason = "x", endsOn = "2030-01-01" },
        "adjustment" => new
        {
            reason = "x", effectiveOn = "2027-01-01", decision = new { body = "x", decidedOn = "2026-03-01", paragraph = "x" },
            sections = new[] { new { key = "interventions", text = "x" } },
        },
        "joint-talks" => new { on = "2026-05-05" },
        "joint-talks/{talk}/account" => new { held = true },
        "opening" or "redrafting" or "comments/{thread}/resolution" => new { },
        "signatures" => AgreementsWorld.Mandate,
        "assessment/approvals" => new { },
        "PUT signing-order" => new { turns = Array.Empty<object>() },
        "PUT frame" => new { title = "x", startsOn = "2026-01-01", autoRenews = false },
        "PUT sections/goals" => new { text = "x" },
        "PUT assessment/answers/def-parties" => new { answer = "yes", reason = "x" },
        "new contributions" => new { partyId = Guid.NewGuid(), kind = "money", description = "" },
        "new goals" => new { kind = "overall", text = "" },
        "new activities" => new { name = "", bookedBy = Guid.NewGuid(), partyIds = new[] { Guid.NewGuid() } },
        "PUT closing/report" => new { worked = "x" },
        "new closing/exit-steps" => new { activity = "" },
        "PUT closing/exit-steps/{step}" => new { activity = "x" },
        "new closing/settlement" => new
        {
            surplus = "", shares = Array.Empty<object>(), decision = LivingBodies.Decision,
        },
        "new comments" => new { sectionKey = "goals", text = "" },
        "new comments/{thread}/replies" => new { text = "" },
        "paper-agreements" => new { title = "", signedOn = "2025-01-01", startsOn = "2025-01-01", autoRenews = false },
        "paper named" => new { signedOn = "2025-01-01" },
        "paper confirmations" => new { confirms = true },
        _ => SaidBelow(act),
    };

    private static object SaidBelow(string act) => act switch
    {
        "new plans" => new
        {
            title = "", startsOn = "2027-01-01", endsOn = "2027-12-31", items = new[] { new { what = "x" } }, reason = "x",
            decision = LivingBodies.Decision,
        },
        "plans/{plan}/versions" => LivingBodies.Plan,
        "new preconditions" => new { what = "", source = "", occursOn = "2026-01-01", effect = "" },
        "PUT preconditions/{precondition}" => LivingBodies.Precondition,
        "PUT preconditions/{precondition}/group" => new { bodyId = (Guid?)null },
        "PUT preconditions/{precondition}/transition-terms" => new { terms = Array.Empty<object>() },
        "preconditions/{precondition}/outcomes" => new { kind = "no-change", note = "x" },
        "new pool" => new { title = "", holderPartyId = Guid.NewGuid(), decision = LivingBodies.Decision },
        "pool/rates" => new { unit = "x", perUnit = "50.00", startsOn = "2027-01-01", decision = LivingBodies.Decision },
        "pool/criteria" => new { criteria = new[] { "x" }, decision = LivingBodies.Decision },
        "new pool/accruals" => new
        {
            partyId = Guid.NewGuid(), unit = "", quantity = 1, startsOn = "2026-01-01", endsOn = "2026-01-02",
        },
        "new pool/deposits" => new { partyId = Guid.NewGuid(), amount = "" },
        "new pool/grants" => new
        {
            partyId = Guid.NewGuid(), amount = "1.00", purpose = "", criterionIds = new[] { Guid.NewGuid() },
            decision = LivingBodies.Decision,
        },
        "new pool/grants/{grant}/payouts" => new { amount = "" },
        "pool/grants/{grant}/release" => new { reason = "x", decision = LivingBodies.Decision },
        "new pool/entries/{entry}/reversal" => new { reason = "" },
        _ => new { reason = "x" },
    };
}
