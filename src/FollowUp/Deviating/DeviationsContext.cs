using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Deviations;
using Iop.FollowUp.Domain.Indicators;
using Iop.FollowUp.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Deviating;

/// <summary>What deviations name without holding it: the agreement, the indicator, the parties; read at once for all of
/// them.</summary>
internal sealed class DeviationsContext
{
    private readonly Dictionary<PlanId, Plan> _plans;
    private readonly Dictionary<IndicatorId, string> _indicators;
    private readonly IReadOnlyDictionary<Guid, string> _names;

    private DeviationsContext(Dictionary<PlanId, Plan> plans, Dictionary<IndicatorId, string> indicators,
        IReadOnlyDictionary<Guid, string> names, Guid organisation) =>
        (_plans, _indicators, _names, Organisation) = (plans, indicators, names, organisation);

    /// <summary>For whom it is read.</summary>
    public Guid Organisation { get; }

    public Plan PlanOf(Deviation deviation) => _plans[deviation.Plan];

    public string? IndicatorOf(IndicatorId? indicator) =>
        indicator is { } one ? _indicators.GetValueOrDefault(one) : null;

    public DeviationActView Act(Guid person, Guid organisation, DateTimeOffset at) =>
        new(person, organisation, _names.GetValueOrDefault(organisation, ""), at);

    public static async Task<DeviationsContext> Of(
        FollowUpDb db, IReadOnlyList<Deviation> all, Guid organisation, CancellationToken cancel)
    {
        var plans = all.Select(one => one.Plan).Distinct().ToList();
        var indicators = all.Select(one => one.Indicator).OfType<IndicatorId>().Distinct().ToList();
        return new DeviationsContext(
            await db.Plans.AsNoTracking().Where(plan => plans.Contains(plan.Id))
                .ToDictionaryAsync(plan => plan.Id, cancel),
            await db.Indicators.AsNoTracking().Where(indicator => indicators.Contains(indicator.Id))
                .ToDictionaryAsync(indicator => indicator.Id, indicator => indicator.Name, cancel),
            await db.NamesOf(all.SelectMany(Organisations), cancel), organisation);
    }

    private static IEnumerable<Guid> Organisations(Deviation one) =>
    [
        one.RaisedByOrganisation, one.ClosedByOrganisation ?? one.RaisedByOrganisation,
        .. one.Lessons.Select(lesson => lesson.ByOrganisation),
    ];

    public static async Task<DeviationView> View(
        FollowUpDb db, Deviation deviation, Guid organisation, CancellationToken cancel) =>
        DeviationView.Of(deviation, await Of(db, [deviation], organisation, cancel)) with
        {
            GuestUntil = await db.GuestUntil(deviation.Partnership.Value, cancel),
        };
}
