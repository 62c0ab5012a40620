using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Problems;

namespace Iop.Web.AuditTrail;

/// <summary>Who did what, when (granskningslogg): the trails of all services as one.</summary>
internal static class AuditPages
{
    private const int LinesMax = 100;
    private static readonly string[] Services = ["agreements", "follow-up", "outcome-finance", "registry", "identity"];

    public static void Map(WebApplication app) => app.MapGet("/granskningslogg", Show);

    private static async Task<IResult> Show(Guid? partnershipId, GatewayCalls gateway, Visitor visitor, CancellationToken cancel)
    {
        var only = partnershipId is { } partnership ? $"&partnershipId={partnership}" : "";
        var trails = await Task.WhenAll(Services.Select(async service =>
            (service, answer: await gateway.Get<Listing<AuditLine>>($"/{service}/v1/audit-trail?limit={LinesMax}{only}", cancel))));
        if (trails.FirstOrDefault(trail => trail.answer.Problem is { IsSignedOut: true }).answer?.Problem is { } signedOut) return signedOut.AsPage(visitor);
        var lines = trails.SelectMany(trail => (trail.answer.Value?.Items ?? []).Select(line => line with { Service = trail.service }))
            .OrderByDescending(line => line.At).Take(LinesMax).ToList();
        return Page.Of<AuditPage>(new { Lines = lines, Away = trails.Where(trail => !trail.answer.Ok).Select(trail => trail.service).ToList() });
    }
}

public sealed record AuditLine(
    Guid Id, DateTimeOffset At, Guid OrganisationId, string? OrganisationName, Guid PersonId, string? PersonName, string Operation, Guid? SubjectId,
    IReadOnlyList<string>? Changes, string? Service);
