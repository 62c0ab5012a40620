using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Agreements;

/// <summary>Sign: what am I signing, who has signed, on what mandate. The tag is the hash of the text that was shown.</summary>
internal static class SignAgreement
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}/underskrift", (Guid id, AgreementsApi api, Visitor visitor, CancellationToken cancel) =>
            Show(id, null, api, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/underskrift", Sign);
    }

    private static async Task<IResult> Show(Guid id, Filled? form, AgreementsApi api, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await api.Show(id, cancel);
        return agreement.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<SigningPage>(new { Agreement = agreement.Value, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Sign(Guid id, Filled form, AgreementsApi api, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.Do(id, "signatures", new { mandate = MandateForm.Of(form) }, form.Tag, form.Key, cancel);
        return answer.Problem is { } no
            ? await Show(id, form.With(no), api, visitor, cancel)
            : Page.Done($"/avtal/{id}/underskrift", "signed");
    }
}

/// <summary>On what decision somebody signs.</summary>
internal static class MandateForm
{
    public static object Of(Filled form) => new
    {
        basis = form.Text("basis"), decidedOn = form.Text("decidedOn"), paragraph = form.Text("paragraph"),
        caseNumber = form.Text("caseNumber"),
    };
}
