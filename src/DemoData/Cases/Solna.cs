using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>Crime prevention in Solna: Solna stad and Stiftelsen Tryggare Sverige, 2024–2026 (Famna 2025, p. 13).
/// The days of talks and signatures, the amounts and the people are invented.</summary>
internal static class Solna
{
    private static readonly PartnershipCase The = new()
    {
        Title = "Kunskapsbaserat brottsförebyggande arbete i Solna",
        Challenge =
            "I framför allt tre bostadsområden behöver platser bli säkrare, tryggare och trivsammare att bo, vistas och verka i.",
        Public = Organisations.Solna,
        IdeaDriven = Organisations.TryggareSverige,
        IdeaDrivenSignatures = 1,
        Starts = new DateOnly(2024, 2, 1),
        Ends = new DateOnly(2026, 12, 31),
        TalksBegin = Story.On(2023, 11, 1),
        Area = "crime",
        TargetAge = "all",
        Officer = "solna-officer",
        Lawyer = "solna-lawyer",
        Signatory = "solna-signatory",
        AssociationSignatories = ["foundation-signatory"],
        Sections = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["background"] =
                "Kommunens senaste lägesbild visar att det behövs förebyggande arbete på plats, framför allt i tre bostadsområden.",
            ["challenge"] =
                "Brott och otrygghet följer platser. Kommunen och civilsamhället ser var sin del av orsakerna och behöver förstå dem tillsammans.",
            ["targetGroup"] = "De som bor i kommunen, samt kommunens samverkansparter och anställda.",
            ["goals"] =
                "Brottsligheten minskar och tryggheten ökar, i staden som helhet och i dess delar, med arbete som bygger på kunskap.",
            ["interventions"] =
                "Kartläggning och analys tillsammans med föreningar och boende, riktade åtgärder på plats och kunskapshöjande insatser. Inför varje år görs en ny plan.",
            ["decisionMaking"] = "Styrgruppen beslutar med enighet om årets plan. Var part beslutar om sina egna medel.",
            ["resources"] = "Båda parter bidrar enligt listan över insatser av resurser.",
            ["period"] = "Överenskommelsen gäller till och med den 31 december 2026.",
            ["ending"] = "Vardera parten kan säga upp överenskommelsen med sex månaders varsel efter ett gemensamt samtal.",
            ["surplus"] = "Överskott används för partnerskapets ändamål eller återbetalas.",
        },
        Contributions =
        [
            new ContributionCase(ByPublic: true, "money", "Stöd till kartläggning och insatser på plats", "1200000", null,
                "Kommunens budget"),
            new ContributionCase(ByPublic: false, "competence", "Metodstöd och forskningskunskap om platsers trygghet", null, 400,
                "Stiftelsens egna medel"),
        ],
    };

    private const string Steering = "Styrgrupp";

    public static async Task Play(Story story, CancellationToken cancel)
    {
        await Agreeing.Play(story, The, cancel);
        await new Deciding(story, The.Title, null, The.Officer).Mark(The.TalksBegin,
            "dagarna för samtal, underskrifter och planer, planernas innehåll, beloppen och personerna. Parterna, målgruppen, åren 2024–2026 och att en ny plan görs varje år är källans (Famna 2025, s. 13).",
            cancel);
    }

    /// <summary>A new plan each year [kartlaggning p. 13]; what stands in them is invented.</summary>
    public static async Task Live(Story story, CancellationToken cancel)
    {
        var the = new Deciding(story, The.Title, null, The.Officer);
        await the.Form("steering", Steering, "Beslutar om årets plan.", agreed: false, Story.On(2024, 2, 5), cancel);
        foreach (var (year, on, what) in Plans) await the.Adopt(year, Steering, on, what, cancel);
    }

    private static readonly (int Year, DateTimeOffset On, string[] What)[] Plans =
    [
        (2024, Story.On(2024, 2, 12), ["Kartläggning av otrygga platser", "Trygghetsvandringar med föreningar"]),
        (2025, Story.On(2024, 12, 2), ["Åtgärder på tre platser", "Utbildning för bostadsbolagens personal"]),
        (2026, Story.On(2025, 12, 1), ["Uppföljning av platserna", "Metodstöd till nya områden"]),
    ];
}
