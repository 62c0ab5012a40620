using Iop.Web.Frame;
using Iop.Web.Partnerships;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Dialogue;

/// <summary>End the dialogue without an agreement, take it up again, choose the light track: each says what follows
/// first.</summary>
internal static class DialogueActs
{
    public const string End = "end-dialogue";
    public const string Reopen = "reopen-dialogue";
    public const string Track = "track";

    public static IReadOnlyList<string> Forms { get; } =
    [
        "association-grant", "operating-grant", "project-funds", "assignment-grant", "procurement", "choice-system",
        "own-production", "own-capital", "informal-cooperation", "joint-legal-person", "leader", "esf", "other",
    ];

    public static void Map(WebApplication app)
    {
        foreach (var (path, act) in new[] { ("avsluta-dialog", End), ("ta-upp-dialog", Reopen), ("spar", Track) })
        {
            app.MapGet($"/samverkan/{{id:guid}}/{path}",
                (Guid id, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel) =>
                    Ask(id, act, null, partnerships, visitor, cancel));
            app.MapPost($"/samverkan/{{id:guid}}/{path}",
                (Guid id, Filled form, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor,
                    CancellationToken cancel) =>
                    Do(id, act, form, api, partnerships, visitor, cancel));
        }
    }

    private static async Task<IResult> Ask(
        Guid id, string act, Filled? form, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel)
    {
        var partnership = await partnerships.Show(id, cancel);
        return partnership.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<DialogueAct>(
                new { Partnership = partnership.Value, partnership.Tag, Act = act, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Do(
        Guid id, string act, Filled form, WorkspaceApi api, PartnershipsApi partnerships, Visitor visitor,
        CancellationToken cancel)
    {
        var reason = form.Text("reason") ?? "";
        var outcome = form.Text("outcome");
        var answer = act switch
        {
            End => await api.Do(id, "dialogue-end",
                new { outcome, reason, form = outcome == "other-form" ? form.Text("form") : null }, form.Tag, cancel),
            Reopen => await api.Do(id, "dialogue-reopening", new { reason }, form.Tag, cancel),
            _ => await api.Change(id, "track", new { light = form.Text("light") == "true", reason }, form.Tag, cancel),
        };
        return answer.Problem is { } no
            ? await Ask(id, act, form.With(no), partnerships, visitor, cancel)
            : Page.Done($"/samverkan/{id}", act);
    }
}
