using System.Globalization;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Domain.Texts;
using Iop.Printing;

namespace Iop.Agreements.Versions;

/// <summary>On the printed page: goals, activities, bodies and attachments of a fixed text, in the field's words. Older versions
/// have none.</summary>
internal static class VersionParts
{
    /// <summary>The members of the text that are written here.</summary>
    public static IReadOnlyList<string> Names { get; } = ["goals", "activities", "bodies", "attachments"];

    private static readonly CultureInfo Swedish = CultureInfo.GetCultureInfo("sv-SE");

    public static void Write(PrintedHtml page, AgreementText text, Func<string, string> say)
    {
        var parties = text.Parties.ToDictionary(party => party.PartyId, party => party.Name);
        Goals(page, text.Goals ?? [], parties, say);
        Activities(page, text.Activities ?? [], parties, say);
        Bodies(page, text.Bodies ?? [], parties, say);
        Attachments(page, text.Attachments ?? [], say);
    }

    private static void Goals(
        PrintedHtml page, IReadOnlyList<GoalText> goals, Dictionary<Guid, string> parties, Func<string, string> say)
    {
        if (goals.Any(goal => goal.Kind is GoalKind.Overall)) page.Heading(say("page.goals"));
        foreach (var goal in goals.Where(goal => goal.Kind is GoalKind.Overall))
        {
            page.SmallHeading(goal.Text);
            page.Facts((say("page.partial-goals"),
                [.. goals.Where(part => part.PartOf == goal.GoalId).Select(part => part.Text)]));
        }
        var learning = goals.Where(goal => goal.Kind is GoalKind.Learning).ToLookup(goal => goal.PartyId);
        if (learning.Count == 0) return;
        page.Heading(say("page.learning")).Facts(learning.OrderBy(of => of.Key is not null).ThenBy(of => of.Key).Select(of => (
            of.Key is { } party ? parties.GetValueOrDefault(party, "") : say("page.joint"),
            (IReadOnlyList<string>)[.. of.Select(goal => goal.Text)])));
    }

    private static void Activities(
        PrintedHtml page, IReadOnlyList<ActivityText> activities, Dictionary<Guid, string> parties, Func<string, string> say)
    {
        if (activities.Count > 0) page.Heading(say("page.activities"));
        foreach (var activity in activities)
        {
            page.SmallHeading(activity.Name);
            if (activity.Description is { } description) page.Text(description);
            page.Facts(
                (say("page.booked-by"), [activity.BookedByName]),
                (say("page.taking-part"), [.. activity.PartyIds.Select(id => parties.GetValueOrDefault(id)).OfType<string>()]),
                (say("page.target-group"), Optional(activity.TargetGroup)),
                (say("page.period"), Optional($"{activity.FromOn:yyyy-MM-dd} – {activity.ToOn:yyyy-MM-dd}".Trim(' ', '–'))));
        }
    }

    private static void Bodies(
        PrintedHtml page, IReadOnlyList<BodyText> bodies, Dictionary<Guid, string> parties, Func<string, string> say)
    {
        if (bodies.Count > 0) page.Heading(say("page.bodies"));
        foreach (var body in bodies)
        {
            page.SmallHeading(body.Name);
            var own = body.OwnerPartyId is { } owner
                ? $", {say($"visibility.{Words.Of(body.Visibility)}")} ({parties.GetValueOrDefault(owner, "")})" : "";
            page.Small(say($"body.{Words.Of(body.Kind)}") + own);
            if (body.Mandate is { } mandate) page.Text(mandate);
            page.Facts((say("page.rhythm"), Optional(Said(body.Rhythm, say))), (say("page.handover"), Optional(body.Handover)));
        }
    }

    private static string? Said(Rhythm? rhythm, Func<string, string> say)
    {
        if (rhythm is null) return null;
        var first = $"{say("page.every-weeks")} {rhythm.EveryWeeks}";
        return rhythm is { ForMonths: { } months, ThenEveryWeeks: { } then }
            ? $"{first}; {say("page.months")} {months}; {say("page.then-every-weeks")} {then}" : first;
    }

    private static void Attachments(PrintedHtml page, IReadOnlyList<AttachmentText> attachments, Func<string, string> say)
    {
        if (attachments.Count == 0) return;
        page.Heading(say("page.attachments")).Small(say("page.attachments-text"));
        foreach (var file in attachments)
        {
            var where = file.SectionKey is { } key ? $" ({say($"section.{key}")})" : "";
            page.SmallHeading(file.Title + where)
                .Text($"{file.FileName}, {file.Bytes.ToString("N0", Swedish)} {say("page.bytes")}")
                .Hash($"SHA-256 {file.Sha256}");
        }
    }

    private static IReadOnlyList<string> Optional(string? value) => string.IsNullOrEmpty(value) ? [] : [value];
}
