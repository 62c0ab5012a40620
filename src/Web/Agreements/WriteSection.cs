using Iop.Web.Comments;
using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Agreements;

/// <summary>Write one section. When somebody was faster nothing is lost: both texts are shown with their differences.</summary>
internal static class WriteSection
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}/avsnitt/{key}",
            (Guid id, string key, AgreementsApi api, CommentsApi comments, Visitor visitor, CancellationToken cancel) =>
            Editor(id, key, null, api, comments, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/avsnitt/{key}", Save);
    }

    private static async Task<IResult> Editor(
        Guid id, string key, Filled? form, AgreementsApi api, CommentsApi comments, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await api.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var said = await comments.About(id, key, cancel);
        return agreement.Value!.Sections?.FirstOrDefault(one => one.Key == key) is { } section
            ? Page.Of<SectionEditor>(
                new { Agreement = agreement.Value, Section = section, Form = form,
                    Threads = said.Value?.Items ?? [] }, form?.Problem?.Status ?? 200)
            : ErrorPages.NotFound();
    }

    private static async Task<IResult> Save(
        Guid id, string key, Filled form, AgreementsApi api, CommentsApi comments, Visitor visitor, CancellationToken cancel)
    {
        object wish = form.Text("do") == "not-needed"
            ? new { notNeededReason = form.Text("reason") ?? "" }
            : new { text = form.Text("text") ?? "" };
        var answer = await api.Write(id, key, wish, form.Tag, cancel);
        return answer.Problem is { } no
            ? no.IsSignedOut ? no.AsPage(visitor) : await Editor(id, key, form.With(no), api, comments, visitor, cancel)
            : Page.Done($"/avtal/{id}", "section-saved");
    }
}
