using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Life;

/// <summary>The agreement's life: what is in force, what has changed, the days ahead, and each act on a page that says what
/// follows before anything is done.</summary>
internal static class LifePages
{
    /// <summary>The address of each act, what it is called, and the resource it is done by.</summary>
    public static IReadOnlyList<(string Page, string Act, string Resource)> Acts { get; } =
    [
        ("omforhandla", "renegotiate", "renegotiation"), ("forlang", "renew", "renewal"), ("anslut", "admit", "accession"),
        ("justera", "adjust", "adjustment"), ("samtal", "book-talk", "joint-talks"),
        ("avbryt", "abandon-change", "change/abandonment"), ("trad-ut", "leave", "departure"),
        ("sag-upp", "give-notice", "notice"),
        ("hav", "rescind", "rescission"), ("bestrid", "dispute", "rescission/disputes"),
    ];

    public static IReadOnlyList<string> Grounds { get; } =
        ["material-breach", "changed-circumstances", "party-no-longer-able", "as-agreed"];

    public static IReadOnlyList<string> Outcomes { get; } = ["go-on", "renegotiate", "let-end", "talk-more"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}/liv", Show);
        app.MapGet("/avtal/{id:guid}/liv/samtal/{talk:guid}",
            (Guid id, Guid talk, AgreementsApi api, Visitor visitor, CancellationToken cancel) =>
            AskOfTalk(id, talk, null, api, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/liv/samtal/{talk:guid}", TellOfTalk);
        app.MapGet("/avtal/{id:guid}/liv/{page}", (Guid id, string page, AgreementsApi api, Visitor visitor,
            CancellationToken cancel) => Ask(id, page, null, api, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/liv/{page}", Do);
    }

    private static async Task<IResult> Show(Guid id, AgreementsApi api, Visitor visitor, CancellationToken cancel)
    {
        var (agreement, life, no) = await Read(id, api, visitor, cancel);
        return no ?? Page.Of<LifePage>(new { Agreement = agreement.Value, Life = life.Value });
    }

    private static async Task<IResult> Ask(Guid id, string page, Filled? form, AgreementsApi api, Visitor visitor,
        CancellationToken cancel)
    {
        if (Acts.All(known => known.Page != page)) return ErrorPages.NotFound();
        var (agreement, life, no) = await Read(id, api, visitor, cancel);
        return no ?? Page.Of<LifeActPage>(
            new
            {
                Agreement = agreement.Value, Life = life.Value, life.Tag, Form = form,
                Acts.First(known => known.Page == page).Act,
            },
            form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Do(Guid id, string page, Filled form, AgreementsApi api, Visitor visitor,
        CancellationToken cancel)
    {
        var known = Acts.FirstOrDefault(act => act.Page == page);
        if (known.Act is null) return ErrorPages.NotFound();
        var answer = await api.Do(id, known.Resource, LifeForms.Of(known.Act, form), form.Tag, form.Key, cancel);
        return answer.Problem is { } no
            ? await Ask(id, page, form.With(no), api, visitor, cancel)
            : Page.Done($"/avtal/{id}/liv", $"life-{known.Act}");
    }

    private static async Task<IResult> AskOfTalk(Guid id, Guid talk, Filled? form, AgreementsApi api, Visitor visitor,
        CancellationToken cancel)
    {
        var (agreement, life, no) = await Read(id, api, visitor, cancel);
        if (no is not null) return no;
        return life.Value!.Talks?.FirstOrDefault(one => one.Id == talk) is { } found
            ? Page.Of<TalkPage>(new { Agreement = agreement.Value, Talk = found, life.Tag, Form = form },
                form?.Problem?.Status ?? 200)
            : ErrorPages.NotFound();
    }

    private static async Task<IResult> TellOfTalk(Guid id, Guid talk, Filled form, AgreementsApi api, Visitor visitor,
        CancellationToken cancel)
    {
        var held = form.Text("held") == "yes";
        object told = held
            ? new { held, heldOn = form.Text("heldOn"), outcome = form.Text("outcome"), note = form.Text("note") }
            : new { held, note = form.Text("note") };
        var answer = await api.Do(id, $"joint-talks/{talk}/account", told, form.Tag, form.Key, cancel);
        return answer.Problem is { } no
            ? await AskOfTalk(id, talk, form.With(no), api, visitor, cancel)
            : Page.Done($"/avtal/{id}/liv", "life-talk-told");
    }

    private static async Task<(Gateway.Answer<Agreement> Agreement, Gateway.Answer<AgreementLife> Life, IResult? No)> Read(
        Guid id, AgreementsApi api, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await api.Show(id, cancel);
        var life = await api.Life(id, cancel);
        return (agreement, life, (agreement.Problem ?? life.Problem)?.AsPage(visitor));
    }
}

/// <summary>What each form sends.</summary>
internal static class LifeForms
{
    public static object Of(string act, Filled form) => act switch
    {
        "renegotiate" => new { reason = form.Text("reason") ?? "", effectiveOn = form.Text("effectiveOn") },
        "admit" => new
        {
            partyId = form.Text("partyId"), reason = form.Text("reason") ?? "", effectiveOn = form.Text("effectiveOn"),
        },
        "renew" => new { reason = form.Text("reason") ?? "", endsOn = form.Text("endsOn") },
        "adjust" => new
        {
            reason = form.Text("reason") ?? "",
            effectiveOn = form.Text("effectiveOn"),
            decision = new
            {
                body = form.Text("decision.body") ?? "", decidedOn = form.Text("decision.decidedOn"),
                paragraph = form.Text("decision.paragraph") ?? "",
            },
            sections = form.Names.Where(name => name.StartsWith("sections.", StringComparison.Ordinal))
                .Select(name => new { key = name["sections.".Length..], text = form.Text(name) ?? "" }),
        },
        "book-talk" => new { on = form.Text("on") },
        "rescind" => new
        {
            reason = form.Text("reason") ?? "", ground = form.Text("ground"), clause = form.Text("clause") ?? "",
        },
        _ => new { reason = form.Text("reason") ?? "" },
    };
}
