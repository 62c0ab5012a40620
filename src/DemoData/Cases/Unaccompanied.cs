using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>IOP Ensamkommande: Göteborgs stad and seven, later nine, idea-driven organisations (the follow-up study of June
/// 2017). Initiated in May 2015, signed by the autumn; SEK 50 of each residence day to a joint pool; the state's compensation
/// changes on 2017-07-01. Invented: the days that the source does not give, which two joined later, the figures of the pool, the
/// people.</summary>
internal static class Unaccompanied
{
    private const string Steering = "Gemensam styrgrupp";
    private const string Cooperation = "Samverkansgrupp";

    private static readonly ManyParties The = new()
    {
        Title = "IOP Ensamkommande",
        Challenge =
            "Många barn och unga kommer ensamma till Göteborg. De behöver ett hem, men också vuxna, fritid och en väg in i samhället.",
        Parties =
        [
            new(Gothenburg.City, "resurs",
                new Bring("money", "Dygnsersättning till boenden och stöd", "95000000", null, "Statens ersättning"),
                Gothenburg.Resurs),
            Home(Gothenburg.RodaKorset), Home(Gothenburg.RaddaBarnen), Home(Gothenburg.Raddningsmissionen),
            Home(Gothenburg.Bracke), Home(Gothenburg.ManniskohjalpIm), Home(Gothenburg.Skyddsvarnet),
            Home(Gothenburg.Reningsborg),
        ],
        Officer = "resurs",
        Lawyer = "goteborg-lawyer",
        TalksBegin = Story.On(2015, 5, 18),
        Opens = Story.On(2015, 9, 21),
        Starts = new DateOnly(2015, 10, 1),
        Ends = new DateOnly(2018, 12, 31),
        Area = "other",
        TargetAge = "0-25",
        AdjustedBy = Steering,
        AdjustedSections = ["interventions", "resources"],
        Bodies =
        [
            ("steering", Steering, "Beslutar i allt som rör partnerskapet som helhet, och om potten."),
            ("idea-driven", "De idéburnas styrgrupp", "Samlar de idéburna parterna inför gemensamma beslut."),
            ("cooperation", Cooperation, "Samordnar boenden, skola, fritid och stöd från vecka till vecka."),
        ],
        Sections = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["background"] =
                "Under 2015 kommer fler ensamma barn än någonsin. Staden och de idéburna organisationerna möts för att se vad de kan göra tillsammans.",
            ["challenge"] = "Boendeplatser räcker inte: barnen behöver mer än en säng och en tjänsteperson.",
            ["targetGroup"] = "Barn och unga som kommit till Göteborg utan vårdnadshavare.",
            ["goals"] = "Barnen bor tryggt, går i skolan, har vuxna omkring sig och kommer in i föreningslivet.",
            ["interventions"] =
                "Hem för vård eller boende, stödboende, nätverk och mervärdesinsatser: fritid, läxhjälp, mentorer och psykosocialt stöd.",
            ["decisionMaking"] = "En gemensam styrgrupp beslutar med enighet. De idéburna har också en egen styrgrupp.",
            ["governance"] = "Gemensam styrgrupp, de idéburnas styrgrupp, samverkansgrupp och tillfälliga arbetsgrupper.",
            ["resources"] =
                "Femtio kronor av varje dygnsersättning går till en gemensam pott för mervärdesinsatser, öppen också för parter som inte driver boenden.",
            ["period"] = "Överenskommelsen gäller från den 1 oktober 2015 till och med den 31 december 2018.",
            ["ending"] = "En part kan lämna med sex månaders varsel. Ändrade förutsättningar tas först upp i styrgruppen.",
            ["surplus"] = "Det som står kvar i potten används för barnen eller betalas tillbaka.",
        },
    };

    public static async Task Agree(Story story, CancellationToken cancel)
    {
        await Together.Begin(story, The, cancel);
        await The.In(story).Mark(The.TalksBegin,
            "dagar som källan inte ger, vilka två organisationer som kom till senare, pottens siffror och personerna. Parterna, 50 kronor per boendedygn, den ändrade ersättningen den 1 juli 2017, justeringen i början av 2017 och mötesdagarna är källans (följeforskningen, 2017).",
            cancel);
        await Together.Agree(story, The, cancel);
        await Together.TakeEffect(story, The, cancel);
    }

    /// <summary>From the first autumn to the settlement.</summary>
    public static async Task Live(Story story, CancellationToken cancel)
    {
        var the = The.In(story);
        await UnaccompaniedPool.Fill(the, Steering, cancel);
        await the.Adopt(2016, Steering, Story.On(2015, 12, 9),
            ["Boenden med hem för vård eller boende och stödboende", "Mentorer och läxhjälp", "Fritid och föreningsliv"], cancel);
        await Join(story, [Gothenburg.Karriarkraft], 2, Story.On(2016, 3, 1), cancel);
        await Join(story, [Gothenburg.Karriarkraft, Gothenburg.Stadsmissionen], 3, Story.On(2016, 6, 1), cancel);
        await UnaccompaniedPool.Spend(the, Steering, cancel);
        await the.Adopt(2017, Steering, Story.On(2016, 12, 1), ["Boenden", "Mentorer och läxhjälp", "Psykosocialt stöd"], cancel);
        await UnaccompaniedChange.Play(the, Steering, Cooperation, cancel);
        await UnaccompaniedPool.End(the, Steering, cancel);
    }

    /// <summary>One more party: all accept, the newcomer signs too.</summary>
    private static async Task Join(
        Story story, IReadOnlyList<Association> joined, int version, DateTimeOffset on, CancellationToken cancel)
    {
        var newcomer = Home(joined[^1]);
        await Together.Invite(story, The, newcomer, on, cancel);
        var change = new Renegotiating(The.In(story), version, $"{newcomer.Organisation.Name} joins");
        await change.Begin("accession", async (api, stop) => new
        {
            partyId = await change.The.Party(api, newcomer.Organisation, stop),
            reason = "Bidrar med insatser som de andra saknar.",
            effectiveOn = DateOnly.FromDateTime(on.AddDays(30).Date),
        }, on.AddDays(2), cancel);
        await Together.Contribute(story, The.Title, null, newcomer, on.AddDays(3), cancel);
        await change.SignAnew(The.Lawyer,
            [.. The.Parties.Select(party => party.Signatory), .. joined.Select(one => one.Who)], on.AddDays(7), cancel);
        await change.TakeOver(on.AddDays(31), cancel);
    }

    private static PartOf Home(Association association) =>
        PartOf.An(association, "volunteer-work", $"Mervärdesinsatser genom {association.Organisation.Name}", 600);
}
