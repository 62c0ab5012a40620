using System.Text.Json;
using Iop.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Iop.Platform.Api;

/// <summary>Who did what, when (granskningslogg): the caller's own organisation's acts, and everybody's in partnerships the
/// caller may see.</summary>
public static class ListAuditTrail
{
    public sealed record Line(
        Guid Id, DateTimeOffset At, Guid OrganisationId, Guid PersonId, string Operation, Guid? PartnershipId, Guid? SubjectId,
        IReadOnlyList<string> Changes);

    public sealed record View(IReadOnlyList<Line> Items);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/audit-trail", Handle).WithName("ListAuditTrail");

    internal static async Task<Answer<View>> Handle(
        Guid? partnershipId, Paging paging, ServiceDb db, HttpRequest request, CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        var lines = db.AuditTrail.AsNoTracking();
        if (partnershipId is { } partnership) lines = lines.Where(line => line.PartnershipId == partnership);
        if (Guid.TryParse(paging.After, out var after)) lines = lines.Where(line => line.EntryId.CompareTo(after) < 0);
        var page = await lines.OrderByDescending(line => line.EntryId).Skip(paging.Skip).Take(paging.Limit + 1)
            .ToListAsync(cancel);
        var shown = page.Take(paging.Limit).Select(line => new Line(
            line.EntryId, line.At, line.OrganisationId, line.PersonId, line.Operation, line.PartnershipId, line.SubjectId,
            JsonSerializer.Deserialize<List<string>>(line.Changes) ?? [])).ToList();
        return Answers.Page(new View(shown), page.Count > paging.Limit ? Paging.Next(request, shown[^1].Id.ToString()) : null);
    }
}
