using System.Globalization;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Problems;

namespace Iop.Web.AuditTrail;

/// <summary>Who did what, when (granskningslogg): the trails of all services as one, page by page in the order of time.</summary>
internal static class AuditPages
{
    public const string Here = "/granskningslogg";

    /// <summary>Each of which keeps a trail.</summary>
    public static IReadOnlyList<string> Services { get; } =
        ["agreements", "follow-up", "outcome-finance", "registry", "identity", "notifications"];

    private const int PerPage = 50;

    public static void Map(WebApplication app) => app.MapGet(Here, Show);

    private static async Task<IResult> Show(
        [AsParameters] TrailWish wish, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var asked = Services.Where(service => string.IsNullOrEmpty(wish.Tjanst) || service == wish.Tjanst).ToList();
        var trails = await Task.WhenAll(asked.Select(async service => (service, answer:
            await gateway.Get<Listing<AuditLine>>($"/{service}/v1/audit-trail?limit={PerPage + 1}{wish.AsAsked}", cancel))));
        var problems = trails.Select(trail => trail.answer.Problem).OfType<Problem>().ToList();
        if (problems.Find(one => one.IsSignedOut || one.Status == StatusCodes.Status400BadRequest) is { } no)
            return no.AsPage(visitor);
        var page = TrailPage.Of(trails.SelectMany(trail =>
            (trail.answer.Value?.Items ?? []).Select(line => line with { Service = trail.service })), wish, PerPage);
        return Page.Of<AuditPage>(new
        {
            Shown = page, Wish = wish, Names = await Names(gateway, page.Lines, wish, cancel),
            Away = trails.Where(trail => !trail.answer.Ok).Select(trail => trail.service).ToList(),
        });
    }

    /// <summary>Names of those who work or have worked for the visitor's organisation; nobody else's are told.</summary>
    private static async Task<IReadOnlyDictionary<Guid, string>> Names(
        GatewayCalls gateway, IEnumerable<AuditLine> lines, TrailWish wish, CancellationToken cancel)
    {
        Guid? chosen = Guid.TryParse(wish.Person, out var person) ? person : null;
        var ids = lines.SelectMany(line => new[] { line.PersonId, line.SubjectId }).Append(chosen).OfType<Guid>().Distinct();
        var found = await gateway.Get<Listing<NamedPerson>>(
            $"/identity/v1/people?{string.Join('&', ids.Select(id => $"id={id}"))}", cancel);
        return (found.Value?.Items ?? []).ToDictionary(one => one.Id, one => one.Name);
    }

    private sealed record NamedPerson(Guid Id, string Name);
}

/// <summary>What a visitor wants to see of the trail, as it stands in the address.</summary>
/// <param name="Efter">The line after which the page begins, going back in time.</param>
/// <param name="Fore">The line before which the page ends, going forward.</param>
public sealed record TrailWish(
    Guid? PartnershipId, string? Tjanst, string? Vad, string? Person, string? Fran, string? Till, Guid? Efter, Guid? Fore)
{
    /// <summary>The filter, without the page.</summary>
    public string Filter => Query(("partnershipId", PartnershipId?.ToString()), ("tjanst", Tjanst), ("vad", Vad),
        ("person", Person), ("fran", Fran), ("till", Till));

    /// <summary>The same in the services' words; a date that is none is left for them to refuse.</summary>
    internal string AsAsked => Query(("partnershipId", PartnershipId?.ToString()), ("operation", Vad),
        ("personId", Person), ("from", Fran), ("to", Till), ("olderThan", Efter?.ToString()),
        ("newerThan", Fore?.ToString()));

    private static string Query(params IEnumerable<(string Name, string? Value)> wishes) => string.Concat(wishes
        .Where(one => !string.IsNullOrWhiteSpace(one.Value))
        .Select(one => string.Create(CultureInfo.InvariantCulture, $"&{one.Name}={Uri.EscapeDataString(one.Value!)}")));
}

/// <summary>One page made of a page of each service.</summary>
/// <param name="Newer">A line before which there are others, or none.</param>
/// <param name="Older">A line after which there are others, or none.</param>
public sealed record TrailPage(IReadOnlyList<AuditLine> Lines, Guid? Newer, Guid? Older)
{
    /// <param name="lines">More than a page of every service that has more, the nearest to where the page begins.</param>
    public static TrailPage Of(IEnumerable<AuditLine> lines, TrailWish wish, int most)
    {
        var backwards = wish.Fore is not null;
        var nearest = (backwards ? lines.OrderBy(line => line.Id) : lines.OrderByDescending(line => line.Id)).ToList();
        var (shown, more) = (nearest.Take(most).OrderByDescending(line => line.Id).ToList(), nearest.Count > most);
        if (shown.Count == 0) return new TrailPage(shown, wish.Efter, wish.Fore);
        return new TrailPage(shown, backwards ? (more ? shown[0].Id : null) : wish.Efter is null ? null : shown[0].Id,
            backwards || more ? shown[^1].Id : null);
    }
}

public sealed record AuditLine(
    Guid Id, DateTimeOffset At, Guid OrganisationId, Guid PersonId, string Operation, Guid? SubjectId,
    IReadOnlyList<string>? Changes, string? Service);
