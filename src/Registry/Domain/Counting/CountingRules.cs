using Iop.Kernel;

namespace Iop.Registry.Domain.Counting;

/// <summary>The register's figures as of a day, by the counting rules: a partnership once, a legal person once, shares over what
/// is known. What is known today of that day, not what was known then.</summary>
public static class CountingRules
{
    public const int FirstYear = 2010;
    public const int RankedMax = 400;

    public static IReadOnlyList<Figure> Figures(
        IEnumerable<CountedEntry> entries, DateOnly day, IReadOnlyList<Inhabitants> inhabitants, PublicBodies bodies)
    {
        var known = entries.ToList();
        var all = Partnership.AsOf(known, day);
        var people = inhabitants.Where(one => one.Year <= day.Year).GroupBy(one => one.PlaceCode, StringComparer.Ordinal)
            .ToDictionary(place => place.Key, place => place.MaxBy(one => one.Year)!.Count, StringComparer.Ordinal);
        return
        [
            Basic.States(all), Basic.PerYear(all, known, day), Bodies.HavingOne(all, bodies), Bodies.Split(all),
            Bodies.Municipalities(all, people), Bodies.FiveLargest(all, people), Bodies.Regions(all, people),
            Bodies.Federations(all), Contents.AreaByBody(all), Contents.AreaByAge(all), Contents.Areas(all),
            Contents.LengthBy("length-by-area", all, one => one.Area),
            Contents.LengthBy("length-by-age", all, one => one.TargetAge),
            Contents.RenewedBy("renewed-by-length", all, one => one.Length),
            Contents.RenewedBy("renewed-by-area", all, one => one.Area),
            Contents.RenewedBy("renewed-by-age", all, one => one.TargetAge), Contents.PartyCounts(all), Contents.Resources(all),
            Users.FirstAndRepeat(all, day),
        ];
    }
}

/// <summary>How many public bodies there are, for "so many of all".</summary>
public sealed record PublicBodies(int Municipalities, int Regions);

internal static class Basic
{
    /// <summary>How many there are in each state.</summary>
    public static Figure States(IReadOnlyList<Partnership> all) => new("states", all.Count, [],
    [
        .. new[] { EntryStatus.Active, EntryStatus.Presumed, EntryStatus.Ended, EntryStatus.Unknown }.Select(state =>
            new FigureRow(KeyOf(state), "", all.Count(one => one.State == state), all.Count)),
    ]);

    /// <summary>Begun and ended in each year, and active at its end (or on the day itself).</summary>
    public static Figure PerYear(IReadOnlyList<Partnership> all, IEnumerable<CountedEntry> entries, DateOnly day)
    {
        var known = all.Where(one => one.From is not null).ToList();
        var chains = entries.GroupBy(entry => entry.ChainId).Select(chain => chain.Select(entry => entry.Life).ToList()).ToList();
        var rows = from year in Enumerable.Range(CountingRules.FirstYear, Math.Max(0, day.Year - CountingRules.FirstYear + 1))
                   let end = new DateOnly(year, 12, 31) < day ? new DateOnly(year, 12, 31) : day
                   from row in new[]
                   {
                       ("started", known.Count(one => one.From!.Value.Year == year)),
                       ("ended", all.Count(one => one.Ended?.Year == year)),
                       ("active", chains.Count(chain => chain.Exists(life => life.On(end) is EntryStatus.Active))),
                   }
                   select new FigureRow($"{year}", row.Item1, row.Item2);
        return new Figure("per-year", known.Count, Out(("start-unknown", all.Count - known.Count)), [.. rows]);
    }

    public static IReadOnlyList<LeftOut> Out(params (string Why, int Count)[] reasons) =>
        [.. reasons.Where(reason => reason.Count > 0).Select(reason => new LeftOut(reason.Why, reason.Count))];

    public static string KeyOf(EntryStatus state) => state switch
    {
        EntryStatus.Active => "active",
        EntryStatus.Presumed => "presumed",
        EntryStatus.Ended => "ended",
        EntryStatus.Future => "future",
        EntryStatus.Unknown => "unknown",
        _ => throw new InvalidOperationException($"No word for {state}."),
    };
}
