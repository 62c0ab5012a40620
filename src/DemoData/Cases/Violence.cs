using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>Violence in close relations: four units of Göteborgs stad and the eleven organisations that the source names (it
/// counts twelve), read as 2023-01-01 – 2026-12-31 (Famna 2025, p. 15). Days of talks and signatures, contributions and people
/// are invented.</summary>
internal static class Violence
{
    private static readonly ManyParties The = new()
    {
        Title = "Stöd till den som utsatts för våld i nära relationer",
        Challenge =
            "Den som utsätts för våld i en nära relation möter många verksamheter och behöver ett stöd som hänger ihop, även utanför kontorstid.",
        Parties =
        [
            Unit("centrum", Gothenburg.Centrum), Unit("hisingen", Gothenburg.Hisingen), Unit("nordost", Gothenburg.Nordost),
            Unit("sydvast", Gothenburg.Sydvast),
            .. Gothenburg.AgainstViolence.Select(one =>
                PartOf.An(one, "competence", $"Erfarenhet och eget stöd hos {one.Organisation.Name}")),
        ],
        Officer = "centrum",
        Lawyer = "goteborg-lawyer",
        TalksBegin = Story.On(2022, 5, 9),
        Opens = Story.On(2022, 8, 22),
        Starts = new DateOnly(2023, 1, 1),
        Ends = new DateOnly(2026, 12, 31),
        Area = "safety",
        TargetAge = "all",
        Sections = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["background"] =
                "Jourer och andra idéburna organisationer i Göteborg har i många år mött våldsutsatta. Fyra socialförvaltningar vill göra det stödet möjligt att räkna med.",
            ["challenge"] = "Stödet är ojämnt över staden, och den som söker hjälp får börja om på varje ställe.",
            ["targetGroup"] = "Personer som utsatts för våld i nära relationer och för mäns våld mot kvinnor, samt deras barn.",
            ["goals"] = "Fler får stöd i tid, på sina egna villkor, och parterna lär av varandra.",
            ["interventions"] =
                "Skyddat boende, samtal, jourtelefon och gemensam utbildning. Parterna beskriver varje år vad de gör i en plan.",
            ["decisionMaking"] = "En styrgrupp med de fyra förvaltningarna och de idéburna beslutar med enighet.",
            ["resources"] = "Förvaltningarna bidrar med medel och lokaler, organisationerna med erfarenhet, egna medel och ideellt arbete.",
            ["period"] = "Överenskommelsen gäller från den 1 januari 2023 till och med den 31 december 2026.",
            ["ending"] = "En part kan lämna med sex månaders varsel. De andra fortsätter om båda sidor finns kvar.",
            ["surplus"] = "Det som inte använts går till nästa års gemensamma insatser eller betalas tillbaka.",
        },
    };

    public static async Task Agree(Story story, CancellationToken cancel)
    {
        await Together.Begin(story, The, cancel);
        await The.In(story).Mark(The.TalksBegin,
            "dagarna för samtal och underskrifter, bidragen och personerna. De fyra förvaltningarna, de elva organisationerna (rapporten säger tolv och nämner elva) och tiden 2023–2026 är källans (Famna 2025, s. 15).",
            cancel);
        await Together.Agree(story, The, cancel);
    }

    public static Task TakeEffect(Story story, CancellationToken cancel) => Together.TakeEffect(story, The, cancel);

    private static PartOf Unit(string director, string unit) =>
        new(Gothenburg.City, director, new Bring("money", $"Medel från {unit}", "1500000", null, "Förvaltningens budget"), unit);
}
