using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Texts;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Drafting;

/// <summary>The parties set a goal (mål, delmål, lärandemål) as a thing of its own, beside the section's words.</summary>
internal static class SetGoal
{
    public sealed record Request(GoalKind Kind, string Text, Guid? PartOf = null, Guid? PartyId = null);

    public sealed record Rewording(string Text);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/agreements/{id:guid}/goals", Handle).WithName(nameof(SetGoal)).Creates();
        api.MapGet("/agreements/{id:guid}/goals/{goalId:guid}", Show).WithName("ShowGoal");
        api.MapPut("/agreements/{id:guid}/goals/{goalId:guid}", Reword).WithName("RewordGoal");
        api.MapDelete("/agreements/{id:guid}/goals/{goalId:guid}", Remove).WithName("RemoveGoal");
    }

    internal static async Task<Answer<GoalView>> Handle(
        Guid id, Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.AgreementForWriting(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (new Fields().Text("text", request.Text, Goal.TextMax).Refusal is { } malformed) return malformed;
        var party = await PartyOf(db, agreement.Id, request.PartyId, cancel);
        if (request.PartyId is not null && party is null) return AgreementRefusals.UnknownParty;
        var present = await db.Goals.Where(goal => goal.AgreementId == agreement.Id).ToListAsync(cancel);
        GoalId? partOf = request.PartOf is { } whole ? new GoalId(whole) : null;
        if (Goal.Set(new GoalId(Guid.CreateVersion7(clock.GetUtcNow())), agreement, request.Kind, partOf, party,
            request.Text.Trim(),
            present, out var goal) is { } refusal) return refusal;
        db.Add(goal);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/agreements/v1/agreements/{id}/goals/{goal.Id.Value}", GoalView.Of(goal), goal.Version);
    }

    internal static async Task<Answer<GoalView>> Reword(
        Guid id, Guid goalId, Rewording request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        if (await db.AgreementForWriting(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (await Find(db, id, goalId, cancel) is not { } goal) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (ifMatch.Misses(goal.Version) is { } stale) return stale;
        if (new Fields().Text("text", request.Text, Goal.TextMax).Refusal is { } malformed) return malformed;
        if (agreement.IsFixed is { } refusal) return refusal;
        goal.Reword(request.Text.Trim());
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(GoalView.Of(goal), goal.Version);
    }

    internal static async Task<Answer<ListOfGoals>> Remove(
        Guid id, Guid goalId, IfMatch ifMatch, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        if (await db.AgreementForWriting(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (await Find(db, id, goalId, cancel) is not { } goal) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (ifMatch.Misses(goal.Version) is { } stale) return stale;
        if (agreement.IsFixed is { } refusal) return refusal;
        if (await db.Goals.AnyAsync(part => part.PartOf == goal.Id, cancel)) return GoalRefusals.HasParts;
        db.Remove(goal);
        await db.SaveChangesAsync(cancel);
        var left = await db.Goals.Where(other => other.AgreementId == agreement.Id).OrderBy(other => other.Id)
            .ToListAsync(cancel);
        return new ListOfGoals([.. left.Select(GoalView.Of)]);
    }

    internal static async Task<Answer<GoalView>> Show(Guid id, Guid goalId, AgreementsDb db, CancellationToken cancel) =>
        await Find(db, id, goalId, cancel) is { } goal ? Answers.Ok(GoalView.Of(goal), goal.Version) : Refusal.NotFound;

    public sealed record ListOfGoals(IReadOnlyList<GoalView> Items);

    private static Task<Goal?> Find(AgreementsDb db, Guid agreement, Guid goal, CancellationToken cancel)
    {
        var (where, which) = (new AgreementId(agreement), new GoalId(goal));
        return db.Goals.SingleOrDefaultAsync(known => known.AgreementId == where && known.Id == which, cancel);
    }

    private static async Task<PartyId?> PartyOf(AgreementsDb db, AgreementId agreement, Guid? wanted, CancellationToken cancel)
    {
        if (wanted is not { } guid) return null;
        var party = new PartyId(guid);
        return await db.AgreementParties.AnyAsync(link =>
            link.AgreementId == agreement && link.PartyId == party && link.InText, cancel)
            ? party : null;
    }
}
