using System.Globalization;
using Iop.Kernel;

namespace Iop.Agreements.Domain.Plans;

public enum ItemChangeKind
{
    Added,
    Removed,
    Changed,
}

/// <summary>What a field said before and says after.</summary>
/// <param name="Field">title, period, what, parties, others, activity, when, target or cost.</param>
public sealed record FieldChange(string Field, string? Before, string? After);

public sealed record ItemChange(Guid Item, ItemChangeKind Kind, IReadOnlyList<FieldChange> Fields);

/// <summary>What has changed between two versions of a plan: items by their identity, field by field.</summary>
public sealed record PlanComparison(IReadOnlyList<FieldChange> Plan, IReadOnlyList<ItemChange> Items)
{
    /// <param name="called">What a party is called.</param>
    public static PlanComparison Of(PlanText before, PlanText after, Func<PartyId, string> called)
    {
        var (old, now) = (before.Items.ToDictionary(item => item.Id), after.Items.ToDictionary(item => item.Id));
        return new PlanComparison(
            Differing([("title", before.Title, after.Title), ("period", Days(before.StartsOn, before.EndsOn),
                Days(after.StartsOn, after.EndsOn))]),
            [
                .. after.Items.Select(item => Of(old.GetValueOrDefault(item.Id), item, called)).OfType<ItemChange>(),
                .. before.Items.Where(item => !now.ContainsKey(item.Id)).Select(item => Of(item, null, called))
                    .OfType<ItemChange>(),
            ]);
    }

    private static ItemChange? Of(PlanText.Item? before, PlanText.Item? after, Func<PartyId, string> called)
    {
        var fields = Differing([.. Fields(before, called).Zip(Fields(after, called),
            (was, becomes) => (was.Field, was.Said, becomes.Said))]);
        var kind = before is null ? ItemChangeKind.Added : after is null ? ItemChangeKind.Removed : ItemChangeKind.Changed;
        return fields.Count == 0 ? null : new ItemChange((after ?? before!).Id, kind, fields);
    }

    private static IEnumerable<(string Field, string? Said)> Fields(PlanText.Item? item, Func<PartyId, string> called) =>
    [
        ("what", item?.What),
        ("parties", item is null || item.Parties.Count == 0
            ? null
            : string.Join(", ", item.Parties.Select(called).Order(StringComparer.Ordinal))),
        ("others", item?.Others),
        ("activity", item?.ActivityId?.ToString()),
        ("when", item is null ? null : Days(item.StartsOn, item.EndsOn)),
        ("target", item?.Target),
        ("cost", item?.Cost?.ToDecimalString()),
    ];

    private static List<FieldChange> Differing(IEnumerable<(string Field, string? Before, string? After)> fields) =>
    [
        .. fields.Where(field => field.Before != field.After)
            .Select(field => new FieldChange(field.Field, field.Before, field.After)),
    ];

    private static string? Days(DateOnly? from, DateOnly? to) =>
        from is null && to is null ? null : $"{Day(from)}–{Day(to)}";

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
