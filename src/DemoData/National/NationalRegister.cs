using System.Globalization;
using System.Text;

namespace Iop.DemoData.National;

/// <summary>A made-up national register whose statistics land on the published ones: 623 partnerships of which 501 run at the
/// turn of
/// 2024/25, in the municipalities and regions, areas and lengths that the survey counted. Any multiple of it has the same shares.
/// The same seed always gives the same register. Nothing in it is real but the places.</summary>
internal sealed class NationalRegister(int seed, IReadOnlyList<(string Code, string Name)> places)
{
    public const int Published = 623;

    /// <summary>The turn of the year at which the survey judged 501 to be running.</summary>
    public static readonly DateOnly CountedOn = new(2024, 12, 31);

    private readonly Random _random = new(seed);
    private readonly List<Made> _all = [];

    public static IReadOnlyList<string> Columns { get; } =
    [
        "import_key", "title", "purpose", "challenge", "target_group", "area", "target_age", "starts_on", "start_year", "ends_on",
        "end_year", "open_ended", "auto_renews", "ended_on", "renewals", "municipality_code", "county_code", "public_parties",
        "idea_driven_parties", "private_parties", "public_sek_per_year", "last_confirmed", "synthetic",
    ];

    public sealed class Made
    {
        public required string Body { get; init; }

        public required string Code { get; init; }

        public string Area { get; set; } = "";

        public string Age { get; set; } = "";

        public DateOnly From { get; set; }

        public string Length { get; set; } = "";

        public bool Runs { get; set; }
    }

    /// <summary>The register, so many times over.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows(int times = 1)
    {
        var rows = new List<IReadOnlyList<string>>();
        for (var round = 0; round < times; round++)
        {
            _all.Clear();
            Bodies();
            Shuffle(_all);
            Areas();
            Ages();
            Years();
            Lives();
            rows.AddRange(_all.Select((made, at) => Row(made, round * Published + at + 1)));
        }
        return rows;
    }

    public static string Csv(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder().AppendJoin(';', Columns).Append('\n');
        foreach (var row in rows) text.AppendJoin(';', row.Select(Quoted)).Append('\n');
        return text.ToString();
    }

    /// <summary>The top lists as published; the rest spread so that 190 municipalities have or have had one.</summary>
    private void Bodies()
    {
        foreach (var (code, count) in PublishedShares.TopMunicipalities) Add("municipality", code, count);
        foreach (var (code, count) in PublishedShares.TopRegions) Add("region", code, count);
        var others = places.Where(place => place.Code.Length == 4
            && PublishedShares.TopMunicipalities.All(top => top.Code != place.Code)).ToList();
        Shuffle(others);
        Spread("municipality", others.Take(PublishedShares.MunicipalitiesEver - PublishedShares.TopMunicipalities.Count).ToList(),
            PublishedShares.Municipal - PublishedShares.TopMunicipalities.Sum(top => top.Count), 8);
        var regions = places.Where(place => place.Code.Length == 2
            && PublishedShares.TopRegions.All(top => top.Code != place.Code)).ToList();
        Spread("region", regions.Take(PublishedShares.RegionsEver - PublishedShares.TopRegions.Count).ToList(),
            Published - PublishedShares.Municipal - PublishedShares.TopRegions.Sum(top => top.Count), 2);
    }

    private void Spread(string body, List<(string Code, string Name)> among, int count, int most)
    {
        var counts = among.ToDictionary(place => place.Code, _ => 1, StringComparer.Ordinal);
        for (var left = count - among.Count; left > 0;)
        {
            var code = among[_random.Next(among.Count)].Code;
            if (counts[code] >= most) continue;
            counts[code]++;
            left--;
        }
        foreach (var (code, times) in counts) Add(body, code, times);
    }

    private void Add(string body, string code, int count) =>
        _all.AddRange(Enumerable.Range(0, count).Select(_ => new Made { Body = body, Code = code }));

    private void Areas()
    {
        foreach (var body in new[] { "municipality", "region" })
        {
            var its = _all.FindAll(made => made.Body == body);
            var areas = PublishedShares.Areas[body].SelectMany(area => Enumerable.Repeat(area.Area, area.Count)).ToList();
            Shuffle(areas);
            for (var at = 0; at < its.Count; at++) its[at].Area = areas[at];
        }
    }

    /// <summary>Leisure and education for the young, work for adults, health for everybody over 65.</summary>
    private void Ages()
    {
        foreach (var made in _all)
        {
            var share = _random.Next(100);
            made.Age = made.Area switch
            {
                "leisure-education" => share < 85 ? "0-25" : "all",
                "labour-integration" => share < 75 ? "26-65" : share < 85 ? "0-25" : "all",
                "health" => share < 30 ? "over-65" : share < 45 ? "0-25" : share < 65 ? "26-65" : "all",
                "crime" => share < 22 ? "0-25" : share < 50 ? "26-65" : "all",
                _ => share < 20 ? "0-25" : share < 35 ? "26-65" : "all",
            };
        }
        // Adults are most of all in work: crime must not pass it, whatever the dice say.
        var work = _all.Count(made => made is { Area: "labour-integration", Age: "26-65" });
        foreach (var made in _all.FindAll(made => made is { Area: "crime", Age: "26-65" }).Skip(work * 2 / 3)) made.Age = "all";
        var young = _all.Count(made => made is { Area: "leisure-education", Age: "0-25" });
        foreach (var made in _all.FindAll(made => made is { Area: "crime", Age: "0-25" }).Skip(young * 2 / 3)) made.Age = "all";
    }

