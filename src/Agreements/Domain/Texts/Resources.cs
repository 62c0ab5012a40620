using Iop.Kernel;

namespace Iop.Agreements.Domain.Texts;

/// <summary>Kronor and hours, and how many contributions state neither.</summary>
public sealed record Amounts(Money Value, int Hours, int Unvalued)
{
    public static Amounts None { get; } = new(Money.Zero, 0, 0);

    public Amounts Plus(Amounts other) => new(Value + other.Value, Hours + other.Hours, Unvalued + other.Unvalued);
}

public enum Balance
{
    /// <summary>Too little is stated in kronor to say anything.</summary>
    NotComparable,

    /// <summary>Neither side puts in more than three fifths of what is stated in kronor.</summary>
    Even,
    Uneven,
}

/// <summary>What each party puts in: planned a year, and delivered each year.</summary>
public sealed record PartyResources(PartyId Party, OrganisationKind Side, Amounts PlannedPerYear,
    IReadOnlyList<YearDelivered> Delivered);

/// <param name="Year">The year in which the period ends.</param>
public sealed record YearDelivered(int Year, Amounts Amounts);

/// <param name="Percent">Of what is stated in kronor; the sides add up to a hundred. Null when nothing is.</param>
public sealed record SideResources(OrganisationKind Side, Amounts PlannedPerYear, Amounts Delivered, int? Percent);

/// <summary>One funding source named by several parties: the same krona may be counted twice (dubbelfinansiering).</summary>
public sealed record SharedSource(string Source, IReadOnlyList<ContributionId> Contributions);

/// <summary>The parties' resources at a glance. Equal footing does not mean equal sums: what is not stated in kronor is counted
/// and
/// said.</summary>
public sealed record Resources(
    IReadOnlyList<PartyResources> Parties, IReadOnlyList<SideResources> Sides, Balance Balance,
    IReadOnlyList<SharedSource> Shared)
{
    private const int EvenPercentMax = 60;

    // Everybody has a budget of their own: these words name no source.
    private static readonly HashSet<string> NobodysInParticular = new(StringComparer.OrdinalIgnoreCase)
    {
        "budget", "egen budget", "ordinarie budget", "ordinarie verksamhet", "egna medel", "eget kapital", "own budget",
        "own funds",
        "ordinary budget", "gåvor", "gåva", "gifts", "gift", "medlemsavgifter", "membership fees", "ideellt", "volunteers",
    };

    public static Resources Of(
        IReadOnlyList<Party> parties, IReadOnlyCollection<Contribution> planned, IReadOnlyCollection<Delivery> deliveries)
    {
        var counting = Delivery.ThatCount(deliveries);
        var byParty = parties.Select(party => new PartyResources(
            party.Id, party.Kind, Sum(planned.Where(offer => offer.PartyId == party.Id).Select(AmountsOf)),
            [.. counting.Where(delivery => delivery.PartyId == party.Id).GroupBy(delivery => delivery.ToOn.Year)
                .OrderBy(year => year.Key).Select(year => new YearDelivered(year.Key, Sum(year.Select(AmountsOf))))])).ToList();
        var sides = byParty.GroupBy(party => party.Side).OrderBy(side => side.Key).ToList();
        var percents = Percents([.. sides.Select(side => Sum(side.Select(party => party.PlannedPerYear)).Value.Minor)]);
        var bySide = sides.Select((side, index) => new SideResources(
            side.Key, Sum(side.Select(party => party.PlannedPerYear)),
            Sum(side.SelectMany(party => party.Delivered).Select(year => year.Amounts)), percents?[index])).ToList();
        return new Resources(byParty, bySide, BalanceOf(bySide), [.. SharedSources(planned)]);
    }

    private static Amounts AmountsOf(Contribution offer) => new(
        Money.Ore(offer.OrePerYear ?? 0), offer.HoursPerYear ?? 0, offer.OrePerYear is null && offer.HoursPerYear is null
            ? 1 : 0);

    private static Amounts AmountsOf(Delivery delivery) => new(
        Money.Ore(delivery.Ore ?? 0), delivery.Hours ?? 0, delivery.Ore is null && delivery.Hours is null ? 1 : 0);

    private static Amounts Sum(IEnumerable<Amounts> amounts) => amounts.Aggregate(Amounts.None, (sum, one) => sum.Plus(one));

    /// <summary>Whole per cent that add up to a hundred: the rest goes to the largest remainders.</summary>
    private static int[]? Percents(long[] values)
    {
        var sum = values.Aggregate(0m, (total, value) => total + value);
        if (sum == 0) return null;
        var exact = values.Select(value => value * 100m / sum).ToArray();
        var whole = exact.Select(value => (int)decimal.Floor(value)).ToArray();
        foreach (var index in Enumerable.Range(0, values.Length).OrderByDescending(index => exact[index] - whole[index])
            .Take(100 - whole.Sum()).ToList()) whole[index]++;
        return whole;
    }

    private static Balance BalanceOf(List<SideResources> sides)
    {
        var (one, other) = (PercentOf(sides, OrganisationKind.Public), PercentOf(sides, OrganisationKind.IdeaDriven));
        if (one is not > 0 || other is not > 0) return Balance.NotComparable;
        return Math.Max(one.Value, other.Value) <= EvenPercentMax ? Balance.Even : Balance.Uneven;
    }

    private static int? PercentOf(List<SideResources> sides, OrganisationKind kind) =>
        sides.FirstOrDefault(side => side.Side == kind)?.Percent;

    private static IEnumerable<SharedSource> SharedSources(IEnumerable<Contribution> planned) => planned
        .Where(offer => offer.FundingSource is { } source && !NobodysInParticular.Contains(Plain(source)))
        .GroupBy(offer => Plain(offer.FundingSource!), StringComparer.OrdinalIgnoreCase)
        .Where(source => source.Select(offer => offer.PartyId).Distinct().Count() > 1)
        .OrderBy(source => source.Key, StringComparer.OrdinalIgnoreCase)
        .Select(source => new SharedSource(
            source.OrderBy(offer => offer.Id.Value).First().FundingSource!.Trim(),
            [.. source.OrderBy(offer => offer.Id.Value).Select(offer => offer.Id)]));

    private static string Plain(string source) =>
        string.Join(' ', source.Trim().TrimEnd('.').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
