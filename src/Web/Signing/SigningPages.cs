using System.Globalization;
using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Signing;

/// <summary>The signing round of an agreement: order and reviewers before, signing and declining while it is open, versions and
/// their proof after.</summary>
internal static class SigningPages
{
    public static void Map(WebApplication app)
    {
        SignAgreement.Map(app);
        foreach (var (act, resource, path) in new[] { ("decline", "declines", "avboj"), ("redraft", "redrafting", "utkast") })
        {
            app.MapGet($"/avtal/{{id:guid}}/underskrift/{path}",
                (Guid id, AgreementsApi api, SigningApi signing, Visitor visitor, CancellationToken cancel) =>
                Ask(id, act, null, api, signing, visitor, cancel));
            app.MapPost($"/avtal/{{id:guid}}/underskrift/{path}",
                (Guid id, Filled form, AgreementsApi api, SigningApi signing, Visitor visitor, CancellationToken cancel) =>
                Do(id, act, resource, form, api, signing, visitor, cancel));
        }
        app.MapGet("/avtal/{id:guid}/underskrift/ordning",
            (Guid id, AgreementsApi api, SigningApi signing, Visitor visitor, CancellationToken cancel) =>
            Plan(id, null, api, signing, visitor, cancel));
        app.MapPost("/avtal/{id:guid}/underskrift/ordning", SetOrder);
        app.MapPost("/avtal/{id:guid}/underskrift/granskare", ChooseReviewers);
        app.MapGet("/avtal/{id:guid}/versioner", Versions);
        app.MapGet("/avtal/{id:guid}/versioner/jamfor", Compare);
    }

    private static async Task<IResult> Ask(
        Guid id, string act, Filled? form, AgreementsApi api, SigningApi signing, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await api.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var round = await signing.Show(id, cancel);
        return round.Problem is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<SigningAct>(
                new { Agreement = agreement.Value, Round = round.Value, agreement.Tag, Act = act, Form = form },
                form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Do(
        Guid id, string act, string resource, Filled form, AgreementsApi api, SigningApi signing, Visitor visitor,
        CancellationToken cancel)
    {
        object? body = act == "decline" ? new { reason = form.Text("reason") ?? "" } : null;
        var answer = await api.Do(id, resource, body ?? new { }, form.Tag, form.Key, cancel);
        return answer.Problem is { } no
            ? await Ask(id, act, form.With(no), api, signing, visitor, cancel)
            : Page.Done(act == "decline" ? $"/avtal/{id}/underskrift" : $"/avtal/{id}", "agreement-" + act);
    }

    private static async Task<IResult> Plan(
        Guid id, Filled? form, AgreementsApi api, SigningApi signing, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await api.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var round = await signing.Show(id, cancel);
        return round.Problem is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<SigningOrderPage>(new { Agreement = agreement.Value, Round = round.Value, round.Tag, Form = form },
                form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> SetOrder(
        Guid id, Filled form, AgreementsApi api, SigningApi signing, Visitor visitor, CancellationToken cancel)
    {
        var turns = form.Names.Where(name => name.StartsWith("turn-", StringComparison.Ordinal))
            .Select(name => new { partyId = name["turn-".Length..], turn = Number(form.Text(name)) }).ToList();
        // All at the same time is no order.
        var wish = turns.Select(turn => turn.turn).Distinct().Count() > 1 ? turns : [];
        var answer = await signing.Order(id, new { turns = wish }, form.Tag, cancel);
        return answer.Problem is { } no
            ? await Plan(id, form.With(no), api, signing, visitor, cancel)
            : Page.Done($"/avtal/{id}/underskrift/ordning", "order-set");
    }

    private static async Task<IResult> ChooseReviewers(
        Guid id, Filled form, AgreementsApi api, SigningApi signing, Visitor visitor, CancellationToken cancel)
    {
        if (!Guid.TryParse(form.Text("party"), out var party)) return ErrorPages.NotFound();
        var reviewers = form.All("role").Select(role => (object)new { role })
            .Concat(form.All("person").Where(person => Guid.TryParse(person, out _))
                .Select(person => (object)new { personId = person }))
            .ToList();
        var answer = await signing.Reviewers(id, party, new { reviewers }, form.Tag, cancel);
        return answer.Problem is { } no
            ? await Plan(id, form.With(no), api, signing, visitor, cancel)
            : Page.Done($"/avtal/{id}/underskrift/ordning", "reviewers-chosen");
    }

    private static async Task<IResult> Versions(
        Guid id, AgreementsApi api, SigningApi signing, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await api.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var versions = await signing.Versions(id, cancel);
        return versions.Problem is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<VersionsPage>(new { Agreement = agreement.Value, Versions = versions.Value!.Items });
    }

    private static async Task<IResult> Compare(
        Guid id, string? fran, string? till, AgreementsApi api, SigningApi signing, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await api.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        if (fran is null || till is null) return Results.Redirect($"/avtal/{id}/versioner");
        var difference = await signing.Difference(id, fran, till, cancel);
        return difference.Problem is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<ComparePage>(new { Agreement = agreement.Value, Difference = difference.Value });
    }

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
}
