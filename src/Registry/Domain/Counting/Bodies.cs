using Iop.Kernel;

namespace Iop.Registry.Domain.Counting;

/// <summary>Whose partnerships they are.</summary>
internal static class Bodies
{
    private static readonly string[] Levels = ["municipal", "regional", "state", "mixed"];

    /// <summary>Bodies that have an active one, and bodies that have or have had one: two measures, never mixed.</summary>
    public static Figure HavingOne(IReadOnlyList<Partnership> all, PublicBodies bodies)
    {
        var active = all.Where(one => one.State is EntryStatus.Active).ToList();
        return new Figure("bodies-with-one", all.Count, [],
        [
            new("municipality", "active", Different(active, one => one.IsMunicipality), bodies.Municipalities),
            new("municipality", "ever", Different(all, one => one.IsMunicipality), bodies.Municipalities),
            new("region", "active", Different(active, one => one.IsRegion), bodies.Regions),
            new("region", "ever", Different(all, one => one.IsRegion), bodies.Regions),
        ]);
    }

    /// <summary>Municipal, regional, state or mixed; a partnership of several kinds of body is mixed.</summary>
    public static Figure Split(IReadOnlyList<Partnership> all)
    {
        var known = all.Where(one => one.Level is not null).ToList();
        return new Figure("split", known.Count, WithoutLevel(all),
            [.. Levels.Select(level =>
                new FigureRow(level, "", known.Count(one => one.Level == level), known.Count))]);
    }

    public static Figure Municipalities(IReadOnlyList<Partnership> all, IReadOnlyDictionary<string, long> people) =>
        Ranked("municipalities", all, one => one.IsMunicipality, people);

    public static Figure Regions(IReadOnlyList<Partnership> all, IReadOnlyDictionary<string, long> people) =>
        Ranked("regions", all, one => one.IsRegion, people);

    /// <summary>What share of all the five municipalities with most inhabitants take part in; each partnership once.</summary>
    public static Figure FiveLargest(IReadOnlyList<Partnership> all, IReadOnlyDictionary<string, long> people)
    {
        var largest = people.Where(place => place.Key.Length == 4).OrderByDescending(place => place.Value)
            .ThenBy(place => place.Key, StringComparer.Ordinal).Take(5).Select(place => place.Key)
            .ToHashSet(StringComparer.Ordinal);
        if (largest.Count < 5) return new Figure("five-largest", 0, Basic.Out(("inhabitants-unknown", all.Count)), []);
        var theirs = all.Count(one => one.Parties.Any(party => party.IsMunicipality && largest.Contains(party.PlaceCode!)));
        return new Figure("five-largest", all.Count, [], [new FigureRow("five-largest", "", theirs, all.Count)]);
    }

    /// <summary>Idea-driven organisations with most, local branches rolled up to their federation.</summary>
    public static Figure Federations(IReadOnlyList<Partnership> all)
    {
        var takingPart = all.Select(one => (one, Theirs: one.Parties.Where(party => party.Kind is OrganisationKind.IdeaDriven)
            .Select(party => (party.Federation, party.FederationName)).DistinctBy(pair => pair.Federation, StringComparer.Ordinal)
            .ToList())).ToList();
        var known = takingPart.Count(pair => pair.Theirs.Count > 0);
        var rows = takingPart.SelectMany(pair =>
            pair.Theirs.Select(theirs => (pair.one, theirs.Federation, theirs.FederationName)))
            .GroupBy(pair => pair.Federation, StringComparer.Ordinal)
            .SelectMany(group => Pair(group.Key, [.. group.Select(pair => pair.one)], null,
                group.Select(pair => pair.FederationName).Min(StringComparer.Ordinal)));
        return new Figure("federations", known, Basic.Out(("no-idea-driven-party", all.Count - known)), Top(rows));
    }

