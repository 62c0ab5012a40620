using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Iop.TestKit;

namespace Iop.Agreements.Tests;

/// <summary>A version on paper: all that is signed stands there, and whoever hears it read aloud hears it in order.</summary>
[Collection(nameof(Signed))]
public sealed class PrintingTests(AgreementsWorld world)
{
    private const string Title = "Vårsol 2026–2028 & vänner";

    private static readonly string[] Kinds =
    [
        "money", "premises", "administration", "labour", "material", "competence", "volunteer-work", "digital-tools", "trust",
        "networks",
    ];

    /// <summary>Told in words elsewhere on the page, or in none: what kind of file or body a name stands for.</summary>
    private static readonly string[] InWords =
        ["kind", "key", "sectionKey", "area", "targetAge", "adjustedSections", "visibility", "mediaType"];

    [Theory]
    [InlineData("sv", "Bakgrund", "Underskrifter", "fritid och utbildning", "Justeras av", "Finansieringskälla", "månader: 24")]
    [InlineData("en", "Background", "Signatures", "leisure and education", "Adjusted by", "Funding source", "months: 24")]
    public async Task All_that_is_signed_stands_there_in_the_order_it_is_read(string language, string first, string last,
        params string[] words)
    {
        var of = await Written();
        await of.AnswerAll();
        (await of.Approve()).Is(HttpStatusCode.OK);
        (await of.Open()).Is(HttpStatusCode.OK);
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        var pdf = await Printed(of, language);

        Assert.Equal((language, Title), (pdf.Language, pdf.Title));
        Assert.Matches(@"/Marked\s+true", pdf.Catalogue);
        Assert.Matches(@"/DisplayDocTitle\s+true", pdf.Catalogue);
        var headings = pdf.ReadAloud.Where(one => one.Tag is ['H', >= '1' and <= '6'])
            .Select(one => (Level: one.Tag[1] - '0', one.Text)).ToList();
        Assert.Equal((1, PrintedPdf.Blankless(Title)), (headings[0].Level, PrintedPdf.Blankless(headings[0].Text)));
        Assert.Single(headings, heading => heading.Level == 1);
        Assert.All(headings.Zip(headings.Skip(1)), pair => Assert.True(pair.Second.Level <= pair.First.Level + 1,
            $"{pair.Second.Text} skips a level"));
        Assert.Equal(pdf.Outline.Count, headings.Count);
        Assert.Contains(pdf.ReadAloud, one => one.Tag == "TH");

        var text = pdf.Text;
        using var version = JsonDocument.Parse(
            (await world.Officer.Get($"{of.Path}/versions/{await of.VersionHash()}")).Is(HttpStatusCode.OK).Text);
        foreach (var said in Said(version.RootElement.GetProperty("text")))
            Assert.True(text.Contains(PrintedPdf.Blankless(said), StringComparison.Ordinal), $"The page does not say {said}.");
        foreach (var word in words.Append(await of.VersionHash()).Append("2026-02-20,§12,RJL2026/123"))
            Assert.Contains(PrintedPdf.Blankless(word), text, StringComparison.OrdinalIgnoreCase);
        Assert.True(Place(first) < Place(last), "The signatures come before the text.");
        Assert.Equal(AgreementsWorld.RequiredSections.Select(key => Place($"Text om {key}.")).Order(),
            Keys(version.RootElement).Select(key => Place($"Text om {key}.")));

        int Place(string what)
        {
            var place = text.IndexOf(PrintedPdf.Blankless(what), StringComparison.Ordinal);
            return place >= 0 ? place : throw new InvalidOperationException($"The page does not say {what}.");
        }
    }

    [Fact]
    public async Task What_binds_without_signatures_here_says_by_what()
    {
        var of = await world.InForce(more: Frame);
        (await of.Do(world.Officer, "adjustment", new
        {
            reason = "Fler kommer på helgen.", effectiveOn = "2026-03-02",
            decision = new { body = "Styrgruppen", decidedOn = "2026-02-25", paragraph = "§ 9" },
            sections = new[] { new { key = "interventions", text = "Öppet på lördagar." } },
        })).Is(HttpStatusCode.OK);
        var adjusted = (await Printed(of, "sv", (await of.Versions())[1].On("hash"))).Text;
        foreach (var said in new[] { "justering inom ramen", "Fler kommer på helgen.", "2026-02-25", "§ 9",
            "Öppet på lördagar." })
            Assert.Contains(PrintedPdf.Blankless(said), adjusted, StringComparison.Ordinal);
        Assert.DoesNotContain(PrintedPdf.Blankless("Ingen har skrivit under"), adjusted, StringComparison.Ordinal);
    }

