using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Texts;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Drafting;

/// <summary>The draft says what is done (insats, verksamhet), who takes part, and which one legal person books the
/// cost.</summary>
internal static class PlanActivity
{
    public sealed record Request(
        string Name, Guid BookedBy, IReadOnlyList<Guid> PartyIds, string? Description = null, DateOnly? FromOn = null,
        DateOnly? ToOn = null, string? TargetGroup = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/agreements/{id:guid}/activities", Handle).WithName(nameof(PlanActivity)).Creates();
        api.MapGet("/agreements/{id:guid}/activities/{activityId:guid}", Show).WithName("ShowActivity");
        api.MapPut("/agreements/{id:guid}/activities/{activityId:guid}", Replan).WithName("ReplanActivity");
        api.MapDelete("/agreements/{id:guid}/activities/{activityId:guid}", Remove).WithName("RemoveActivity");
    }

    internal static async Task<Answer<ActivityView>> Handle(
        Guid id, Request request, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.AgreementForWriting(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (Read(request, out var terms) is { } malformed) return malformed;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        var activityId = new ActivityId(Guid.CreateVersion7(clock.GetUtcNow()));
        if (Activity.Plan(activityId, agreement, file.Parties, terms, file.Parts.Activities.Count,
            out var activity) is { } refusal)
            return refusal;
        db.Add(activity);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/agreements/v1/agreements/{id}/activities/{activity.Id.Value}",
            ActivityView.Of(activity, file, viewer), activity.Version);
    }

    internal static async Task<Answer<ActivityView>> Replan(
        Guid id, Guid activityId, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues,
            CancellationToken cancel)
    {
        if (await db.AgreementForWriting(id, cancel) is not { } agreement) return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (file.Parts.Activities.SingleOrDefault(known => known.Id.Value == activityId) is not { } activity)
            return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (ifMatch.Misses(activity.Version) is { } stale) return stale;
        if (Read(request, out var terms) is { } malformed) return malformed;
        if (activity.Change(agreement, file.Parties, terms) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(ActivityView.Of(activity, file, viewer), activity.Version);
    }

    internal static async Task<Answer<ListOfActivities>> Remove(
        Guid id, Guid activityId, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues,
        CancellationToken cancel)
    {
        if (await db.AgreementForWriting(id, cancel) is not { } agreement) return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        if (file.Parts.Activities.SingleOrDefault(known => known.Id.Value == activityId) is not { } activity)
            return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (ifMatch.Misses(activity.Version) is { } stale) return stale;
        if (agreement.IsFixed is { } refusal) return refusal;
        db.Remove(activity);
        await db.SaveChangesAsync(cancel);
        return new ListOfActivities([.. file.Parts.Activities.Where(other => other != activity)
            .Select(other => ActivityView.Of(other, file, viewer))]);
    }

    internal static async Task<Answer<ActivityView>> Show(
        Guid id, Guid activityId, Viewer viewer, AgreementsDb db, Catalogues catalogues, CancellationToken cancel)
    {
        if (await db.Agreements.FindAsync([new AgreementId(id)], cancel) is not { } agreement) return Refusal.NotFound;
        var file = await AgreementFile.Of(db, catalogues, agreement, cancel);
        return file.Parts.Activities.SingleOrDefault(known => known.Id.Value == activityId) is { } activity
            ? Answers.Ok(ActivityView.Of(activity, file, viewer), activity.Version) : Refusal.NotFound;
    }

    public sealed record ListOfActivities(IReadOnlyList<ActivityView> Items);

    private static Refusal? Read(Request request, out Activity.Terms terms)
    {
        terms = new Activity.Terms(
            request.Name?.Trim() ?? "", Blank(request.Description), new OrganisationRef(request.BookedBy),
            [.. (request.PartyIds ?? []).Select(party => new PartyId(party))], request.FromOn, request.ToOn,
            Blank(request.TargetGroup));
        return new Fields().Text("name", request.Name, Activity.NameMax)
            .OptionalText("description", request.Description, Activity.DescriptionMax)
            .OptionalText("targetGroup", request.TargetGroup, Activity.TargetGroupMax)
            .Count("partyIds", request.PartyIds?.Count, 1, Partnership.PartiesMax)
            .Must("toOn", request.FromOn is null || request.ToOn is null
                || request.ToOn >= request.FromOn, "activity.ends-before-start")
            .Refusal;
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
