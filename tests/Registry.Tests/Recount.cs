using Npgsql;

namespace Iop.Registry.Tests;

/// <summary>Counts the register a second time, straight from its tables and by other code than the service's: what the figures
/// should say on a day. Written from the counting rules, one question at a time.</summary>
internal sealed class Recount
{
    private readonly List<Raw> _rows = [];
    private readonly DateOnly _day;
    private readonly Dictionary<string, long> _people = new(StringComparer.Ordinal);

    private Recount(DateOnly day) => _day = day;

    private sealed record Raw(
        Guid Id, Guid Chain, DateOnly? From, DateOnly? AgreedEnd, bool GoesOn, bool Open, DateOnly? Ended, DateOnly Confirmed,
        bool Here,
        string? Area, string? Age, int? Renewals, long? Ore,
        List<(Guid Legal, string Kind, string? Body, string? Place, string Group)> Who);

    public static async Task<SortedDictionary<string, string>> On(DateOnly day, string connection)
    {
        var recount = new Recount(day);
        await using var source = NpgsqlDataSource.Create(connection);
        await recount.Read(source);
        return recount.Count();
    }

    private async Task Read(NpgsqlDataSource source)
    {
        var byId = new Dictionary<Guid, Raw>();
        await using (var read = await source.CreateCommand("""
            SELECT entry_id, chain_id, coalesce(starts_on, (start_year || '-01-01')::date), coalesce(ends_on, (end_year || '-12-31')::date),
                   open_ended OR auto_renews, open_ended, ended_on, coalesce(last_confirmed_on, published_at::date),
                   provenance = 'signed-here', area, target_age, renewals,
                   (SELECT sum(ore_per_year)::bigint FROM entry_resource r WHERE r.agreement_id = entry_id AND side = 'Public' AND kind = 'money')
            FROM entry WHERE merged_into_entry_id IS NULL
            """).ExecuteReaderAsync())
            while (await read.ReadAsync())
            {
                T? Value<T>(int at) where T : struct => read.IsDBNull(at) ? null : read.GetFieldValue<T>(at);
                string? Words(int at) => read.IsDBNull(at) ? null : read.GetString(at);
                var row = new Raw(read.GetGuid(0), read.GetGuid(1), Value<DateOnly>(2), Value<DateOnly>(3), read.GetBoolean(4),
                    read.GetBoolean(5), Value<DateOnly>(6), read.GetFieldValue<DateOnly>(7), read.GetBoolean(8), Words(9),
                    Words(10),
                    Value<int>(11), Value<long>(12), []);
                byId[row.Id] = row;
            }
        await using (var read = await source.CreateCommand(
            "SELECT agreement_id, organisation_id, kind, body, municipality_code, county_code, federation FROM entry_party")
                .ExecuteReaderAsync())
            while (await read.ReadAsync())
            {
                string? Words(int at) => read.IsDBNull(at) ? null : read.GetString(at);
                var place = Words(3) switch { "municipality" => Words(4), "region" => Words(5), _ => null };
                if (byId.TryGetValue(read.GetGuid(0), out var its))
                    its.Who.Add((read.GetGuid(1), read.GetString(2), Words(3), place, Words(6) ?? read.GetGuid(1).ToString()));
            }
        await using (var read = await source.CreateCommand(
            $"SELECT DISTINCT ON (place_code) place_code, count FROM inhabitants WHERE year <= {_day.Year} ORDER BY place_code, year DESC")
            .ExecuteReaderAsync())
            while (await read.ReadAsync()) _people[read.GetString(0)] = read.GetInt64(1);
        _rows.AddRange(byId.Values);
    }

    private static string State(Raw row, DateOnly day)
    {
        var end = row.Ended ?? (row.GoesOn ? null : row.AgreedEnd);
        if (end is not null && end.Value < day) return "ended";
        if (row.From is null) return "unknown";
        if (row.From.Value > day) return "future";
        var fresh = row.Here || row.Confirmed.AddMonths(13) >= day;
        if (fresh) return "active";
        return end is null && !row.GoesOn ? "unknown" : "presumed";
    }