    private static object Frame => new
    {
        title = Title, startsOn = "2026-01-01", endsOn = "2028-12-31", autoRenews = true, noticeMonths = 6,
        area = "leisure-education", targetAge = "0-25", countyCode = "06", renewalMonths = 24, assessmentMonths = 18,
        adjustedBy = "Styrgruppen", adjustedSections = new[] { "interventions", "targetGroup" },
    };

    /// <summary>With everything that an agreement can hold.</summary>
    private async Task<Case> Written()
    {
        var of = await world.Written();
        (await world.Officer.Put($"{of.Path}/frame", (await of.Shown()).Tag, Frame)).Is(HttpStatusCode.OK);
        foreach (var kind in Kinds)
        {
            (await world.Officer.Create($"{of.Path}/contributions", new
            {
                partyId = of.Partners.RegionParty, kind, description = $"Bidrar med {kind}", fundingSource = $"Källa till {kind}",
            })).Is(HttpStatusCode.Created);
        }
        var goal = (await world.Officer.Create($"{of.Path}/goals", new { kind = "overall", text = "Fler kommer vidare" }))
            .Is(HttpStatusCode.Created).Id;
        foreach (var more in new object[]
        {
            new { kind = "partial", text = "Hälften på ett år", partOf = goal },
            new { kind = "learning", text = "Vad får barnen att stanna?" },
            new { kind = "learning", text = "Hur möts vi?", partyId = of.Partners.AssociationParty },
        }) (await world.Officer.Create($"{of.Path}/goals", more)).Is(HttpStatusCode.Created);
        (await world.Officer.Create($"{of.Path}/activities", new
        {
            name = "Samtalsgrupper", description = "För barn och föräldrar", bookedBy = world.Association,
            partyIds = new[] { of.Partners.RegionParty, of.Partners.AssociationParty }, targetGroup = "Barn från fyra år",
            fromOn = "2026-02-01", toOn = "2027-06-30",
        })).Is(HttpStatusCode.Created);
        (await world.Officer.Create($"/agreements/v1/partnerships/{of.Partners.Id}/bodies", new
        {
            kind = "steering", name = "Styrgruppen", agreementId = of.Id, mandate = "Beslutar om planen.",
            handover = "Den som slutar möter den som kommer.", rhythm = new { everyWeeks = 2, forMonths = 6, thenEveryWeeks = 8 },
        })).Is(HttpStatusCode.Created);
        using var content = new ByteArrayContent("post;kronor\nlokal;120000\n"u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        content.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = "budget 2026.csv" };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{of.Path}/attachments?section=resources")
        {
            Content = content,
        };
        (await world.Officer.Send(request, ("Idempotency-Key", Guid.NewGuid().ToString()))).Is(HttpStatusCode.Created);
        return of;
    }

    private async Task<PrintedPdf> Printed(Case of, string language, string? hash = null)
    {
        var reply = (await world.As(Callers.Of(world.Region, "reader"), language)
            .Get($"{of.Path}/versions/{hash ?? await of.VersionHash()}/pdf")).Is(HttpStatusCode.OK);
        Assert.Equal("application/pdf", reply.Message.Content.Headers.ContentType?.MediaType);
        return new PrintedPdf(await reply.Message.Content.ReadAsByteArrayAsync());
    }

    private static IEnumerable<string> Keys(JsonElement version) => version.GetProperty("text").GetProperty("sections")
        .EnumerateArray().Select(section => section.GetProperty("key").GetString()!)
        .Where(key => AgreementsWorld.RequiredSections.Contains(key));

    /// <summary>Every word and figure of the canonical text that is not an id.</summary>
    private static IEnumerable<string> Said(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Where(member => !InWords.Contains(member.Name))
            .SelectMany(member => member.Name is "organisationNumber"
                ? [member.Value.GetString()!.Insert(6, "-")] : Said(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Said),
        JsonValueKind.String when !Guid.TryParse(element.GetString(), out _) => [element.GetString()!],
        JsonValueKind.Number when element.TryGetInt32(out var number) && number < 1000 => [$"{number}"],
        _ => [],
    };
}
