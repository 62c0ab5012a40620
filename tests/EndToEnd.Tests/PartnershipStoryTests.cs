using Iop.DemoData.Cases;
using Microsoft.Playwright;

namespace Iop.EndToEnd.Tests;

/// <summary>A partnership from the first talk to the public register, each step by its own page and as the person whose job it
/// is; nobody runs scripts, and the signatories have phones.</summary>
public sealed class PartnershipStoryTests(RunningSystem system)
{
    private const string Title = "Läxhjälp på Råslätt";
    private const int PhoneWidth = 360;
    private const string Clause = "resources";

    private static readonly string[] Required =
    [
        "background", "challenge", "targetGroup", "goals", "interventions", "decisionMaking", "resources", "period", "ending",
        "surplus",
    ];

    [Fact]
    public async Task A_partnership_is_agreed_signed_and_followed_up()
    {
        var officer = await system.Browser.Open("officer", script: false);
        var partnership = await Forms.Begin(officer, Title);
        await Forms.Invite(officer, partnership, "Frälsningsarmén", signatures: 2);
        var agreement = await Forms.BeginAgreement(officer, partnership, "2026-01-01", "2028-12-31");
        await Write(officer, agreement);
        await Contribute(officer, agreement, "Region Jönköpings län", "money", "Bidrag till lokal", "250000,50");
        await Contribute(officer, agreement, "Frälsningsarmén", "volunteer-work", "Läxhjälpare", null);

        await Assess(await system.Browser.Open("lawyer", script: false), agreement);

        await officer.GotoAsync($"/avtal/{agreement}/oppna");
        await Forms.Send(officer);
        foreach (var who in new[] { "signatory", "association-signatory", "association-signatory-2" })
            await Forms.Sign(await system.Browser.Open(who, PhoneWidth, script: false), $"/avtal/{agreement}/underskrift");

        await Forms.Until(officer, $"/avtal/{agreement}", "Alla har skrivit under och tiden har börjat.");
        await FollowUp(officer, partnership);
        await Forms.Until(await system.Browser.Open(null, script: false), $"/register?q={Uri.EscapeDataString(Title)}", Title);
    }

    private static async Task Write(IPage page, string agreement)
    {
        foreach (var key in Required)
        {
            await page.GotoAsync($"/avtal/{agreement}/avsnitt/{key}");
            await page.Locator("#text").FillAsync($"Detta har parterna kommit överens om ({key}).");
            await Forms.Send(page, "button[value=save]");
        }
    }

    private static async Task Contribute(
        IPage page, string agreement, string party, string kind, string what, string? kronor)
    {
        await page.GotoAsync($"/avtal/{agreement}/resurs");
        await page.Locator("#partyId").SelectOptionAsync(new SelectOptionValue { Label = party });
        await page.Locator("#kind").SelectOptionAsync(kind);
        await page.Locator("#description").FillAsync(what);
        if (kronor is null) await page.Locator("#hoursPerYear").FillAsync("300");
        else await page.Locator("#kronorPerYear").FillAsync(kronor);
        await Forms.Send(page);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(what);
    }

    /// <summary>Every question with its reason, then the approval.</summary>
    private static async Task Assess(IPage page, string agreement)
    {
        await page.GotoAsync($"/avtal/{agreement}/bedomning");
        var questions = await page.Locator("article.question").EvaluateAllAsync<string[]>("all => all.map(one => one.id)");
        Assert.NotEmpty(questions);
        foreach (var question in questions)
        {
            var (answer, reason, _) = LegalAnswers.For(question);
            await page.Locator($"#{question} summary").ClickAsync();
            await page.Locator($"#{question}-{answer}").CheckAsync();
            await page.Locator($"#{question}-reason").FillAsync(reason);
            await page.Locator($"#{question}-clause").FillAsync(Clause);
            await Forms.Send(page, $"#{question} button[type=submit]");
        }
        await Forms.Send(page, "form[action$='/godkannande'] button");
    }

    private async Task FollowUp(IPage officer, string partnership)
    {
        await Forms.Until(officer, $"/samverkan/{partnership}/uppfoljning", "Följ en indikator till");
        await officer.Locator("a[href*='/uppfoljning/ny']").First.ClickAsync();
        await officer.Locator("#name").FillAsync("Elever som fått läxhjälp");
        await officer.Locator("#unit").FillAsync("elever");
        await officer.Locator("#every").SelectOptionAsync("half-year");
        await Forms.Send(officer);

        var reporter = await system.Browser.Open("association-officer", script: false);
        await reporter.GotoAsync($"/samverkan/{partnership}/uppfoljning");
        await reporter.Locator(".indicator a.ds-button").ClickAsync();
        await reporter.Locator("#periodKey").FillAsync("2026-H1");
        await reporter.Locator("#value").FillAsync("1 234,5");
        await reporter.Locator("#comment").FillAsync("Fler än väntat; två kvällar ställdes in.");
        await Forms.Send(reporter);
        await Forms.Until(officer, $"/samverkan/{partnership}/uppfoljning", "1\u00a0234,5");
    }
}
