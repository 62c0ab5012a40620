namespace Iop.Registry.Domain.Counting;

/// <summary>What they are about, how long they run, how large they are.</summary>
internal static class Contents
{
    private static readonly (string Key, long From, long To)[] Bands =
    [
        ("under-100k", 0, 100_000), ("100k-500k", 100_000, 500_000), ("500k-1m", 500_000, 1_000_000),
        ("1m-5m", 1_000_000, 5_000_000), ("5m-and-more", 5_000_000, long.MaxValue / 100),
    ];

    private static readonly int[] FewParties = [2, 3, 4];

    public static Figure Areas(IReadOnlyList<Partnership> all)
    {
        var known = all.Where(one => one.Area is not null).ToList();
        return new Figure("areas", known.Count, Basic.Out(("area-unknown", all.Count - known.Count)),
            [.. InterventionArea.All.Select(area => new FigureRow(area, "", known.Count(one => one.Area == area), known.Count))]);
    }

    /// <summary>What share of each kind of body's partnerships is in each area.</summary>
    public static Figure AreaByBody(IReadOnlyList<Partnership> all)
    {
        var known = all.Where(one => one.Area is not null && one.Level is not null).ToList();
        return new Figure("area-by-body", known.Count, Basic.Out(
                ("area-unknown", all.Count(one => one.Area is null)),
                ("level-unknown", all.Count(one => one.Area is not null && one.Level is null))),
            Crossed(known, ["municipal", "regional", "state", "mixed"], one =>
                one.Level!, InterventionArea.All, one => one.Area!));
    }

    public static Figure AreaByAge(IReadOnlyList<Partnership> all)
    {
        var known = all.Where(one => one.Area is not null && one.TargetAge is not null).ToList();
        return new Figure("area-by-age", known.Count, Basic.Out(
                ("area-unknown", all.Count(one => one.Area is null)),
                ("age-unknown", all.Count(one => one.Area is not null && one.TargetAge is null))),
            Crossed(known, InterventionArea.Ages, one => one.TargetAge!, InterventionArea.All, one => one.Area!));
    }

    public static Figure LengthBy(string code, IReadOnlyList<Partnership> all, Func<Partnership, string?> group)
    {
        var known = all.Where(one => one.Length is not null && group(one) is not null).ToList();
        var groups = known.Select(one => group(one)!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new Figure(code, known.Count, Basic.Out(
                ("length-unknown", all.Count(one => one.Length is null)),
                ("group-unknown", all.Count(one => one.Length is not null && group(one) is null))),
            Crossed(known, [.. groups], one => group(one)!, Lengths.All, one => one.Length!));
    }

    /// <summary>What share has been renewed at least once, of those of which it is known.</summary>
    public static Figure RenewedBy(string code, IReadOnlyList<Partnership> all, Func<Partnership, string?> group)
    {
        var known = all.Where(one => one.AreRenewalsKnown && group(one) is not null).ToList();
        var rows = known.GroupBy(one => group(one)!, StringComparer.Ordinal).OrderBy(some => some.Key, StringComparer.Ordinal)
            .Select(some => new FigureRow(some.Key, "", some.Count(one => one.Renewals > 0), some.Count()));
        return new Figure(code, known.Count, Basic.Out(
            ("renewals-unknown", all.Count(one => !one.AreRenewalsKnown)),
            ("group-unknown", all.Count(one => one.AreRenewalsKnown && group(one) is null))), [.. rows]);
    }

    /// <summary>How many legal persons take part.</summary>
    public static Figure PartyCounts(IReadOnlyList<Partnership> all)
    {
        var known = all.Where(one => one.Parties.Count > 1).ToList();
        return new Figure("parties", known.Count, Basic.Out(("parties-incomplete", all.Count - known.Count)),
        [
            .. FewParties.Select(number =>
                new FigureRow($"{number}", "", known.Count(one => one.Parties.Count == number), known.Count)),
            new FigureRow("5-and-more", "", known.Count(one => one.Parties.Count > 4), known.Count),
            new FigureRow("median", "", known.Count, null, Median([.. known.Select(one => (decimal)one.Parties.Count)])),
        ]);
    }

    /// <summary>The public side's money a year, in kronor.</summary>
    public static Figure Resources(IReadOnlyList<Partnership> all)
    {
        var known = all.Where(one => one.OrePerYear is not null).ToList();
        return new Figure("resources", known.Count, Basic.Out(("not-stated", all.Count - known.Count)),
        [
            .. Bands.Select(band => new FigureRow(band.Key, "",
                known.Count(one => one.OrePerYear >= band.From * 100 && one.OrePerYear < band.To * 100), known.Count)),
            new FigureRow("median", "", known.Count, null, Median([.. known.Select(one => one.OrePerYear!.Value / 100m)])),
        ]);
    }

    private static IReadOnlyList<FigureRow> Crossed(
        IReadOnlyList<Partnership> known, IReadOnlyList<string> groups, Func<Partnership, string> group,
        IReadOnlyList<string> parts,
        Func<Partnership, string> part)
    {
        var rows = new List<FigureRow>();
        foreach (var key in groups)
        {
            var its = known.Where(one => group(one) == key).ToList();
            if (its.Count > 0) rows.AddRange(parts.Select(name =>
                new FigureRow(key, name, its.Count(one => part(one) == name), its.Count)));
        }
        return rows;
    }

    /// <summary>The middle one, or halfway between the two in the middle.</summary>
    private static decimal? Median(IReadOnlyList<decimal> values)
    {
        if (values.Count == 0) return null;
        var (sorted, half) = (values.Order().ToList(), values.Count / 2);
        return values.Count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
