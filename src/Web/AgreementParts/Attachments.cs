using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.AgreementParts;

/// <summary>Attachments: the file comes as a form, and goes on as it is.</summary>
internal static class Attachments
{
    private const long BytesMax = 10 * 1024 * 1024;

    public static void Map(WebApplication app)
    {
        app.MapPost("/avtal/{id:guid}/bilagor", Add);
        app.MapGet("/avtal/{id:guid}/bilagor/{attachmentId:guid}",
            (Guid id, Guid attachmentId, AgreementsApi agreements, Visitor visitor, CancellationToken cancel) =>
                Edit(id, attachmentId, null, agreements, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/bilagor/{attachmentId:guid}", Rename);
        app.MapPost("/avtal/{id:guid}/bilagor/{attachmentId:guid}/bort", Remove);
    }

    private static async Task<IResult> Add(
        Guid id, Filled form, PartsApi api, AgreementsApi agreements, Visitor visitor, Texts.Words words,
        CancellationToken cancel)
    {
        var answer = form.File("file") switch
        {
            null => Failed(words["attachments.none"]),
            { Length: > BytesMax } => Failed(words["attachments.too-large"]),
            { } file => await api.Attach(id, form.Text("section"), file, form.Key, cancel),
        };
        return await PartPages.After<AttachmentsPage>(answer, id, "bilagor", "part-added", form, agreements, visitor, cancel);
    }

    private static async Task<IResult> Edit(
        Guid id, Guid attachmentId, Filled? form, AgreementsApi agreements, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        return agreement.Value!.Parts?.Attachments?.FirstOrDefault(file => file.Id == attachmentId) is { } file
            ? Page.Of<AttachmentPage>(new { Agreement = agreement.Value, File = file, Form = form }, form?.Problem?.Status ?? 200)
            : ErrorPages.NotFound();
    }

    private static async Task<IResult> Rename(
        Guid id, Guid attachmentId, Filled form, PartsApi api, AgreementsApi agreements, Visitor visitor,
        CancellationToken cancel)
    {
        var answer = await api.Change(id, $"attachments/{attachmentId}",
            new { title = form.Text("title") ?? "", sectionKey = form.Text("section") }, form.Tag, cancel);
        return answer.Problem is { } no
            ? await Edit(id, attachmentId, form.With(no), agreements, visitor, cancel)
            : Page.Done($"/avtal/{id}/bilagor", "part-changed");
    }

    private static async Task<IResult> Remove(
        Guid id, Guid attachmentId, Filled form, PartsApi api, AgreementsApi agreements, Visitor visitor,
        CancellationToken cancel) =>
        await PartPages.After<AttachmentsPage>(await api.Remove(id, $"attachments/{attachmentId}", form.Tag, cancel), id,
            "bilagor",
            "part-removed", form, agreements, visitor, cancel);

    private static Answer<object> Failed(string why) => new(System.Net.HttpStatusCode.BadRequest, null, null,
        new Problem(StatusCodes.Status400BadRequest, null, why, null, [new WrongField("file", null, why)]));
}
