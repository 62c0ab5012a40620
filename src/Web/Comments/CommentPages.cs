using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Comments;

/// <summary>Comments on an agreement, section by section; they are written here, in the section's editor, or on a
/// phone.</summary>
internal static class CommentPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}/kommentarer",
            (Guid id, string? avsnitt, AgreementsApi agreements, CommentsApi api, Visitor visitor, CancellationToken cancel) =>
                Show(id, avsnitt, null, agreements, api, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/kommentarer", Start);
        app.MapPost("/avtal/{id:guid}/kommentarer/{thread:guid}/svar", Reply);
        app.MapPost("/avtal/{id:guid}/kommentarer/{thread:guid}/utredd", Resolve);
    }

    private static async Task<IResult> Show(
        Guid id, string? section, Filled? form, AgreementsApi agreements, CommentsApi api, Visitor visitor,
        CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var threads = await api.About(id, section, cancel);
        return threads.Problem is { } trouble
            ? trouble.AsPage(visitor)
            : Page.Of<CommentsPage>(
                new { Agreement = agreement.Value, Threads = threads.Value!.Items, SectionKey = section, Form = form },
                form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Start(
        Guid id, Filled form, AgreementsApi agreements, CommentsApi api, Visitor visitor, CancellationToken cancel)
    {
        var section = form.Text("sectionKey") ?? "";
        var answer = await api.Start(id,
            new { sectionKey = section, text = form.Text("comment") ?? "", audience = form.Text("audience") }, form.Key, cancel);
        return answer.Problem is { } no
            ? await Show(id, section, form.With(no), agreements, api, visitor, cancel)
            : Back(id, form, "comment-said");
    }

    private static async Task<IResult> Reply(
        Guid id, Guid thread, Filled form, AgreementsApi agreements, CommentsApi api, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.Reply(id, thread, new { text = form.Text("reply") ?? "" }, form.Key, cancel);
        return answer.Problem is { } no
            ? await Show(id, null, form.With(no), agreements, api, visitor, cancel)
            : Back(id, form, "comment-said");
    }

    private static async Task<IResult> Resolve(
        Guid id, Guid thread, Filled form, AgreementsApi agreements, CommentsApi api, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.Resolve(id, thread, form.Tag, cancel);
        return answer.Problem is { } no
            ? await Show(id, null, form.With(no), agreements, api, visitor, cancel)
            : Back(id, form, "comment-resolved");
    }

    /// <summary>To the section's editor for those who came from it.</summary>
    private static IResult Back(Guid id, Filled form, string done) => Page.Done(
        form.Text("from") is { Length: < 40 } from && from.All(char.IsAsciiLetter)
            ? $"/avtal/{id}/avsnitt/{from}" : $"/avtal/{id}/kommentarer",
        done);
}