    private static Figure Ranked(
        string code, IReadOnlyList<Partnership> all, Func<CountedParty, bool> which, IReadOnlyDictionary<string, long> people)
    {
        var rows = all.SelectMany(one =>
            one.Parties.Where(which).Select(party => party.PlaceCode!).Distinct(StringComparer.Ordinal)
                .Select(place => (one, place)))
            .GroupBy(pair => pair.place, StringComparer.Ordinal)
            .SelectMany(group => Pair(group.Key, [.. group.Select(pair => pair.one)],
                people.TryGetValue(group.Key, out var living) && living > 0 ? living : null, null));
        return new Figure(code, all.Count(one => one.Parties.Any(which)), [], Top(rows));
    }

    private static IEnumerable<FigureRow> Pair(string key, IReadOnlyList<Partnership> its, long? people, string? name)
    {
        var active = its.Count(one => one.State is EntryStatus.Active);
        yield return new FigureRow(key, "ever", its.Count, null, PerHundredThousand(its.Count, people), name);
        yield return new FigureRow(key, "active", active, null, PerHundredThousand(active, people), name);
    }

    private static decimal? PerHundredThousand(int count, long? people) =>
        people is { } living ? decimal.Round(count * 100_000m / living, 2, MidpointRounding.AwayFromZero) : null;

    private static IReadOnlyList<FigureRow> Top(IEnumerable<FigureRow> rows) =>
    [
        .. rows.GroupBy(row => row.Key, StringComparer.Ordinal).OrderByDescending(pair => pair.Max(row => row.Count))
            .ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(CountingRules.RankedMax).SelectMany(pair => pair),
    ];

    public static IReadOnlyList<LeftOut> WithoutLevel(IReadOnlyList<Partnership> all) => Basic.Out(
        ("no-public-party", all.Count(one => one.Levels.Count == 0)),
        ("level-unknown", all.Count(one => one.Levels.Count > 0 && one.Level is null)));

    private static int Different(IReadOnlyList<Partnership> among, Func<CountedParty, bool> which) =>
        among.SelectMany(one => one.Parties).Where(which).Select(party => party.PlaceCode).Distinct(StringComparer.Ordinal)
            .Count();
}

/// <summary>Whether those who make a partnership have made one before.</summary>
internal static class Users
{
    /// <summary>For each year: municipalities and regions whose first one began then, and those that began one more.</summary>
    public static Figure FirstAndRepeat(IReadOnlyList<Partnership> all, DateOnly day)
    {
        var known = all.Where(one => one.From is not null && one.Public.Any(IsCounted)).ToList();
        var starts = known.SelectMany(one =>
            one.Public.Where(IsCounted).Select(party => $"{party.Body}:{party.PlaceCode}").Distinct(StringComparer.Ordinal)
            .Select(body => (Body: body, one.From!.Value.Year))).ToList();
        var first = starts.GroupBy(start => start.Body, StringComparer.Ordinal)
            .ToDictionary(body => body.Key, body => body.Min(start => start.Year), StringComparer.Ordinal);
        var rows = from year in Enumerable.Range(CountingRules.FirstYear, Math.Max(0, day.Year - CountingRules.FirstYear + 1))
                   let bodies = starts.Where(start => start.Year == year).Select(start => start.Body)
                       .Distinct(StringComparer.Ordinal).ToList()
                   from row in new[]
                   {
                       ("first", bodies.Count(body => first[body] == year)), ("repeat", bodies.Count(body => first[body] < year)),
                   }
                   select new FigureRow($"{year}", row.Item1, row.Item2, bodies.Count);
        return new Figure("first-and-repeat", known.Count, Basic.Out(
            ("start-unknown", all.Count(one => one.From is null)),
            ("no-municipality-or-region", all.Count(one => one.From is not null && !one.Public.Any(IsCounted)))), [.. rows]);
    }

    private static bool IsCounted(CountedParty party) => party.IsMunicipality || party.IsRegion;
}
