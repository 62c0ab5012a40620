using System.Globalization;
using System.Text;
using Iop.DemoData.Playing;

namespace Iop.DemoData.Cases;

/// <summary>Refugees from Ukraine: Göteborgs stad, socialförvaltningen Sydväst, and five organisations; several agreements, one
/// for each residence, to the end of April 2023 and some into 2024, and one strategic group for all, which saw to equal resources
/// (Famna 2025, p. 12). They were signed on paper in a hurry and taken over afterwards; the residences' names, the days and the
/// copies are invented.</summary>
internal static class Ukraine
{
    private const string StrategicGroup = "Strategisk samverkansgrupp";

    private static readonly ManyParties The = new()
    {
        Title = "Mottagande av flyktingar från Ukraina",
        Challenge = "Många människor kommer på några veckor och behöver tak över huvudet, mat, kläder och någon att fråga.",
        Parties =
        [
            new(Gothenburg.City, "sydvast", new Bring("money", "Medel från staden", "2400000", null, "Statens ersättning"),
                Gothenburg.Sydvast),
            .. new[]
            {
                Gothenburg.Raddningsmissionen, Gothenburg.Stadsmissionen, Gothenburg.Reningsborg, Gothenburg.Skyddsvarnet,
                Gothenburg.Bracke,
            }.Select(one => PartOf.An(one, "premises", $"Boende och stöd genom {one.Organisation.Name}")),
        ],
        Officer = "sydvast",
        Lawyer = "goteborg-lawyer",
        TalksBegin = Story.On(2022, 3, 10),
        Opens = Story.On(2022, 3, 20),
        Starts = new DateOnly(2022, 4, 1),
        Ends = new DateOnly(2023, 4, 30),
        Area = "basic-needs",
        TargetAge = "all",
        Sections = new Dictionary<string, string>(StringComparer.Ordinal),
    };

    private static readonly (string Residence, DateOnly Ends)[] Residences =
    [
        ("Boendet vid älven", new DateOnly(2023, 4, 30)), ("Boendet i skogsbrynet", new DateOnly(2023, 4, 30)),
        ("Boendet vid torget", new DateOnly(2024, 3, 31)),
    ];

    public static async Task Play(Story story, CancellationToken cancel)
    {
        await Together.Begin(story, The, cancel);
        await The.In(story).Mark(The.TalksBegin,
            "boendenas namn, dagarna, beloppen, kopiorna och personerna. Parterna, en överenskommelse för varje boende, att de gällde till slutet av april 2023 och några in i 2024, och den strategiska gruppen är källans (Famna 2025, s. 12).",
            cancel);
        await The.In(story).Form("steering", StrategicGroup, "Följer upp alla boenden och ser till att parterna bidrar lika.",
            agreed: false, null, cancel);
        foreach (var (residence, ends) in Residences) await TakeOver(The.In(story) with { Agreement = residence }, ends, cancel);
    }

    private static async Task TakeOver(Deciding the, DateOnly ends, CancellationToken cancel)
    {
        await the.Step($"«{the.Agreement}» is taken over from paper", Story.On(2022, 5, 2),
            async (api, stop) => await Looking.AgreementId(api, the.Partnership, the.Agreement, stop) is null
                ? null : $"to {ends}",
            async (api, stop) => await api.Create(
                $"/agreements/v1/partnerships/{await Looking.PartnershipId(api, the.Partnership, stop)}/paper-agreements", new
                {
                    title = the.Agreement,
                    signedOn = new DateOnly(2022, 3, 28),
                    startsOn = The.Starts,
                    endsOn = ends,
                    autoRenews = false,
                    noticeMonths = 1,
                    area = The.Area,
                    targetAge = The.TargetAge,
                    municipalityCode = Gothenburg.City.MunicipalityCode,
                }, stop), cancel);
        // The same for each residence: that is what the strategic group saw to.
        foreach (var party in The.Parties)
            await Together.Contribute(the.Story, the.Partnership, the.Agreement, party, null, cancel);
        await the.Step($"the copy of «{the.Agreement}»", null,
            async (api, stop) => (await Paper(the, api, stop)).Body.GetProperty("documentName").GetString(),
            async (api, stop) =>
            {
                var attached = await api.Upload($"{await the.Root(api, stop)}/attachments", $"{the.Agreement}.pdf",
                    "application/pdf", Copy(the.Agreement!), stop);
                await api.Put($"{await the.Root(api, stop)}/paper",
                    new { signedOn = new DateOnly(2022, 3, 28), documentId = attached.Id },
                    (await Paper(the, api, stop)).Text("paperTag"), stop);
            }, cancel);
        foreach (var party in The.Parties) await Confirm(the, party, cancel);
        await the.Step($"«{the.Agreement}» is like any other from now on", null,
            async (api, stop) => (await the.View(api, stop)).Text("state") is "in-force" or "ended" ? "in force" : null,
            (_, _) => Task.CompletedTask, cancel);
    }

    private static Task Confirm(Deciding the, PartOf party, CancellationToken cancel) => the.Story.Step(
        $"{the.Partnership}: «{the.Agreement}» is what {party.Unit ?? party.Organisation.Name} signed", party.Signatory, null,
        async (api, stop) => (await Paper(the, api, stop)).Items("parties").Any(one => one.GetProperty("mine").GetBoolean()
            && one.GetProperty("answer").GetString() == "confirmed") ? "confirmed" : null,
        async (api, stop) => await api.Act($"{await the.Root(api, stop)}/paper/confirmations", new { confirms = true },
            (await Paper(the, api, stop)).Text("contentHash"), stop), cancel);

    private static async Task<Reply> Paper(Deciding the, Api api, CancellationToken cancel) =>
        await api.Get($"{await the.Root(api, cancel)}/paper", cancel);

    /// <summary>One empty page that says it is a demonstration.</summary>
    private static byte[] Copy(string residence)
    {
        var (pdf, plain) = (new StringBuilder("%PDF-1.4\n"), CultureInfo.InvariantCulture);
        var offsets = new List<int>();
        foreach (var thing in new[]
        {
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
            $"<< /Title <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes($"{residence} (demonstration)"))}> >>",
        })
        {
            offsets.Add(pdf.Length);
            pdf.Append(plain, $"{offsets.Count} 0 obj\n{thing}\nendobj\n");
        }
        var table = pdf.Length;
        pdf.Append(plain, $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) pdf.Append(plain, $"{offset:D10} 00000 n \n");
        pdf.Append(plain, $"trailer << /Size {offsets.Count + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(pdf.ToString());
    }
}
