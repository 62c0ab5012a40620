using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Parts;

namespace Iop.Web.AgreementParts;

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