    private sealed record One(List<Raw> Its, Raw Newest, string State, DateOnly? From, DateOnly? End, int? Renewals, string? Band,
        string? Level)
    {
        public IEnumerable<(Guid Legal, string Kind, string? Body, string? Place, string Group)> Who =>
            Its.SelectMany(row => row.Who);
    }

    private static One Of(List<Raw> its, DateOnly day)
    {
        var newest = its.OrderBy(row => row.From ?? DateOnly.MinValue).ThenBy(row => row.Id).Last();
        var states = its.ConvertAll(row => State(row, day));
        var state = new[] { "active", "presumed", "unknown", "ended" }.First(states.Contains);
        var known = its.Where(row => row.From is not null).Select(row => row.From!.Value).ToList();
        var ends = its.Select(row => row.Ended ?? (row.GoesOn ? null : row.AgreedEnd)).OfType<DateOnly>().ToList();
        int? renewals = its.Count > 1 || newest.Renewals is not null ? its.Sum(row => row.Renewals ?? 0) + its.Count - 1 : null;
        var levels = its.SelectMany(row => row.Who).Where(who => who.Kind == "Public").GroupBy(who => who.Legal)
            .Select(same => same.Select(who => who.Body).FirstOrDefault(body => body is not null)).Select(body => body switch
        {
            null => "?", "municipality" or "municipal-company" => "municipal", "region" or "regional-company" => "regional",
            _ => "state",
        }).ToHashSet(StringComparer.Ordinal);
        var level = levels.Count == 0 || levels.Contains("?") ? null : levels.Count > 1 ? "mixed" : levels.Single();
        return new One(its, newest, state, known.Count == 0 ? null : known.Min(), state == "ended" ? ends.Max() : null, renewals,
            Band(newest), level);
    }

    private static string? Band(Raw row)
    {
        if (row.Open) return "open-ended";
        if (row.From is not { } from || row.AgreedEnd is not { } to) return row.GoesOn ? "open-ended" : null;
        for (var years = 1; years <= 3; years++)
            if (from.AddYears(years).AddDays(-1) > to) return years == 1 ? "under-1" : years == 2 ? "1-2" : "2-3";
        return "3-and-more";
    }

    private SortedDictionary<string, string> Count()
    {
        var said = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var all = _rows.GroupBy(row => row.Chain).Select(chain => chain.Where(row => State(row, _day) != "future").ToList())
            .Where(its => its.Count > 0).Select(its => Of(its, _day)).ToList();
        void Rest(string figure, int count, params (string Why, int Count)[] left) =>
            said[$"{figure}: base"] = count + string.Concat(
            left.Where(one => one.Count > 0).OrderBy(one => one.Why, StringComparer.Ordinal)
                .Select(one => $", {one.Why} {one.Count}"));
        void Row(string figure, string key, string part, int count, int? of = null, decimal? value = null) =>
            said[$"{figure}: {key}/{part}"] = $"{count} of {(of is { } all ? $"{all}" : "-")} = "
                + (value?.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture) ?? "-");

        Rest("states", all.Count);
        foreach (var state in new[] { "active", "presumed", "ended", "unknown" })
            Row("states", state, "", all.Count(one => one.State == state), all.Count);

        var begun = all.Where(one => one.From is not null).ToList();
        Rest("per-year", begun.Count, ("start-unknown", all.Count - begun.Count));
        for (var year = 2010; year <= _day.Year; year++)
        {
            var last = year == _day.Year ? _day : new DateOnly(year, 12, 31);
            Row("per-year", $"{year}", "started", begun.Count(one => one.From!.Value.Year == year));
            Row("per-year", $"{year}", "ended", all.Count(one => one.End?.Year == year));
            Row("per-year", $"{year}", "active",
                _rows.Where(row => State(row, last) == "active").Select(row => row.Chain).Distinct().Count());
        }
        foreach (var (body, number) in new[] { ("municipality", 290), ("region", 21) })
            foreach (var measure in new[] { "active", "ever" })
                Row("bodies-with-one", body, measure,
                    all.Where(one => measure == "ever" || one.State == "active").SelectMany(one => one.Who)
                    .Where(who => who.Body == body).Select(who => who.Place).Distinct().Count(), number);
        Rest("bodies-with-one", all.Count);

