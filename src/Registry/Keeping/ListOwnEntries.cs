using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Registry.Domain;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Keeping;

/// <summary>The entries that the caller's organisation is named in: what is missing in them, when they were last confirmed, and
/// what somebody has asked to have corrected.</summary>
internal static class ListOwnEntries
{
    public sealed record View(IReadOnlyList<Line> Items, int Total);

    public sealed record Line(
        Guid Id, string Title, EntryStatus Status, string Provenance, IReadOnlyList<string> Missing, DateOnly? LastConfirmedOn,
        bool AwaitsConfirmation, int CorrectionsWaiting);

    private const int AskedAfterMonths = 12;

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/own-entries", Handle).WithName(nameof(ListOwnEntries));

    internal static async Task<Answer<View>> Handle(
        Caller caller, Paging paging, RegistryDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        var (own, ask) = (new OrganisationId(caller.Organisation), clock.Today().AddMonths(-AskedAfterMonths));
        var mine = db.Entries.AsNoTracking().Where(entry => entry.KeeperId == own
            || entry.Agreements.Any(agreement => agreement.Parties.Any(party => party.OrganisationId == own)));
        var total = await mine.CountAsync(cancel);
        var page = await mine.OrderBy(entry => entry.LastConfirmedOn).ThenBy(entry => entry.EntryId)
            .Skip(paging.Skip).Take(paging.Limit)
            .Select(entry => new
            {
                Entry = entry,
                Waiting = db.Corrections.Count(one =>
                    one.EntryId == entry.EntryId && one.Outcome == CorrectionOutcome.Waiting),
            }).ToListAsync(cancel);
        return new View([.. page.Select(one => new Line(
            one.Entry.EntryId.Value, one.Entry.Title, one.Entry.Status, one.Entry.Provenance, one.Entry.Missing,
            one.Entry.LastConfirmedOn,
            !one.Entry.IsSignedHere && one.Entry.Status is EntryStatus.Active or EntryStatus.Presumed
                && !one.Entry.IsSignedHere && (one.Entry.LastConfirmedOn ?? DateOnly.MinValue) <= ask,
            one.Waiting))], total);
    }
}
