using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Closing;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Plans;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Closing;

/// <summary>The parties plan what becomes of each activity (utträdesplan): who takes over, when, and what happens with the
/// people.</summary>
internal static class PlanExit
{
    /// <param name="Activity">What it is called; taken from the agreement when ActivityId says which it is.</param>
    public sealed record Request(
        string? Activity = null, Guid? ActivityId = null, string? TakesOver = null, DateOnly? HandsOverOn = null,
        string? People = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/agreements/{id:guid}/closing/exit-steps", Handle).WithName(nameof(PlanExit)).Creates();
        api.MapPut("/agreements/{id:guid}/closing/exit-steps/{stepId:guid}", Change).WithName("ChangeExit");
        api.MapDelete("/agreements/{id:guid}/closing/exit-steps/{stepId:guid}", Remove).WithName("RemoveExit");
        api.MapGet("/agreements/{id:guid}/closing/exit-steps/{stepId:guid}", Show).WithName("ShowExit");
    }

    internal static async Task<Answer<ExitStepView>> Handle(
        Guid id, Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.AgreementForUpdate(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (Look(request) is { } malformed) return malformed;
        var living = await Living.Of(db, agreement, cancel);
        if (living.ActingFor(viewer).Count == 0) return PartnershipRefusals.NotAParty;
        if (Closings.Refusal(agreement.State) is { } tooEarly) return tooEarly;
        if (request.ActivityId is { } of && !living.Activities.ContainsKey(of)) return ClosingRefusals.UnknownActivity;
        var present = await db.ExitSteps.Where(step => step.AgreementId == agreement.Id).ToListAsync(cancel);
        if (ExitStep.NoRoomBeside(present, request.ActivityId) is { } full) return full;
        var step = ExitStep.For(Guid.CreateVersion7(clock.GetUtcNow()), agreement, request.ActivityId);
        Take(request, step, living);
        db.Add(step);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/agreements/v1/agreements/{id}/closing/exit-steps/{step.Id}", ExitStepView.Of(step),
            step.Version);
    }

    internal static async Task<Answer<ExitStepView>> Change(
        Guid id, Guid stepId, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var (agreement, found) = await Find(id, stepId, db, cancel);
        if (found is not { } step) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement!.Id, cancel) is { } outside) return outside;
        if (ifMatch.Misses(step.Version) is { } stale) return stale;
        if (Look(request with { ActivityId = step.ActivityId }) is { } malformed) return malformed;
        var living = await Living.Of(db, agreement!, cancel);
        if (living.ActingFor(viewer).Count == 0) return PartnershipRefusals.NotAParty;
        if (Closings.Refusal(agreement!.State) is { } tooEarly) return tooEarly;
        Take(request, step, living);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(ExitStepView.Of(step), step.Version);
    }

    internal static async Task<Answer<ClosingView>> Remove(
        Guid id, Guid stepId, IfMatch ifMatch, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var (agreement, found) = await Find(id, stepId, db, cancel);
        if (found is not { } step) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement!.Id, cancel) is { } outside) return outside;
        if (ifMatch.Misses(step.Version) is { } stale) return stale;
        var living = await Living.Of(db, agreement!, cancel);
        if (living.ActingFor(viewer).Count == 0) return PartnershipRefusals.NotAParty;
        db.Remove(step);
        await db.SaveChangesAsync(cancel);
        var view = await ClosingView.Of(db, living, viewer, cancel);
        return Answers.Ok(view, view.Report.ReportTag);
    }

    internal static async Task<Answer<ExitStepView>> Show(Guid id, Guid stepId, AgreementsDb db, CancellationToken cancel)
    {
        var (_, found) = await Find(id, stepId, db, cancel);
        return found is { } step ? Answers.Ok(ExitStepView.Of(step), step.Version) : Refusal.NotFound;
    }

    private static async Task<(Agreement? Agreement, ExitStep? Step)> Find(
        Guid id, Guid stepId, AgreementsDb db, CancellationToken cancel)
    {
        if (await db.AgreementForWriting(id, cancel) is not { } agreement) return (null, null);
        var step = await db.ExitSteps.SingleOrDefaultAsync(
            known => known.Id == stepId && known.AgreementId == agreement.Id, cancel);
        return (agreement, step);
    }

    private static void Take(Request request, ExitStep step, Living living) => step.Plan(
        step.ActivityId is { } activity ? living.Activities.GetValueOrDefault(activity, step.Activity) : request.Activity!.Trim(),
        PlanRequest.Blank(request.TakesOver), request.HandsOverOn, PlanRequest.Blank(request.People));

    private static Refusal? Look(Request request)
    {
        var fields = new Fields().OptionalText("takesOver", request.TakesOver, ExitStep.TakesOverMax)
            .OptionalText("people", request.People, ExitStep.PeopleMax)
            .Between("handsOverOn", request.HandsOverOn?.Year ?? DecisionRequest.YearMin, DecisionRequest.YearMin,
                DecisionRequest.YearMax);
        return (request.ActivityId is null ? fields.Text("activity", request.Activity, ExitStep.ActivityMax) : fields).Refusal;
    }
}
