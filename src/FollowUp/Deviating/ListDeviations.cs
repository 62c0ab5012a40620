using Iop.FollowUp.Domain;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Deviating;

/// <summary>The deviations of an agreement's plan, newest first; those that wait for a decision by themselves with
/// <c>state=raised</c>.</summary>
internal static class ListDeviations
{
    public sealed record View(IReadOnlyList<DeviationView> Items);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/plans/{id:guid}/deviations", Handle).WithName(nameof(ListDeviations));

    internal static async Task<Answer<View>> Handle(
        Guid id, string? state, Paging paging, Caller caller, FollowUpDb db, HttpRequest request, CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        if (!await db.Plans.AnyAsync(plan => plan.Id == new PlanId(id), cancel)) return Refusal.NotFound;
        var words = Enum.GetValues<Domain.Deviations.DeviationState>();
        if (state is not null && new Fields().OneOf("state", state, words.Select(DeviationView.Word)).Refusal is { } malformed)
            return malformed;
        Guid? after = Guid.TryParse(paging.After, out var last) ? last : null;
        var found = db.Deviations.FromSql(
            $"SELECT * FROM deviation WHERE plan_id = {id} AND ({after}::uuid IS NULL OR deviation_id < {after}::uuid)");
        if (state is not null)
        {
            var wanted = words.Single(one => DeviationView.Word(one) == state);
            found = found.Where(one => one.State == wanted);
        }
        var page = await found.AsNoTracking().Include(one => one.Lessons).OrderByDescending(one => one.Id).Skip(paging.Skip)
            .Take(paging.Limit + 1).ToListAsync(cancel);
        var shown = page.Take(paging.Limit).ToList();
        var around = await DeviationsContext.Of(db, shown, caller.Organisation, cancel);
        return Answers.Page(new View([.. shown.Select(one => DeviationView.Of(one, around))]),
            page.Count > paging.Limit ? Paging.Next(request, shown[^1].Id.Value.ToString()) : null);
    }
}
