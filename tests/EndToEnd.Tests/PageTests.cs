using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Iop.EndToEnd.Tests;

/// <summary>Every page, as the person it is for: accessible, within the screen, without scripts, under the strict
/// policy.</summary>
public sealed partial class PageTests(RunningSystem system)
{
    private const int Desktop = 1280;
    private const int Phone = 320;
    private const int Height = 900;
    private const string Varsol = "Vårsol – samtalsstöd till barn och familjer";
    private const string Ensamkommande = "IOP Ensamkommande";
    private const string Solna = "Kunskapsbaserat brottsförebyggande arbete i Solna";
    private const string Norrkoping = "Team Nystart i Norrköping";

    public static TheoryData<string> People =>
    [
        "visitor", "officer", "signatory", "controller-1", "funder", "verifier", "reporter", "operator", "region-admin", "resurs",
        "solna-officer", "foundation-admin",
    ];

    [Theory]
    [MemberData(nameof(People))]
    public async Task Every_page_is_accessible_fits_a_phone_and_keeps_the_strict_policy(string who)
    {
        var page = await system.Browser.Open(Person(who));
        var violations = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal)) violations.Add(message.Text);
        };
        var found = new List<string>();
        foreach (var path in await Pages(who))
        {
            await Visit(page, path);
            await Picture(page, who, path, "desktop");
            found.AddRange(violations.Select(violation => $"{path}: {violation}"));
            found.AddRange((await Looking.Violations(page)).Select(violation => $"{path}: {violation}"));
            violations.Clear(); // axe itself sets styles
            await page.SetViewportSizeAsync(Phone, Height);
            await Picture(page, who, path, "phone");
            if (await Looking.TooWide(page) is { Length: > 0 } wide) found.Add($"{path}: {wide}");
            await page.SetViewportSizeAsync(Desktop, Height);
        }
        await page.Context.CloseAsync();
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }

    [Fact]
    public async Task What_people_have_written_fits_a_phone_whatever_its_words()
    {
        var stop = TestContext.Current.CancellationToken;
        var page = await system.Browser.Open(null, Phone);
        var entries = (await system.As(null).Get("/registry/v1/entries?limit=20", stop)).Items();
        foreach (var entry in entries.Select(one => one.GetProperty("id").GetGuid()))
        {
            await Visit(page, $"/register/{entry}");
            Assert.Equal("", await Looking.TooWide(page));
        }
        await page.Locator("h1, main p, main li strong, dd").First.WaitForAsync();
        await page.EvaluateAsync(
            "() => document.querySelectorAll('h1, main p, main strong, main dd').forEach(e => e.textContent = 'Ord'.repeat(60))");
        Assert.Equal("", await Looking.TooWide(page));
    }

    /// <summary>What a page of the register may weigh, with everything it needs, for somebody who comes the first time.</summary>
    [Theory]
    [InlineData("/register", 450)]
    [InlineData("/register/karta", 600)]
    [InlineData("/statistik", 600)]
    [InlineData("/kommun/0180", 450)]
    public async Task A_page_of_the_register_stays_within_its_budget(string path, int kilobytesMax)
    {
        const int requestsMax = 12;
        var page = await system.Browser.Open(null);
        var (bytes, requests) = (0L, 0);
        page.Response += (_, answer) =>
        {
            Interlocked.Increment(ref requests);
            if (answer.Headers.TryGetValue("content-length", out var length)
                && long.TryParse(length, System.Globalization.CultureInfo.InvariantCulture, out var known))
                Interlocked.Add(ref bytes, known);
        };
        await Visit(page, path);
        await page.WaitForLoadStateAsync(LoadState.Load);
        bytes += System.Text.Encoding.UTF8.GetByteCount(await page.ContentAsync());
        Assert.True(requests <= requestsMax, $"{path}: {requests} requests");
        Assert.True(bytes <= kilobytesMax * 1024L, $"{path}: {bytes / 1024} KiB");
    }

    [Theory]
    [MemberData(nameof(People))]
    public async Task Every_page_is_whole_before_any_script_runs(string who)
    {
        // As it is sent, to the same person: what a browser without scripts makes of it is tried form by form in StoryTests.
        var context = (await system.Browser.Open(Person(who), script: false)).Context;
        var found = new List<string>();
        foreach (var path in await Pages(who))
        {
            var answer = await context.APIRequest.GetAsync(path);
            Assert.True(IsAnswered(answer.Ok, path), $"{path} answered {answer.Status}");
            var sent = await answer.TextAsync();
            if (Headings().Count(sent) is var headings and not 1) found.Add($"{path}: {headings} h1");
            if (!sent.Contains("<html lang=\"sv\"", StringComparison.Ordinal)) found.Add($"{path}: no language");
        }
        await context.CloseAsync();
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }

    [Fact]
    public async Task Pages_are_read_in_English_by_whoever_asks_for_it()
    {
        var page = await system.Browser.Open(null, language: "en-GB");
        foreach (var path in await Pages("visitor"))
        {
            await Visit(page, path);
            Assert.Equal("en", await page.Locator("html").GetAttributeAsync("lang"));
        }
    }

    [Fact]
    public async Task The_keyboard_reaches_the_content_first()
    {
        var page = await system.Browser.Open("officer");
        await page.GotoAsync("/samverkan");
        await page.Keyboard.PressAsync("Tab");
        var target = await page.EvaluateAsync<string>("() => document.activeElement.getAttribute('href')");
        Assert.StartsWith("#", target, StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal(1, await page.Locator(target).CountAsync());
    }

    private static string? Person(string who) => who == "visitor" ? null : who;

    private static async Task Visit(IPage page, string path)
    {
        var answer = await page.GotoAsync(path);
        Assert.True(IsAnswered(answer!.Ok, path), $"{path} answered {answer.Status}");
    }

    private static bool IsAnswered(bool ok, string path) => ok || path.Contains("finns-inte", StringComparison.Ordinal);

    /// <summary>For people who look: IOP_SCREENSHOTS names a folder.</summary>
    private static async Task Picture(IPage page, string who, string path, string width)
    {
        if (Environment.GetEnvironmentVariable("IOP_SCREENSHOTS") is not { Length: > 0 } folder) return;
        var name = Identifiers().Replace($"{who}{path}", "id").Replace('/', '_').Replace('?', '_');
        await page.ScreenshotAsync(
            new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.{width}.png"), FullPage = true });
    }

    /// <summary>The addresses a person comes to, with the demo's own things in them.</summary>
    private async Task<IReadOnlyList<string>> Pages(string who)
    {
        var stop = TestContext.Current.CancellationToken;
        return who switch
        {
            "visitor" =>
                ["/", "/kontrollera", "/om",
                "/om/tillganglighet", "/om/personuppgifter", "/problems", "/problems/request.stale", "/finns-inte",
                "/logga-in?error=expired", "/utloggad", "/glomt-losenord", "/nytt-losenord/x", "/ny-engangskod/x",
                "/inbjudan/x", "/ny-adress/x", "/forsta-start", "/gast/x", "/logga-in/organisation?request=x",
                "/logga-in/organisation?request=x&sok=sund",
                "/register/utfallskontrakt",
                $"/register/utfallskontrakt/{await Contract("controller-1", stop)}", .. await OpenPages(stop)],
            "officer" => [.. await OfficersPages(stop), "/utfallskontrakt/ny"],
            "signatory" => [$"/avtal/{await Agreement("signatory", Varsol, stop)}/underskrift", "/inkorg"],
            "controller-1" => await ContractPages(stop),
            "funder" => ["/utfallskontrakt", "/inkorg", "/portfolj", "/kontoutdrag/finansiar", "/fakturering",
                "/kontoutdrag/bank",
                $"/utfallskontrakt/{await Contract("funder", stop)}/satsning"],
            "verifier" => ["/verifiering", $"/verifiering/{await First("verifier", "/follow-up/v1/measurements", stop)}"],
            "reporter" =>
                [$"/utfallskontrakt/{await Contract("reporter", stop)}/matning/2016-2018",
                $"/utfallskontrakt/{await Contract("reporter", stop)}/deltagare",
                $"/verifiering/{await First("reporter", "/follow-up/v1/measurements", stop)}"],
            "region-admin" => ["/inkorg/besked", "/inkorg/webhookar", "/inloggningstjanster", "/konto/andra-faktorn",
                "/konto/system", "/var-organisation"],
            "foundation-admin" => ["/personer", "/personer/bjud-in",
                $"/personer/{await First(who, "/identity/v1/memberships", stop)}", "/konto", "/konto/inloggningar",
                "/inkorg/kalender", "/mina-uppgifter", "/var-organisation"],
            "resurs" => await LivingPages(who, Ensamkommande, stop),
            "solna-officer" => await LivingPages(who, Solna, stop),
            "operator" => ["/samverkan", "/inkorg", "/valj-organisation", "/register/forslag",
                "/register/forslag?lage=merged", "/register/ny", "/register/las-in", "/register/vara", "/drift",
                "/drift/organisationer", "/drift/organisationer/ny", .. await OnboardedPages(stop), "/inloggningstjanster",
                "/granskningslogg?tjanst=identity"],
            _ => ["/samverkan", "/inkorg", "/valj-organisation"],
        };
    }

    private async Task<IReadOnlyList<string>> OnboardedPages(CancellationToken stop)
    {
        var organisation = $"/drift/organisationer/{await First(null, "/registry/v1/organisations", stop)}";
        return [organisation, organisation + "/andra"];
    }

    /// <summary>The register and its figures, open to everybody.</summary>
    private async Task<IReadOnlyList<string>> OpenPages(CancellationToken stop) =>
    [
        "/register", "/register?visa=alla&area=health&county=21&missing=purpose",
        $"/register/{await First(null, "/registry/v1/entries", stop)}", "/register/karta", "/kommun/0180", "/region/12",
        $"/organisation/{await First(null, "/registry/v1/organisations", stop)}", "/statistik",
        "/statistik/jamfor?plats=0180&plats=1480", "/statistik/definitioner", "/statistik/tackning", "/oppna-data",
    ];

    private async Task<IReadOnlyList<string>> OfficersPages(CancellationToken stop)
    {
        var partnership = await Partnership("officer", Varsol, stop);
        var agreement = await Agreement("officer", Varsol, stop);
        return
        [
            "/samverkan", "/samverkan/ny", $"/samverkan/{partnership}", $"/samverkan/{partnership}/avtal",
                $"/samverkan/{partnership}/part", $"/samverkan/{partnership}/gaster",
            $"/samverkan/{partnership}/uppfoljning", $"/avtal/{agreement}", $"/avtal/{agreement}/avsnitt/background",
                $"/avtal/{agreement}/bedomning",
            "/inkorg", "/inkorg/besked", "/granskningslogg", "/valj-organisation",
            .. await FollowUpPages("officer", partnership, stop),
        ];
    }

    private async Task<IReadOnlyList<string>> FollowUpPages(string who, Guid partnership, CancellationToken stop)
    {
        var plan = await First(who, $"/follow-up/v1/plans?partnershipId={partnership}", stop);
        var here = $"/samverkan/{partnership}/uppfoljning";
        var meeting = $"{here}/moten/{await First(who, $"/follow-up/v1/plans/{plan}/meetings", stop)}";
        var deviation = $"{here}/avvikelser/{await First(who, $"/follow-up/v1/plans/{plan}/deviations", stop)}";
        return
        [
            $"{here}/moten", $"{here}/moten/ny?plan={plan}", meeting, $"{here}/avvikelser", $"{here}/avvikelser/ny?plan={plan}",
            deviation,
        ];
    }

    /// <summary>The pages of a partnership and of its agreement, beyond drafting and signing it.</summary>
    private async Task<IReadOnlyList<string>> LivingPages(string who, string title, CancellationToken stop)
    {
        var partnership = await Partnership(who, title, stop);
        var agreement = await Agreement(who, title, stop);
        var body = await BodyThatHasDecided(who, partnership, stop);
        return
        [
            .. Whole.Select(page => $"/samverkan/{partnership}/{page}"), .. Lived.Select(page => $"/avtal/{agreement}/{page}"),
            $"/avtal/{agreement}/organ/{body}", "/samverkan/slutrapporter", "/stod",
        ];
    }

    private static readonly string[] Whole =
    [
        "dialog", "dialog/ny", "partner", "delaktighet", "delaktighet/ny", "historik", "relationer", "strategisk-grupp",
        "ta-over", "vagledning", "vagledning/screening", "vagledning/form-guidance", "vagledning/goals-means",
    ];

    private static readonly string[] Lived =
    [
        "liv", "historik", "datum", "versioner", "mal", "verksamheter", "resurser", "organ", "organ/ny", "bilagor",
        "kommentarer", "plan", "forutsattningar", "pott", "avslut", "stod", "underskrift", "underskrift/ordning",
        "underskrift/kontroll", "bedomning",
    ];

    private static readonly string[] Moneyed = ["satsning", "kontoutdrag", "avstamning"];

    private async Task<IReadOnlyList<string>> ContractPages(CancellationToken stop)
    {
        var contract = await Contract("controller-1", stop);
        var obligation = await First("controller-1", "/outcome-finance/v1/obligations", stop);
        var simulation = await First("controller-1", $"/outcome-finance/v1/contracts/{contract}/simulations", stop);
        return
        [
            "/utfallskontrakt", $"/utfallskontrakt/{contract}", $"/utfallskontrakt/{contract}/huvudbok",
                $"/utfallskontrakt/{contract}/villkor",
            $"/utfallskontrakt/{contract}/bedomning", $"/utfallskontrakt/{contract}/kostnader",
            $"/utfallskontrakt/{contract}/tillagg", $"/utfallskontrakt/{contract}/tillagg/nytt",
            $"/utfallskontrakt/{contract}/simulering", $"/utfallskontrakt/{contract}/simulering?historik=true",
            $"/utfallskontrakt/{contract}/simulering/{simulation}", $"/utfallskontrakt/{contract}/investeringsplan",
            $"/utfallskontrakt/{contract}/perioder/2016-2018/harledning", "/attest", $"/attest/{obligation}",
            "/fakturering", "/villkor/rakna", .. Moneyed.Select(page => $"/utfallskontrakt/{contract}/{page}"),
            "/kontoutdrag/betalare", "/budgetar", "/attest/tvister", "/betalningsfiler", "/portfolj",
        ];
    }

    private async Task<Guid> Agreement(string who, string partnership, CancellationToken stop)
    {
        var id = await Partnership(who, partnership, stop);
        var view = await system.As(who).Get($"/agreements/v1/partnerships/{id}", stop);
        return view.Items("agreements").First().GetProperty("id").GetGuid();
    }

    private async Task<Guid> BodyThatHasDecided(string who, Guid partnership, CancellationToken stop)
    {
        var bodies = $"/agreements/v1/partnerships/{partnership}/bodies";
        foreach (var body in (await system.As(who).Get(bodies, stop)).Items().Select(one => one.GetProperty("id").GetGuid()))
        {
            if ((await system.As(who).Get($"{bodies}/{body}/decisions", stop)).Items().Any()) return body;
        }
        throw new InvalidOperationException("The demo has no body that has decided anything.");
    }

    private Task<Guid> Partnership(string who, string title, CancellationToken stop) =>
        Named(who, "/agreements/v1/partnerships", title, stop);

    private Task<Guid> Contract(string who, CancellationToken stop) =>
        Named(who, "/outcome-finance/v1/contracts", Norrkoping, stop);

    // By its name: other tests begin partnerships and contracts of their own.
    private async Task<Guid> Named(string who, string list, string title, CancellationToken stop) =>
        (await system.As(who).Get($"{list}?limit=100", stop)).Items()
        .First(one => one.GetProperty("title").GetString() == title).GetProperty("id").GetGuid();

    private async Task<Guid> First(string? who, string list, CancellationToken stop) =>
        (await system.As(who).Get(list, stop)).Items().First().GetProperty("id").GetGuid();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Identifiers();

    [GeneratedRegex("<h1[ >]")]
    private static partial Regex Headings();
}
