using System.Globalization;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Inbox;

/// <summary>What awaits me, grouped by partnership. Lines that only tell something can be put away; the others leave when they
/// are done, and can be put off. How I want to hear of it by mail.</summary>
internal static class InboxPages
{
    /// <summary>In how many days a line comes back.</summary>
    public static IReadOnlyList<int> Later { get; } = [1, 7, 30];

    /// <summary>How one can choose to get mail.</summary>
    public static IReadOnlyList<string> Hows { get; } = ["at-once", "daily", "never"];

    private const int PerPage = 50;
    private const string Root = "/notifications/v1/inbox";
    private const string Choice = "/notifications/v1/mail-choice";

    public static void Map(WebApplication app)
    {
        app.MapGet("/inkorg", Show);
        app.MapPost("/inkorg/{id:guid}", Dismiss);
        app.MapPost("/inkorg/{id:guid}/senare", PutOff);
        app.MapGet("/inkorg/besked", ShowChoice);
        app.MapPost("/inkorg/besked", Choose);
    }

    private static async Task<IResult> Show(GatewayCalls gateway, Visitor visitor, CancellationToken cancel, int page = 1)
    {
        var at = Math.Max(1, page);
        var counted = gateway.Get<InboxCount>(Root + "/count", cancel);
        var lines = await gateway.Get<Listing<InboxLine>>($"{Root}?limit={PerPage}&page={at}", cancel);
        var awaits = (await counted).Value?.MustAct ?? lines.Value?.Items.Count(line => line.MustAct) ?? 0;
        return lines.Problem is { } no ? no.AsPage(visitor)
            : Page.Of<InboxPage>(new { Lines = lines.Value!.Items, Awaiting = awaits, At = at, lines.More });
    }

    private static async Task<IResult> Dismiss(
        Guid id, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var answer = await gateway.Act<object>(HttpMethod.Post, $"{Root}/{id}/dismissal", null, form.Tag, form.Key, cancel);
        return answer.Problem is { } no ? no.AsPage(visitor) : Page.Done("/inkorg", "line-dismissed");
    }

    private static async Task<IResult> PutOff(
        Guid id, Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var days = Later.FirstOrDefault(days => form["days"] == days.ToString(CultureInfo.InvariantCulture));
        var answer = await gateway.Act<object>(
            HttpMethod.Post, $"{Root}/{id}/snooze", new { days }, form.Tag, form.Key, cancel);
        return answer.Problem is { } no ? no.AsPage(visitor) : Page.Done("/inkorg", "line-put-off");
    }

    private static async Task<IResult> ShowChoice(GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var choice = await gateway.Get<MailChoice>(Choice, cancel);
        return choice.Problem is { } no ? no.AsPage(visitor) : Chosen(choice.Value!.How, visitor);
    }

    private static async Task<IResult> Choose(
        Filled form, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var answer = await gateway.Act<MailChoice>(HttpMethod.Put, Choice, new { how = form["how"] }, form.Tag, form.Key, cancel);
        return answer.Problem is { } no ? Chosen(form["how"] ?? "", visitor, no) : Page.Done("/inkorg/besked", "mail-chosen");
    }

    private static IResult Chosen(string how, Visitor visitor, Problem? problem = null) =>
        Page.Of<MailChoicePage>(new { How = how, Organisation = visitor.Person?.Acting?.Organisation ?? "", Problem = problem });
}

public sealed record InboxLine(
    Guid Id, string Kind, string Text, string? PartnershipTitle, string? Title, string? Path, DateTimeOffset Since, bool MustAct);

public sealed record InboxCount(int MustAct);

public sealed record MailChoice(string How);
