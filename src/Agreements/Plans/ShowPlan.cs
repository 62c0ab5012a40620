using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Plans;

/// <summary>An agreement's plans; one of them in any of its versions; and what differs between two versions.</summary>
internal static class ShowPlan
{
    public sealed record Line(
        Guid Id, string Title, DateOnly StartsOn, DateOnly EndsOn, int Number, bool AppliesToday, bool LeavesTheFrame);

    /// <param name="Activities">What the agreement lists, for a plan's items to carry out.</param>
    public sealed record ListView(IReadOnlyList<Line> Items, IReadOnlyList<ActivityLine> Activities);

    public sealed record ActivityLine(Guid Id, string Name);

    public sealed record DifferenceView(
        Guid PlanId, int From, int To, IReadOnlyList<DifferenceView.FieldView> Plan,
        IReadOnlyList<DifferenceView.ItemView> Items)
    {
        /// <param name="Name">The field in the caller's language.</param>
        public sealed record FieldView(string Field, string Name, string? Before, string? After);

        public sealed record ItemView(Guid ItemId, ItemChangeKind Kind, string What, IReadOnlyList<FieldView> Fields);
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/agreements/{id:guid}/plans", List).WithName("ListPlans");
        api.MapGet("/agreements/{id:guid}/plans/{planId:guid}", Show).WithName(nameof(ShowPlan));
        api.MapGet("/agreements/{id:guid}/plans/{planId:guid}/difference", Compare).WithName("ComparePlanVersions");
    }

    internal static async Task<Answer<ListView>> List(Guid id, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Agreements.FindAsync([new AgreementId(id)], cancel) is not { } agreement) return Refusal.NotFound;
        var plans = await db.Plans.AsNoTracking().Where(plan => plan.AgreementId == agreement.Id)
            .OrderByDescending(plan => plan.StartsOn).ThenBy(plan => plan.Id).ToListAsync(cancel);
        var versions = await db.PlanVersions.AsNoTracking().Include(version => version.Oversteps)
            .Where(version => version.AgreementId == agreement.Id).ToListAsync(cancel);
        var living = await Living.Of(db, agreement, cancel);
        return new ListView(
            [.. plans.Select(plan => new Line(
                plan.Id.Value, plan.Title, plan.StartsOn, plan.EndsOn, plan.Number, plan.Period.Contains(clock.Today()),
                versions.Single(version => version.PlanId == plan.Id && version.Number == plan.Number).Oversteps.Count > 0))],
            [.. living.Activities.Select(activity => new ActivityLine(activity.Key, activity.Value))]);
    }

    internal static async Task<Answer<PlanView>> Show(
        Guid id, Guid planId, int? version, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        if (await Find(id, planId, db, cancel) is not { } plan) return Refusal.NotFound;
        var agreement = await db.Agreements.FindAsync([plan.AgreementId], cancel);
        var living = await Living.Of(db, agreement!, cancel);
        if (await PlanView.Of(db, living, plan, version, viewer, cancel) is not { } view) return Refusal.NotFound;
        return Answers.Ok(view, plan.Version);
    }

    internal static async Task<Answer<DifferenceView>> Compare(
        Guid id, Guid planId, int? from, int? to, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        if (await Find(id, planId, db, cancel) is not { } plan) return Refusal.NotFound;
        var (later, earlier) = (to ?? plan.Number, from ?? (to ?? plan.Number) - 1);
        var versions = await db.PlanVersions.AsNoTracking().Include(version => version.Items)
            .Where(version => version.PlanId == plan.Id && (version.Number == earlier || version.Number == later))
            .ToDictionaryAsync(version => version.Number, version => version.Text, cancel);
        if (!versions.TryGetValue(earlier, out var before) || !versions.TryGetValue(later, out var after))
            return Refusal.NotFound;
        var living = await Living.Of(db, (await db.Agreements.FindAsync([plan.AgreementId], cancel))!, cancel);
        var comparison = PlanComparison.Of(before, after, living.NameOf);
        return new DifferenceView(
            planId, earlier, later, [.. comparison.Plan.Select(Field)],
            [.. comparison.Items.Select(item => new DifferenceView.ItemView(
                item.Item, item.Kind, after.Items.Concat(before.Items).First(known => known.Id == item.Item).What,
                [.. item.Fields.Select(Field)]))]);

        DifferenceView.FieldView Field(FieldChange change) => new(
            change.Field, viewer.Say($"plan.field.{change.Field}"), change.Before, change.After);
    }

    private static Task<InterventionPlan?> Find(Guid id, Guid planId, AgreementsDb db, CancellationToken cancel)
    {
        var (agreement, plan) = (new AgreementId(id), new PlanId(planId));
        return db.Plans.SingleOrDefaultAsync(known => known.Id == plan && known.AgreementId == agreement, cancel);
    }
}
