using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Agreements;

/// <summary>Open the agreement for signature, or take it back: both say what follows before anything is done.</summary>
internal static class OpenForSignature
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}/oppna", (Guid id, AgreementsApi api, Visitor visitor, CancellationToken cancel) =>
            Ask(id, "open", null, api, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/oppna",
            (Guid id, Filled form, AgreementsApi api, Visitor visitor, CancellationToken cancel) =>
            Do(id, "open", "opening", new { }, form, api, visitor, cancel));
        app.MapGet("/avtal/{id:guid}/aterkalla", (Guid id, AgreementsApi api, Visitor visitor, CancellationToken cancel) =>
            Ask(id, "withdraw", null, api, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/aterkalla",
            (Guid id, Filled form, AgreementsApi api, Visitor visitor, CancellationToken cancel) =>
            Do(id, "withdraw", "withdrawal", new { reason = form.Text("reason") }, form, api, visitor, cancel));
    }

    private static async Task<IResult> Ask(
        Guid id, string act, Filled? form, AgreementsApi api, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await api.Show(id, cancel);
        return agreement.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<ConfirmAct>(new { Agreement = agreement.Value, agreement.Tag, Act = act, Form = form },
                form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Do(
        Guid id, string act, string resource, object body, Filled form, AgreementsApi api, Visitor visitor,
        CancellationToken cancel)
    {
        var answer = await api.Do(id, resource, body, form.Tag, form.Key, cancel);
        return answer.Problem is { } no
            ? await Ask(id, act, form.With(no), api, visitor, cancel)
            : Page.Done($"/avtal/{id}", "agreement-" + act);
    }
}
