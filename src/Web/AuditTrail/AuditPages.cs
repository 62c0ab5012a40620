using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Problems;

namespace Iop.Web.AuditTrail;

/// <summary>Who did what, when (granskningslogg): the trails of all services as one.</summary>
internal static class AuditPages
{
    private const int LinesMax = 100;
    private const int NamesMax = 20;
    private static readonly string[] Services = ["agreements", "follow-up", "outcome-finance", "registry", "identity",
        "notifications"];

    public static void Map(WebApplication app) => app.MapGet("/granskningslogg", Show);

    private static async Task<IResult> Show(Guid? partnershipId, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var only = partnershipId is { } partnership ? $"&partnershipId={partnership}" : "";
        var trails = await Task.WhenAll(Services.Select(async service =>
            (service, answer: await gateway.Get<Listing<AuditLine>>(
                $"/{service}/v1/audit-trail?limit={LinesMax}{only}", cancel))));
        if (trails.FirstOrDefault(trail =>
            trail.answer.Problem is { IsSignedOut: true }).answer?.Problem is { } signedOut) return signedOut.AsPage(visitor);
        var lines = trails.SelectMany(trail =>
            (trail.answer.Value?.Items ?? []).Select(line => line with { Service = trail.service }))
            .OrderByDescending(line => line.At).Take(LinesMax).ToList();
        var names = await Names(gateway, lines, visitor, cancel);
        return Page.Of<AuditPage>(
            new { Lines = lines, Names = names,
            Away = trails.Where(trail => !trail.answer.Ok).Select(trail => trail.service).ToList() });
    }

    /// <summary>Names of the people who share an organisation with the visitor; nobody else's are told.</summary>
    private static async Task<IReadOnlyDictionary<Guid, string>> Names(
        GatewayCalls gateway, IEnumerable<AuditLine> lines, Visitor visitor, CancellationToken cancel)
    {
        var mine = visitor.Person?.Acting?.OrganisationId;
        var people = lines.Where(line => line.OrganisationId == mine).Select(line => line.PersonId).Distinct().Take(NamesMax);
        var found = await Task.WhenAll(
            people.Select(async person =>
            (person, (await gateway.Get<NamedPerson>($"/identity/v1/people/{person}", cancel)).Value)));
        return found.Where(one => one.Value is not null).ToDictionary(one => one.person, one => one.Value!.Name);
    }

    private sealed record NamedPerson(string Name);
}

public sealed record AuditLine(
    Guid Id, DateTimeOffset At, Guid OrganisationId, Guid PersonId, string Operation, IReadOnlyList<string>? Changes,
    string? Service);
