using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;
using Microsoft.AspNetCore.Components;

namespace Iop.Web.AgreementParts;

/// <summary>Each part of an agreement on a page of its own: what is there, and below it how to add to it.</summary>
internal static class PartPages
{
    public static void Map(WebApplication app)
    {
        Page<GoalsPage>(app, "mal");
        Page<ActivitiesPage>(app, "verksamheter");
        Page<AttachmentsPage>(app, "bilagor");
        Goals.Map(app);
        Activities.Map(app);
        ResourcePages.Map(app);
        Attachments.Map(app);
        app.MapPost("/avtal/{id:guid}/roller", AcceptRole);
    }

    /// <summary>The page, also when its form has come back.</summary>
    public static async Task<IResult> Show<TPage>(
        Guid id, Filled? form, AgreementsApi agreements, Visitor visitor, CancellationToken cancel) where TPage : IComponent
    {
        var agreement = await agreements.Show(id, cancel);
        return agreement.Problem is { } no ? no.AsPage(visitor)
            : Frame.Page.Of<TPage>(new { Agreement = agreement.Value, Form = form }, form?.Problem?.Status ?? 200);
    }

    /// <summary>Back to the page, which says what was done; or the form once more, with what was wrong.</summary>
    public static Task<IResult> After<TPage>(
        Answer<object> answer, Guid id, string page, string done, Filled form, AgreementsApi agreements, Visitor visitor,
            CancellationToken cancel) where TPage : IComponent =>
        answer.Problem is { } no
            ? no.IsSignedOut ? Task.FromResult(no.AsPage(visitor)) : Show<TPage>(id, form.With(no), agreements, visitor, cancel)
            : Task.FromResult(Frame.Page.Done($"/avtal/{id}/{page}", done));

    private static void Page<TPage>(WebApplication app, string page) where TPage : IComponent => app.MapGet(
        $"/avtal/{{id:guid}}/{page}", (Guid id, AgreementsApi agreements, Visitor visitor, CancellationToken cancel) =>
            Show<TPage>(id, null, agreements, visitor, cancel));

    private static async Task<IResult> AcceptRole(
        Guid id, Filled form, PartsApi api, AgreementsApi agreements, Visitor visitor, CancellationToken cancel)
    {
        var answer = await api.Act(id, "sections/roles/acceptances", new { partyId = form.Text("partyId") }, form.Tag, cancel);
        return answer.Problem is { } no ? no.AsPage(visitor) : Frame.Page.Done($"/avtal/{id}/avsnitt/roles", "role-accepted");
    }
}
