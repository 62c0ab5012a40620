using System.Text.Json;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Iop.Platform.Api;

/// <summary>Who did what, when (granskningslogg): the caller's own organisation's acts, and everybody's in partnerships the
/// caller may see. Ids begin with their time, so the order of ids is that of time, and a page of several services can be made of
/// one from each.</summary>
public static class ListAuditTrail
{
    public sealed record Line(
        Guid Id, DateTimeOffset At, Guid OrganisationId, Guid PersonId, string Operation, Guid? PartnershipId, Guid? SubjectId,
        IReadOnlyList<string> Changes);

    public sealed record View(IReadOnlyList<Line> Items);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/audit-trail", Handle).WithName("ListAuditTrail");

    /// <param name="from">The first Swedish day.</param>
    /// <param name="to">The last Swedish day.</param>
    /// <param name="newerThan">A line's id: the page before it in time's order, the nearest first.</param>
    /// <param name="olderThan">A line's id: the page after it.</param>
    /// <param name="mine">The caller's own acts, for whatever organisation; nobody else's.</param>
    internal static async Task<Answer<View>> Handle(Guid? partnershipId, Guid? personId, string? operation, DateOnly? from,
        DateOnly? to, Guid? newerThan, Guid? olderThan, bool? mine, Paging paging, Caller caller, ServiceDb db,
        HttpRequest request, CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        if (mine is true) await db.Database.ExecuteSqlAsync($"SELECT set_config('iop.own', 'yes', true)", cancel);
        var (person, last) = (mine is true ? caller.Person : personId, FirstOf(to < DateOnly.MaxValue ? to?.AddDays(1) : null));
        var (first, after) = (FirstOf(from), Guid.TryParse(paging.After, out var id) ? id : olderThan);
        var lines = db.AuditTrail.AsNoTracking().Where(line => (partnershipId == null || line.PartnershipId == partnershipId)
            && (person == null || line.PersonId == person) && (operation == null || line.Operation == operation)
            && (first == null || line.EntryId >= first) && (last == null || line.EntryId < last)
            && (after == null || line.EntryId < after) && (newerThan == null || line.EntryId > newerThan));
        var ordered = newerThan is null ? lines.OrderByDescending(line => line.EntryId) : lines.OrderBy(line => line.EntryId);
        var page = await ordered.Skip(paging.Skip).Take(paging.Limit + 1).ToListAsync(cancel);
        var shown = page.Take(paging.Limit).Select(line => new Line(
            line.EntryId, line.At, line.OrganisationId, line.PersonId, line.Operation, line.PartnershipId, line.SubjectId,
            JsonSerializer.Deserialize<List<string>>(line.Changes) ?? [])).ToList();
        var next = page.Count > paging.Limit && newerThan is null ? Paging.Next(request, shown[^1].Id.ToString()) : null;
        return Answers.Page(new View(shown), next);
    }

    /// <summary>Lower than every id made on that day or later.</summary>
    private static Guid? FirstOf(DateOnly? day) => day is not { Year: > 1970 } known ? null
        : SwedishTime.StartOf(known).ToUnixTimeMilliseconds() is var at ? new((int)(at >> 16), (short)at, 0, new byte[8]) : null;
}
