using System.Net;
using Iop.Kernel;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>Who may do which act of signing, in every state, for every kind of party: as a table.</summary>
public sealed class SigningTableTests(SigningTableWorld world) : IClassFixture<SigningTableWorld>
{
    private static string[] States => SigningTableWorld.States;

    /// <summary>act → roles that may.</summary>
    private static readonly Dictionary<string, string[]> May = new(StringComparer.Ordinal)
    {
        ["signing-order"] = [Roles.Officer],
        ["opening"] = [Roles.Officer],
        ["signatures"] = [Roles.Signatory],
        ["declines"] = [Roles.Signatory],
        ["redrafting"] = [Roles.Officer],
        ["withdrawal"] = [Roles.Officer, Roles.Signatory],
        ["looks"] = AgreementsWorld.InPartnerships,
    };

    public static TheoryData<string> EveryState => [.. States];

    // act             draft                               assessment                          open                            
    // declined                         signed                               in force                             ended           
    // withdrawn
    public static TheoryData<string, string[]> ByState => new()
    {
        { "signing-order",
            ["",                                     "",                                     "agreement.not-a-draft",
                "agreement.not-a-draft",         "agreement.not-a-draft",             "agreement.not-a-draft",
                "agreement.not-a-draft",             "agreement.not-a-draft"] },
        { "opening",
            ["assessment.open",                      "assessment.not-approved",              "agreement.not-a-draft",
                "agreement.not-a-draft",         "agreement.not-a-draft",             "agreement.not-a-draft",
                "agreement.not-a-draft",             "agreement.not-a-draft"] },
        { "signatures",
            ["agreement.not-open-for-signature",     "agreement.not-open-for-signature",     "",
                "signing.declined",              "agreement.not-open-for-signature",  "agreement.not-open-for-signature",
                "agreement.not-open-for-signature",  "agreement.not-open-for-signature"] },
        { "declines",
            ["agreement.not-open-for-signature",     "agreement.not-open-for-signature",     "",
                "signing.declined",              "agreement.not-open-for-signature",  "agreement.not-open-for-signature",
                "agreement.not-open-for-signature",  "agreement.not-open-for-signature"] },
        { "redrafting",
            ["agreement.not-now",                    "agreement.not-now",                    "signing.not-declined",          "",
                "agreement.not-now",                 "agreement.not-now",                 "agreement.not-now",
                "agreement.not-now"] },
    };

    /// <summary>A wrong tag is told only to whoever may act: 403 comes before 412, and 404 before both.</summary>
    [Theory]
    [MemberData(nameof(EveryState))]
    public async Task Every_role_of_every_kind_of_party_may_or_may_not(string state)
    {
        var of = await world.In(state);
        var (sections, unit) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var (act, roles) in May)
        {
            foreach (var role in AgreementsWorld.InPartnerships)
            {
                foreach (var (kind, organisation, part) in new (string, Guid, Guid?)[]
                    { ("public", world.Region, null), ("idea-driven", world.Association, null),
                        ("unit of a party", world.Region, unit) })
                {
                    var reply = await Try(of, act, world.As(Callers.OfUnit(organisation, part, role)), $"\"{sections}\"");
                    var wanted = !roles.Contains(role) ? HttpStatusCode.Forbidden
                        : act is "signatures" or "declines" && HasNoVersion(state)
                            ? HttpStatusCode.Conflict : HttpStatusCode.PreconditionFailed;
                    Assert.True(reply.Status == wanted,
                        $"{state}, {act}, {kind} {role}: {reply.Status}, not {wanted}. {reply.Text}");
                }
            }
            foreach (var nobody in new[] { world.Stranger, world.As(Callers.Of(world.Region, Roles.Operator)) })
                (await Try(of, act, nobody, $"\"{sections}\"")).Is(HttpStatusCode.NotFound);
            (await Try(of, act, world.Anonymous, $"\"{sections}\"")).Is(HttpStatusCode.Unauthorized);
        }
    }

    [Theory]
    [MemberData(nameof(ByState))]
    public async Task Every_act_in_the_wrong_state_has_its_code(string act, string[] codes)
    {
        foreach (var (state, code) in States.Zip(codes))
        {
            if (code.Length == 0) continue; // allowed: done in tests of its own
            var of = await world.In(state);
            var shown = await of.Shown();
            var by = May[act].Contains(Roles.Officer) ? world.Officer : world.Signatory;
            var reply = await Try(of, act, by, shown.Tag!);
            Assert.True((reply.Status, reply.Code) == (HttpStatusCode.Conflict, code),
                $"{act} in {state}: {reply.Status} {reply.Code}");
        }
    }

    /// <summary>There is nothing whose hash could be wrong.</summary>
    private static bool HasNoVersion(string state) => state is "draft" or "assessment" or "withdrawn";

    private static Task<Reply> Try(Case of, string act, CallerClient by, string tag) => act switch
    {
        "signing-order" => by.Put($"{of.Path}/signing-order", tag, new { turns = Array.Empty<object>() }),
        "signatures" => by.Act($"{of.Path}/signatures", tag, AgreementsWorld.Mandate),
        "opening" or "redrafting" => by.Act($"{of.Path}/{act}", tag),
        "looks" => by.Act($"{of.Path}/looks", tag, new { }),
        _ => by.Act($"{of.Path}/{act}", tag, new { reason = "Skäl." }),
    };
}

/// <summary>One agreement in each state, made when it is first asked for: what is refused leaves it as it was.</summary>
public sealed class SigningTableWorld(Servers servers) : AgreementsWorld(servers)
{
    private readonly Dictionary<string, Case> _in = new(StringComparer.Ordinal);

    public static string[] States { get; } =
        ["draft", "assessment", "open-for-signature", "declined", "signed", "in-force", "ended", "withdrawn"];

    public async Task<Case> In(string state)
    {
        if (!_in.TryGetValue(state, out var of)) _in[state] = of = await Make(state);
        Assert.Equal(state is "declined" ? "open-for-signature" : state, await of.State());
        return of;
    }

    private async Task<Case> Make(string state)
    {
        var past = new DateOnly(2026, 2, 1);
        switch (state)
        {
            case "draft": return await Written();
            case "assessment": return await Assessed();
            case "open-for-signature": return await Opened();
            case "declined":
                var declined = await Opened();
                (await AssociationSignatory.Act($"{declined.Path}/declines", $"\"{await declined.VersionHash()}\"",
                    new { reason = "Nej" })).Is(HttpStatusCode.OK);
                return declined;
            case "withdrawn":
                var withdrawn = await Written();
                (await Officer.Act($"{withdrawn.Path}/withdrawal", (await withdrawn.Shown()).Tag, new { reason = "Nej" }))
                    .Is(HttpStatusCode.OK);
                return withdrawn;
            default:
                var of = state switch
                {
                    "signed" => await Opened(),
                    "in-force" => await Opened(startsOn: past),
                    _ => await Opened(startsOn: past, endsOn: past.AddDays(3)),
                };
                foreach (var signatory in new[] { Signatory, AssociationSignatory })
                    (await of.Sign(signatory)).Is(HttpStatusCode.OK);
                await of.Becomes(this, state);
                return of;
        }
    }
}