    /// <summary>Under ten a year in 2014–16, over a hundred a year in the last three.</summary>
    private void Years()
    {
        var years = PublishedShares.Started.SelectMany(year => Enumerable.Repeat(year.Year, year.Count)).ToList();
        Shuffle(years);
        for (var at = 0; at < _all.Count; at++)
            _all[at].From = new DateOnly(years[at], 1, 1).AddMonths(_random.Next(12));
    }

    /// <summary>60 % of work and integration is shorter than two years, 36 % of the rest; 501 of all run.</summary>
    private void Lives()
    {
        foreach (var isWork in new[] { true, false })
        {
            var its = _all.FindAll(made => made.Area == "labour-integration" == isWork);
            var under = (int)Math.Round(its.Count * (isWork ? 0.60 : 0.36), MidpointRounding.AwayFromZero);
            for (var at = 0; at < its.Count; at++)
                its[at].Length = at < under
                    ? at % 3 == 0 ? "under-1" : "1-2" : at % 4 == 0 ? "open-ended" : at % 4 == 1 ? "2-3" : "3-and-more";
        }
        foreach (var made in _all) made.Runs = true;
        // What has ended began before the last year; those bodies that only have had one come first.
        var ended = Published - PublishedShares.Active;
        var only = _all.GroupBy(made => (made.Body, made.Code)).Where(body => body.Key.Body == "municipality" && body.Count() == 1
            && body.All(CanHaveEnded)).Take(PublishedShares.MunicipalitiesEver - PublishedShares.MunicipalitiesActive)
            .SelectMany(body => body).ToList();
        foreach (var made in only) made.Runs = false;
        var last = _all.GroupBy(made => (made.Body, made.Code))
            .Select(body => body.First(made => made.Runs || body.All(one => !one.Runs)))
            .ToHashSet();
        foreach (var made in _all.Where(made => made.Runs && CanHaveEnded(made) && !last.Contains(made))
            .OrderBy(made => made.From).Take(ended - only.Count)) made.Runs = false;
    }

    private static bool CanHaveEnded(Made made) => made.From < new DateOnly(2024, 1, 1);

    private List<string> Row(Made made, int number)
    {
        var (until, endedOn) = End(made);
        var open = made.Length == "open-ended";
        var name = places.First(place => place.Code == made.Code).Name;
        var body = made.Body == "region" ? "Region " + name.Replace("s län", "", StringComparison.Ordinal) : name;
        var (title, federation) = PublishedShares.Words(made.Area, number);
        var branch = $"{federation} {name.Split(' ')[0]}";
        string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
        var money = _random.Next(3) == 0 ? "" : ((_random.Next(1, 60) + (_random.Next(8) == 0 ? _random.Next(400) : 0)) * 25_000)
            .ToString(CultureInfo.InvariantCulture);
        var renewed = made.Runs && until is { } end && end <= CountedOn;
        return
        [
            $"{seed}-{number}", $"{title} ({body})", $"{title}. Påhittad post i exempelregistret.", "", "", made.Area, made.Age,
            Day(made.From), "", open ? "" : Day(until), "", open ? "ja" : "nej", renewed ? "ja" : "nej", Day(endedOn),
            $"{(renewed ? 1 + _random.Next(3) : _random.Next(5) == 0 ? 1 : 0)}", made.Body == "municipality" ? made.Code : "",
            made.Code[..2], $"{body} <{(made.Body == "region" ? "region" : "municipality")}:{made.Code}>",
            $"{branch} ^ {federation}{(_random.Next(6) == 0 ? $" | Samverkansföreningen {name.Split(' ')[0]}" : "")}", "", money,
            "", "ja",
        ];
    }

    /// <summary>The agreed last day by the length; what has ended and was open-ended, or would still run, was ended.</summary>
    private (DateOnly? Until, DateOnly? EndedOn) End(Made made)
    {
        var months = made.Length switch
        {
            "under-1" =>
                _random.Next(5, 12), "1-2" => _random.Next(12, 24), "2-3" => _random.Next(24, 36), _ => _random.Next(36, 61),
        };
        DateOnly? until = made.Length == "open-ended" ? null : made.From.AddMonths(months).AddDays(-1);
        if (made.Runs || until <= CountedOn.AddDays(-1)) return (until, null);
        return (until, made.From.AddMonths(_random.Next(3, 11)).AddDays(-1));
    }

    private void Shuffle<T>(List<T> list)
    {
        for (var at = list.Count - 1; at > 0; at--)
        {
            var other = _random.Next(at + 1);
            (list[at], list[other]) = (list[other], list[at]);
        }
    }

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny("\";\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
