using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>Talk support for children and families: Region Jönköpings län and Frälsningsarmén's Vårsol, 2023–2025 (Famna 2025, p.
/// 14). The days of talks and signatures, the amounts and the people are invented.</summary>
internal static class Varsol
{
    private static readonly PartnershipCase The = new()
    {
        Title = "Vårsol – samtalsstöd till barn och familjer",
        Challenge = "Barn som lever nära sjukdom eller sorg behöver stöd som vården ensam inte når fram med.",
        Public = Organisations.RegionJonkoping,
        IdeaDriven = Organisations.Fralsningsarmen,
        IdeaDrivenSignatures = 2,
        Starts = new DateOnly(2023, 1, 1),
        Ends = new DateOnly(2025, 12, 31),
        TalksBegin = Story.On(2022, 9, 5),
        Area = "health",
        TargetAge = "0-25",
        Officer = "officer",
        Lawyer = "lawyer",
        Signatory = "signatory",
        AssociationSignatories = ["association-signatory", "association-signatory-2"],
        Sections = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["background"] =
                "Vårsol samtalscenter drivs av Frälsningsarmén och har länge mött barn och familjer i länet. Regionen ser att många barn behöver någon att tala med tidigt, innan svårigheterna växer.",
            ["challenge"] =
                "Barn vars förälder eller nära anhörig har psykisk eller fysisk ohälsa, eller som har mist en förälder eller ett syskon, riskerar att bli utan stöd.",
            ["targetGroup"] =
                "Barn från fyra år med en förälder eller nära anhörig som har psykisk eller fysisk ohälsa, och barn som mist en förälder eller ett syskon. Parterna prövar under tiden om gruppen kan vidgas till barn vars förälder eller syskon har en funktionsnedsättning.",
            ["complements"] =
                "Stödet kompletterar vuxenpsykiatrin, barn- och ungdomspsykiatrin, onkologin, kvinnokliniken, barnhälsovården och vårdcentralerna. Det ersätter inte vård.",
            ["goals"] =
                "Barnen får ord för det som händer, familjerna får stöd att prata med varandra, och fler barn hittas tidigt genom att verksamheterna känner till varandra.",
            ["interventions"] =
                "Enskilda samtal, samtalsgrupper för barn och parallella föräldragrupper. Hur många grupper som hålls bestäms i den årliga planen.",
            ["decisionMaking"] = "Styrgruppen beslutar med enighet. Varje part leder och ansvarar för sin egen verksamhet.",
            ["governance"] =
                "En styrgrupp med två från varje part möts två gånger per termin. En samverkansgrupp möts varje månad.",
            ["dialogue"] = "Parterna följer upp tillsammans varje halvår, med berättelser från familjerna när de vill dela dem.",
            ["resources"] = "Båda parter bidrar. Bidragen står i listan över insatser av resurser och följs upp årligen.",
            ["transparency"] =
                "Överenskommelsen och de årliga rapporterna är öppna. Det som rör enskilda barn och familjer är det inte.",
            ["criticism"] = "Frälsningsarmén är fri att kritisera regionen offentligt. Det påverkar inte partnerskapet.",
            ["period"] = "Överenskommelsen gäller från den 1 januari 2023 till och med den 31 december 2025.",
            ["ending"] =
                "Vardera parten kan säga upp överenskommelsen med sex månaders varsel. Före uppsägning möts parterna för att se om det går att göra om i stället.",
            ["surplus"] = "Ett eventuellt överskott stannar i verksamheten för barnen eller betalas tillbaka.",
        },
        Contributions =
        [
            new ContributionCase(ByPublic: true, "money", "Bidrag till samtalsgrupper och enskilda samtal", "900000", null,
                "Regionens budget"),
            new ContributionCase(ByPublic: true, "competence", "Handledning från barn- och ungdomspsykiatrin", null, 60,
                "Regionens budget"),
            new ContributionCase(ByPublic: false, "labour", "Samtalsledare vid Vårsol", "650000", null, "Gåvor och egna medel"),
            new ContributionCase(ByPublic: false, "volunteer-work", "Volontärer som möter barnen vid gruppträffarna", null, 800,
                "Ideellt arbete"),
        ],
    };

    public static async Task Play(Story story, CancellationToken cancel)
    {
        var partnership = await Agreeing.Play(story, The, cancel);
        await new Deciding(story, The.Title, null, The.Officer).Mark(The.TalksBegin,
            "dagarna för samtal, underskrifter och ändringen av målgruppen, avvikelsen och mötet våren 2024, beloppen, siffrorna och personerna. Parterna, målgruppen, det som stödet kompletterar och åren 2023–2025 är källans (Famna 2025, s. 14).",
            cancel);
        await FollowUp.Play(story, new FollowedIndicator
        {
            Partnership = partnership,
            Name = "Barn som deltagit i samtalsgrupp",
            Unit = "barn",
            Baseline = "34",
            Target = "60",
            Source = "Vårsols egen närvarostatistik, utan namn",
            Officer = "officer",
            Reporter = "association-officer",
            Reports =
                [("2023-H1", "41", Story.On(2023, 7, 5),
                    "Två nya grupper kom i gång. En grupp ställdes in när en ledare blev sjuk."), ("2023-H2", "52",
                        Story.On(2024, 1, 10), "Barnhälsovården hänvisar nu fler.")],
        }, cancel);
    }

    /// <summary>The region wants the target group widened to children whose parent or sibling has a disability: the text is
    /// opened again and signed by all, while the old version holds. The days are invented.</summary>
    public static async Task Widen(Story story, CancellationToken cancel)
    {
        var the = new Deciding(story, The.Title, null, The.Officer);
        var change = new Renegotiating(the, 2, "the target group is widened");
        var on = Story.On(2024, 3, 4);
        await change.Begin("renegotiation", (_, _) => Task.FromResult<object>(new
        {
            reason = "Målgruppen vidgas till barn vars förälder eller syskon har en funktionsnedsättning.",
            effectiveOn = new DateOnly(2024, 5, 1),
        }), on, cancel);
        await the.Step("the target group is written anew", on.AddDays(1),
            async (api, stop) => Looking.SectionOf(await the.View(api, stop), "targetGroup")!.Value.GetProperty("text")
                .GetString() == Widened ? "with disability" : null,
            async (api, stop) =>
            {
                var section = Looking.SectionOf(await the.View(api, stop), "targetGroup")!.Value;
                await api.Put($"{await the.Root(api, stop)}/sections/targetGroup", new { text = Widened },
                    section.GetProperty("sectionTag").GetString(), stop);
            }, cancel);
        await change.SignAnew(The.Lawyer, [The.Signatory, .. The.AssociationSignatories], on.AddDays(14), cancel);
        await change.TakeOver(Story.On(2024, 5, 2), cancel);
        await VarsolTogether.Play(story, The.Title, cancel);
    }

    private const string Widened =
        "Barn från fyra år med en förälder eller nära anhörig som har psykisk eller fysisk ohälsa, barn som mist en förälder eller ett syskon, och barn vars förälder eller syskon har en funktionsnedsättning.";
}
