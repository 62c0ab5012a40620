using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Signing;

/// <summary>What am I signing, what has changed since, who has signed, whose turn it is; then sign, say that one has read, or
/// decline. The tag is the hash of the text that was shown.</summary>
internal static class SignAgreement
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/avtal/{id:guid}/underskrift",
            (Guid id, AgreementsApi api, SigningApi signing, Visitor visitor, CancellationToken cancel) =>
            Show(id, null, api, signing, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/underskrift",
            (Guid id, Filled form, AgreementsApi api, SigningApi signing, Visitor visitor, CancellationToken cancel) =>
            Do(id, "signatures", new { mandate = MandateForm.Of(form) }, "signed", form, api, signing, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/underskrift/last",
            (Guid id, Filled form, AgreementsApi api, SigningApi signing, Visitor visitor, CancellationToken cancel) =>
            Do(id, "looks", new { comment = form.Text("comment") }, "looked", form, api, signing, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/underskrift/granskare/{reviewer:guid}",
            (Guid id, Guid reviewer, Filled form, AgreementsApi api, SigningApi signing, Visitor visitor,
                CancellationToken cancel) =>
            Do(id, $"reviewers/{reviewer}/release", new { reason = form.Text("reason") ?? "" }, "reviewer-released", form, api,
                signing, visitor, cancel));
    }

    private static async Task<IResult> Show(
        Guid id, Filled? form, AgreementsApi api, SigningApi signing, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await api.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var round = await signing.Show(id, cancel);
        if (round.Problem is { } neither) return neither.AsPage(visitor);
        return Page.Of<SigningPage>(new
        {
            Agreement = agreement.Value, Round = round.Value, round.Tag, Form = form,
            SincePrevious = await Since(round.Value!.Previous?.Hash), SinceLook = await Since(round.Value.LastLook?.Hash),
        }, form?.Problem?.Status ?? 200);

        async Task<Difference?> Since(string? hash) =>
            hash is null ? null : (await signing.Difference(id, hash, "current", cancel)).Value;
    }

    private static async Task<IResult> Do(
        Guid id, string resource, object body, string done, Filled form, AgreementsApi api, SigningApi signing, Visitor visitor,
        CancellationToken cancel)
    {
        var answer = await api.Do(id, resource, body, form.Tag, form.Key, cancel);
        return answer.Problem is { } no
            ? await Show(id, form.With(no), api, signing, visitor, cancel)
            : Page.Done($"/avtal/{id}/underskrift", done);
    }
}
