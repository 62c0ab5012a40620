using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Partnerships;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.FromPaper;

/// <summary>A running agreement from paper: its facts, its document, and each party's word that it is so.</summary>
internal static class PaperPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/samverkan/{id:guid}/ta-over",
            (Guid id, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel) =>
                Form(id, null, partnerships, visitor, cancel));
        app.MapPost("/samverkan/{id:guid}/ta-over", Bring);
        app.MapGet("/avtal/{id:guid}/papper",
            (Guid id, AgreementsApi agreements, PaperApi api, Visitor visitor, CancellationToken cancel) =>
                Show(id, null, agreements, api, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/papper", Name);
        app.MapPost("/avtal/{id:guid}/papper/svar", Confirm);
    }

    private static async Task<IResult> Form(
        Guid id, Filled? form, PartnershipsApi partnerships, Visitor visitor, CancellationToken cancel)
    {
        var partnership = await partnerships.Show(id, cancel);
        return partnership.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<BringFromPaper>(new { Partnership = partnership.Value, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Bring(
        Guid id, Filled form, PartnershipsApi partnerships, PaperApi api, Visitor visitor, CancellationToken cancel)
    {
        var frame = AgreementFrame.Of(form);
        var answer = await api.Bring(id, new
        {
            frame.Title, signedOn = form.Text("signedOn"), frame.StartsOn, frame.EndsOn, frame.AutoRenews, frame.NoticeMonths,
            frame.Area, frame.TargetAge, frame.MunicipalityCode, frame.CountyCode,
        }, form.Key, cancel);
        return answer.Problem is { } no
            ? await Form(id, form.With(no), partnerships, visitor, cancel)
            : Page.Done($"/avtal/{answer.Value!.AgreementId}/papper", "paper-brought");
    }

    private static async Task<IResult> Show(
        Guid id, Filled? form, AgreementsApi agreements, PaperApi api, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await agreements.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var paper = await api.Show(id, cancel);
        if (paper.Problem is { } neither) return neither.AsPage(visitor);
        var attached = await api.Attachments(id, cancel);
        return Page.Of<PaperPage>(
            new
            {
                Agreement = agreement.Value, Paper = paper.Value, Form = form,
                Documents = (attached.Value?.Items ?? []).Where(file => file.Kind == "pdf").ToList(),
            },
            form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Name(
        Guid id, Filled form, AgreementsApi agreements, PaperApi api, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.Name(
            id, new { signedOn = form.Text("signedOn"), documentId = form.Text("documentId") }, form.Tag, cancel);
        return answer.Problem is { } no
            ? await Show(id, form.With(no), agreements, api, visitor, cancel)
            : Page.Done($"/avtal/{id}/papper", "paper-named");
    }

    private static async Task<IResult> Confirm(
        Guid id, Filled form, AgreementsApi agreements, PaperApi api, Visitor visitor, CancellationToken cancel)
    {
        var confirms = form.Text("do") == "confirm";
        var answer = await api.Confirm(
            id, new { confirms, reason = confirms ? null : form.Text("reason") ?? "" }, form.Tag, cancel);
        return answer.Problem is { } no
            ? await Show(id, form.With(no), agreements, api, visitor, cancel)
            : Page.Done($"/avtal/{id}/papper", confirms ? "paper-confirmed" : "paper-declined");
    }
}
