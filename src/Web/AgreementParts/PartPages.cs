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
        BodyPages.Map(app);
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

/// <summary>Goals, their parts, and learning goals.</summary>
internal static class Goals
{
    public static void Map(WebApplication app)
    {
        app.MapPost("/avtal/{id:guid}/mal", Add);
        app.MapPost("/avtal/{id:guid}/mal/{goalId:guid}/bort", Remove);
    }

    private static async Task<IResult> Add(
        Guid id, Filled form, PartsApi api, AgreementsApi agreements, Visitor visitor, CancellationToken cancel)
    {
        // "learning:<party>" is a party's own, "partial:<goal>" a part of a whole.
        var kind = (form.Text("kind") ?? "").Split(':', 2);
        var answer = await api.Create(id, "goals", new
        {
            kind = kind[0], text = form.Text("text") ?? "",
            partOf = kind is ["partial", var whole] ? whole : null, partyId = kind is ["learning", var party] ? party : null,
        }, form.Key, cancel);
        return await PartPages.After<GoalsPage>(answer, id, "mal", "part-added", form, agreements, visitor, cancel);
    }

    private static async Task<IResult> Remove(
        Guid id, Guid goalId, Filled form, PartsApi api, AgreementsApi agreements, Visitor visitor, CancellationToken cancel) =>
        await PartPages.After<GoalsPage>(await api.Remove(id, $"goals/{goalId}", form.Tag, cancel), id, "mal", "part-removed",
            form,
            agreements, visitor, cancel);
}

/// <summary>Activities: what is done, by whom, and who books the cost.</summary>
internal static class Activities
{
    public static void Map(WebApplication app)
    {
        app.MapPost("/avtal/{id:guid}/verksamheter", Add);
        app.MapPost("/avtal/{id:guid}/verksamheter/{activityId:guid}", Change);
        app.MapPost("/avtal/{id:guid}/verksamheter/{activityId:guid}/bort", Remove);
    }

    private static async Task<IResult> Add(
        Guid id, Filled form, PartsApi api, AgreementsApi agreements, Visitor visitor, CancellationToken cancel) =>
        await PartPages.After<ActivitiesPage>(await api.Create(id, "activities", Read(form), form.Key, cancel), id,
            "verksamheter",
            "part-added", form, agreements, visitor, cancel);

    private static async Task<IResult> Change(
        Guid id, Guid activityId, Filled form, PartsApi api, AgreementsApi agreements, Visitor visitor,
        CancellationToken cancel) =>
        await PartPages.After<ActivitiesPage>(await api.Change(id, $"activities/{activityId}", Read(form), form.Tag, cancel), id,
            "verksamheter", "part-changed", form, agreements, visitor, cancel);

    private static async Task<IResult> Remove(
        Guid id, Guid activityId, Filled form, PartsApi api, AgreementsApi agreements, Visitor visitor,
        CancellationToken cancel) =>
        await PartPages.After<ActivitiesPage>(await api.Remove(id, $"activities/{activityId}", form.Tag, cancel), id,
            "verksamheter",
            "part-removed", form, agreements, visitor, cancel);

    private static object Read(Filled form) => new
    {
        name = form.Text("name") ?? "", description = form.Text("description"), bookedBy = form.Text("bookedBy"),
        partyIds = form.All("partyIds"), fromOn = form.Text("fromOn"), toOn = form.Text("toOn"),
        targetGroup = form.Text("targetGroup"),
    };
}

/// <summary>Attachments: the file comes as a form, and goes on as it is.</summary>
internal static class Attachments
{
    private const long BytesMax = 10 * 1024 * 1024;

    public static void Map(WebApplication app)
    {
        app.MapPost("/avtal/{id:guid}/bilagor", Add);
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

    private static async Task<IResult> Remove(
        Guid id, Guid attachmentId, Filled form, PartsApi api, AgreementsApi agreements, Visitor visitor,
        CancellationToken cancel) =>
        await PartPages.After<AttachmentsPage>(await api.Remove(id, $"attachments/{attachmentId}", form.Tag, cancel), id,
            "bilagor",
            "part-removed", form, agreements, visitor, cancel);

    private static Answer<object> Failed(string why) => new(System.Net.HttpStatusCode.BadRequest, null, null,
        new Problem(StatusCodes.Status400BadRequest, null, why, null, [new WrongField("file", null, why)]));
}
