namespace Iop.DemoData.National;

/// <summary>The published figures (Famna 2025, on all 623 unless said), and what fills the gaps between them.</summary>
internal static class PublishedShares
{
    public const int Active = 501;

    /// <summary>90 %; the regions have the other ten.</summary>
    public const int Municipal = 561;

    /// <summary>59 % of 290 have one.</summary>
    public const int MunicipalitiesActive = 171;

    /// <summary>Almost two thirds have or have had one.</summary>
    public const int MunicipalitiesEver = 190;

    /// <summary>Almost three in four of 21.</summary>
    public const int RegionsEver = 15;

    /// <summary>Västerås belongs among them; its figure cannot be read, twelve is ours.</summary>
    public static IReadOnlyList<(string Code, int Count)> TopMunicipalities { get; } =
    [
        ("0180", 42), ("1480", 26), ("0580", 23), ("1280", 18), ("0381", 15), ("2184", 15), ("1490", 15), ("0380", 14),
        ("1980", 12), ("0123", 10), ("2182", 9),
    ];

    public static IReadOnlyList<(string Code, int Count)> TopRegions { get; } =
        [("12", 14), ("14", 13), ("21", 7), ("17", 5), ("06", 4), ("03", 4), ("01", 2)];

    /// <summary>60 % of the regions' are health and 15 % of the municipalities'; crime is about a quarter of all.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<(string Area, int Count)>> Areas { get; } =
        new Dictionary<string, IReadOnlyList<(string, int)>>(StringComparer.Ordinal)
        {
            ["municipality"] =
            [
                ("crime", 152), ("labour-integration", 85), ("health", 84), ("leisure-education", 84), ("safety", 52),
                ("basic-needs", 42), ("disability", 24), ("other", 38),
            ],
            ["region"] = [("health", 37), ("disability", 11), ("crime", 4), ("labour-integration", 4), ("leisure-education", 2),
                ("other", 4)],
        };

    public static IReadOnlyList<(int Year, int Count)> Started { get; } =
    [
        (2014, 5), (2015, 8), (2016, 9), (2017, 25), (2018, 35), (2019, 45), (2020, 50), (2021, 90), (2022, 110), (2023, 125),
        (2024, 121),
    ];

    /// <summary>People in 2024, rounded to thousands; enough to rank by and to divide with.</summary>
    public static IReadOnlyList<(string Code, int Thousands)> People { get; } =
    [
        ("0180", 995), ("1480", 609), ("1280", 366), ("0380", 248), ("0580", 168), ("1980", 160), ("1490", 115), ("0123", 86),
        ("0381", 49), ("2184", 37), ("2182", 25), ("1880", 159), ("1283", 152), ("0581", 146), ("0680", 147),
    ];

    /// <summary>Hela människan, Röda Korset and Rädda Barnen have most; others are named in general words.</summary>
    public static (string Title, string Federation) Words(string area, int number) => area switch
    {
        "crime" => (number % 2 == 0 ? "Stöd till brottsutsatta" : "Kvinno- och tjejjour", number % 4 == 0 ? "Röda Korset"
            : number % 2 == 0 ? $"Exempeljouren {number % 5}" : $"Exempel kvinnojour {number % 9}"),
        "labour-integration" => ("Vägar till arbete", number % 2 == 0 ? "Hela människan" : "Röda Korset"),
        "health" =>
            ("Gemenskap och hälsa", number % 3 == 0 ? "Hela människan" : number % 3 == 1 ? "Röda Korset"
            : $"Exempel hälsa {number % 7}"),
        "leisure-education" => ("Läxhjälp och meningsfull fritid", number % 3 > 0 ? "Rädda Barnen" : "Exempel idrottsförening"),
        "safety" => ("Nattvandring", $"Exempel nattvandrare {number % 4}"),
        "basic-needs" => ("Mat, värme och tak över huvudet", "Hela människan"),
        "disability" => ("Fritid på lika villkor", "Exempel parasport"),
        _ => ("Samverkan i kris", number % 2 == 0 ? "Röda Korset" : "Exempel samverkan"),
    };
}
