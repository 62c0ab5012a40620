using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Partnerships;

/// <summary>The caller's partnerships, newest first, with what awaits whom.</summary>
internal static class ListPartnerships
{
    public sealed record Line(
        Guid Id, string Title, PartnershipState State, IReadOnlyList<PartyView> Parties, IReadOnlyList<AwaitView> Awaits);

    public sealed record View(IReadOnlyList<Line> Items);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/partnerships", Handle).WithName(nameof(ListPartnerships));

    internal static async Task<Answer<View>> Handle(
        Paging paging, HttpRequest request, Viewer viewer, AgreementsDb db, Catalogues catalogues, CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        // The id is made of the time: its order is the order of starting.
        var partnerships = Guid.TryParse(paging.After, out var after)
            ? db.Partnerships.FromSql($"SELECT * FROM partnership WHERE partnership_id < {after}")
            : db.Partnerships;
        var page = await partnerships.OrderByDescending(partnership => partnership.Id).Skip(paging.Skip).Take(paging.Limit + 1)
            .ToListAsync(cancel);
        var files = await PartnershipFile.OfAll(db, catalogues, [.. page.Take(paging.Limit)], cancel);
        var items = files.Select(file => new Line(
            file.Partnership.Id.Value, file.Partnership.Title, file.State,
            [.. file.Parties.Select(party => PartyView.Of(party, file.Names, viewer))],
            [.. file.Awaits().Select(waiting => AwaitView.Of(
                waiting.Await, file.Names, viewer, waiting.Agreement, file.Parties))])).ToList();
        return Answers.Page(new View(items), page.Count > paging.Limit ? Paging.Next(request, items[^1].Id.ToString()) : null);
    }
}