        var split = all.Where(one => one.Level is not null).ToList();
        var without = all.Count(one => one.Who.All(who => who.Kind != "Public"));
        Rest("split", split.Count, ("no-public-party", without), ("level-unknown", all.Count - split.Count - without));
        foreach (var level in new[] { "municipal", "regional", "state", "mixed" })
            Row("split", level, "", split.Count(one => one.Level == level), split.Count);

        foreach (var (figure, body) in new[] { ("municipalities", "municipality"), ("regions", "region") })
        {
            Rest(figure, all.Count(one => one.Who.Any(who => who.Body == body)));
            foreach (var place in all.SelectMany(one => one.Who).Where(who => who.Body == body).Select(who => who.Place!)
                .Distinct())
                foreach (var measure in new[] { "ever", "active" })
                {
                    var count = all.Count(one => (measure == "ever" || one.State == "active")
                        && one.Who.Any(who => who.Body == body && who.Place == place));
                    Row(figure, place, measure, count, null, _people.TryGetValue(place, out var living) && living > 0
                        ? Math.Round(count * 100000m / living, 2, MidpointRounding.AwayFromZero) : null);
                }
        }
        CountMore(all, Rest, Row);
        return said;
    }

    private delegate void Base(string figure, int count, params (string Why, int Count)[] left);

    private delegate void Say(string figure, string key, string part, int count, int? of = null, decimal? value = null);

    private void CountMore(List<One> all, Base rest, Say say)
    {
        var theirs = _people.Keys.Where(code => code.Length == 4).OrderBy(code => -_people[code]).Take(5).ToList();
        var has = _people.Keys.Count(code => code.Length == 4) >= 5;
        rest("five-largest", has ? all.Count : 0, has ? [] : [("inhabitants-unknown", all.Count)]);
        if (has) say("five-largest", "five-largest", "",
            all.Count(one => one.Who.Any(who => who.Body == "municipality" && who.Place is { } place && theirs.Contains(place))),
            all.Count, null);

        var ideas = all.Where(one => one.Who.Any(who => who.Kind == "IdeaDriven")).ToList();
        rest("federations", ideas.Count, [("no-idea-driven-party", all.Count - ideas.Count)]);
        foreach (var group in ideas.SelectMany(one => one.Who).Where(who => who.Kind == "IdeaDriven").Select(who => who.Group)
            .Distinct())
            foreach (var measure in new[] { "ever", "active" })
                say("federations", Guid.TryParse(group, out _) ? group : "name:" + group.ToLowerInvariant(), measure,
                    ideas.Count(one => (measure == "ever" || one.State == "active")
                        && one.Who.Any(who => who.Kind == "IdeaDriven" && who.Group == group)), null, null);

        string[] areas = ["safety", "leisure-education", "health", "crime", "labour-integration", "disability", "basic-needs",
            "other"];
        string[] bands = ["under-1", "1-2", "2-3", "3-and-more", "open-ended"];
        var classified = all.Where(one => one.Newest.Area is not null).ToList();
        rest("areas", classified.Count, [("area-unknown", all.Count - classified.Count)]);
        foreach (var area in areas)
            say("areas", area, "", classified.Count(one => one.Newest.Area == area), classified.Count, null);
        Cross("area-by-body", classified, one => one.Level, areas, one => one.Newest.Area!,
            ("area-unknown", all.Count - classified.Count), "level-unknown");
        Cross("area-by-age", classified, one => one.Newest.Age, areas, one => one.Newest.Area!,
            ("area-unknown", all.Count - classified.Count), "age-unknown");
        var measured = all.Where(one => one.Band is not null).ToList();
        Cross("length-by-area", measured, one =>
            one.Newest.Area, bands, one => one.Band!, ("length-unknown", all.Count - measured.Count), "group-unknown");
        Cross("length-by-age", measured, one =>
            one.Newest.Age, bands, one => one.Band!, ("length-unknown", all.Count - measured.Count), "group-unknown");

        var told = all.Where(one => one.Renewals is not null).ToList();
        foreach (var (figure, of) in new (string, Func<One, string?>)[] { ("renewed-by-length", one => one.Band),
            ("renewed-by-area", one => one.Newest.Area), ("renewed-by-age", one => one.Newest.Age) })
        {
            rest(figure, told.Count(one => of(one) is not null),
                [("renewals-unknown", all.Count - told.Count), ("group-unknown", told.Count(one => of(one) is null))]);
            foreach (var key in told.Select(of).OfType<string>().Distinct())
                say(figure, key, "", told.Count(one => of(one) == key && one.Renewals > 0), told.Count(one => of(one) == key),
                    null);
        }
        Sizes(all, rest, say);

        void Cross(string figure, List<One> known, Func<One, string?> group, string[] parts, Func<One, string> part,
            (string, int) left, string why)
        {
            rest(figure, known.Count(one => group(one) is not null), [left, (why, known.Count(one => group(one) is null))]);
            foreach (var key in known.Select(group).OfType<string>().Distinct())
                foreach (var name in parts)
                    say(figure, key, name, known.Count(one => group(one) == key && part(one) == name),
                        known.Count(one => group(one) == key), null);
        }
    }

    private void Sizes(List<One> all, Base rest, Say say)
    {
        var numbers = all.ConvertAll(one => one.Who.Select(who => who.Legal).Distinct().Count()).FindAll(number => number > 1);
        rest("parties", numbers.Count, [("parties-incomplete", all.Count - numbers.Count)]);
        foreach (var number in new[] { 2, 3, 4 })
            say("parties", $"{number}", "", numbers.Count(one => one == number), numbers.Count, null);
        say("parties", "5-and-more", "", numbers.Count(one => one >= 5), numbers.Count, null);
        say("parties", "median", "", numbers.Count, null, Middle(numbers.ConvertAll(one => (decimal)one)));

        var money = all.Where(one => one.Newest.Ore is not null).Select(one => one.Newest.Ore!.Value / 100m).ToList();
        rest("resources", money.Count, [("not-stated", all.Count - money.Count)]);
        foreach (var (key, from, to) in new[] { ("under-100k", 0m, 1e5m), ("100k-500k", 1e5m, 5e5m), ("500k-1m", 5e5m, 1e6m),
            ("1m-5m", 1e6m, 5e6m), ("5m-and-more", 5e6m, 1e15m) })
            say("resources", key, "", money.Count(one => one >= from && one < to), money.Count, null);
        say("resources", "median", "", money.Count, null, Middle(money));

        var starts = all.Where(one => one.From is not null).SelectMany(one => one.Who
            .Where(who => who.Kind == "Public" && who.Body is "municipality" or "region")
            .Select(who => (Who: who.Body + who.Place, one))).ToList();
        rest("first-and-repeat", starts.Select(start => start.one).Distinct().Count(),
            [("start-unknown", all.Count(one => one.From is null)),
                ("no-municipality-or-region", all.Count(one => one.From is not null
                && !one.Who.Any(who => who.Kind == "Public" && who.Body is "municipality" or "region")))]);
        for (var year = 2010; year <= _day.Year; year++)
        {
            var those = starts.Where(start => start.one.From!.Value.Year == year).Select(start => start.Who).Distinct().ToList();
            var before = starts.Where(start => start.one.From!.Value.Year < year).Select(start => start.Who)
                .ToHashSet(StringComparer.Ordinal);
            say("first-and-repeat", $"{year}", "first", those.Count(who => !before.Contains(who)), those.Count, null);
            say("first-and-repeat", $"{year}", "repeat", those.Count(before.Contains), those.Count, null);
        }
    }

    private static decimal? Middle(List<decimal> values)
    {
        values.Sort();
        return values.Count == 0 ? null : (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
