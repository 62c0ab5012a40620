using Iop.Agreements.Domain;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Dialogue;

/// <summary>The dialogue as the caller may hear it, the latest first.</summary>
internal static class ListDialogue
{
    public sealed record View(IReadOnlyList<DialogueEntryView> Items);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/partnerships/{id:guid}/dialogue", Handle).WithName(nameof(ListDialogue));

    internal static async Task<Answer<View>> Handle(
        Guid id, Paging paging, HttpRequest request, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var partnership = new PartnershipId(id);
        if (!await db.Partnerships.AnyAsync(known => known.Id == partnership, cancel)) return Refusal.NotFound;
        if (paging.Refusal is { } refusal) return refusal;
        var entries = db.Dialogue.AsNoTracking().Where(entry => entry.PartnershipId == partnership);
        if (paging.After?.Split('/') is [var on, var last] && DateOnly.TryParse(on, out var day)
            && Guid.TryParse(last, out var after))
            entries = entries.Where(entry => entry.HeldOn < day || (entry.HeldOn == day && entry.EntryId.CompareTo(after) < 0));
        var page = await entries.OrderByDescending(entry => entry.HeldOn).ThenByDescending(entry => entry.EntryId)
            .Skip(paging.Skip).Take(paging.Limit + 1).ToListAsync(cancel);
        var items = await DialogueEntryView.OfAll([.. page.Take(paging.Limit)], viewer, db, cancel);
        return Answers.Page(new View(items), page.Count > paging.Limit
            ? Paging.Next(request, $"{items[^1].HeldOn:O}/{items[^1].Id}") : null);
    }
}
