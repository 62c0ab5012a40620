using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Bodies;

/// <summary>Something is put on a body's table (ärende), referred to another body, or closed with what came of it.</summary>
internal static class RaiseItem
{
    public sealed record Request(string Title, string? Text = null);

    public sealed record Referral(Guid ToBodyId, string Reason);

    public sealed record Closure(string Outcome);

    public sealed record Result(IReadOnlyList<ItemView> Items);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/partnerships/{id:guid}/bodies/{bodyId:guid}/items", Handle).WithName(nameof(RaiseItem)).Creates();
        api.MapGet("/partnerships/{id:guid}/bodies/{bodyId:guid}/items", List).WithName("ListItems");
        api.MapGet("/partnerships/{id:guid}/items/{itemId:guid}", Show).WithName("ShowItem");
        api.MapPost("/partnerships/{id:guid}/items/{itemId:guid}/referrals", Refer).WithName("ReferItem");
        api.MapPost("/partnerships/{id:guid}/items/{itemId:guid}/closure", Close).WithName("CloseItem");
    }

    internal static async Task<Answer<ItemView>> Handle(
        Guid id, Guid bodyId, Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await BodyFile.Find(db, id, bodyId, cancel) is not { } body) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (new Fields().Text("title", request.Title, BodyItem.TitleMax).OptionalText("text", request.Text, BodyItem.TextMax)
            .Refusal is { } malformed) return malformed;
        if ((await BodyFile.Room(db, body.PartnershipId, viewer, cancel)).Keeps(body) is { } notForYou) return notForYou;
        var open = await db.BodyItems.CountAsync(other => other.BodyId == body.Id && other.State == ItemState.Open, cancel);
        if (BodyItem.NoRoomBeside(open) is { } full) return full;
        var now = clock.GetUtcNow();
        var item = BodyItem.Raise(
            new ItemId(Guid.CreateVersion7(now)), body, request.Title.Trim(), FormBody.Blank(request.Text), viewer.Person, now);
        db.Add(item);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/agreements/v1/partnerships/{id}/items/{item.Id.Value}",
            (await Views(db, [item], viewer, cancel))[0], item.Version);
    }

    internal static async Task<Answer<ItemView>> Refer(
        Guid id, Guid itemId, Referral request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, TimeProvider clock,
            CancellationToken cancel)
    {
        if (await Find(db, id, itemId, cancel) is not { } item) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (ifMatch.Misses(item.Version) is { } stale) return stale;
        if (new Fields().Text("reason", request.Reason, BodyItem.TextMax).Refusal is { } malformed) return malformed;
        if (await BodyFile.Find(db, id, request.ToBodyId, cancel) is not { } to) return BodyRefusals.UnknownBody;
        // Only somebody who sees into both carries things between them.
        if ((await BodyFile.Room(db, item.PartnershipId, viewer, cancel)).Keeps(to) is { } notForYou) return notForYou;
        var now = clock.GetUtcNow();
        if (item.Refer(to, request.Reason.Trim(), viewer.Person, now, Guid.CreateVersion7(now), out var step) is { } refusal)
            return refusal;
        db.Add(step);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok((await Views(db, [item], viewer, cancel))[0], item.Version);
    }

    internal static async Task<Answer<ItemView>> Close(
        Guid id, Guid itemId, Closure request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, TimeProvider clock,
            CancellationToken cancel)
    {
        if (await Find(db, id, itemId, cancel) is not { } item) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (ifMatch.Misses(item.Version) is { } stale) return stale;
        if (new Fields().Text("outcome", request.Outcome, BodyItem.TextMax).Refusal is { } malformed) return malformed;
        var now = clock.GetUtcNow();
        if (item.Close(request.Outcome.Trim(), viewer.Person, now, Guid.CreateVersion7(now), out var step) is { } refusal)
            return refusal;
        db.Add(step);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok((await Views(db, [item], viewer, cancel))[0], item.Version);
    }

    internal static async Task<Answer<ItemView>> Show(Guid id, Guid itemId, Viewer viewer, AgreementsDb db,
        CancellationToken cancel) =>
        await Find(db, id, itemId, cancel) is { } item
            ? Answers.Ok((await Views(db, [item], viewer, cancel))[0], item.Version) : Refusal.NotFound;

    /// <summary>What lies on the body's table now, closed or open.</summary>
    internal static async Task<Answer<Result>> List(Guid id, Guid bodyId, Viewer viewer, AgreementsDb db,
        CancellationToken cancel)
    {
        if (await BodyFile.Find(db, id, bodyId, cancel) is not { } body) return Refusal.NotFound;
        var items = await db.BodyItems.Where(item => item.BodyId == body.Id).OrderBy(item => item.State == ItemState.Closed)
            .ThenByDescending(item => item.Id).Take(BodyItem.OpenMax).ToListAsync(cancel);
        return new Result(await Views(db, items, viewer, cancel));
    }

    private static Task<BodyItem?> Find(AgreementsDb db, Guid partnership, Guid item, CancellationToken cancel)
    {
        var (where, which) = (new PartnershipId(partnership), new ItemId(item));
        return db.BodyItems.SingleOrDefaultAsync(known => known.PartnershipId == where && known.Id == which, cancel);
    }

    private static async Task<IReadOnlyList<ItemView>> Views(
        AgreementsDb db, IReadOnlyList<BodyItem> items, Viewer viewer, CancellationToken cancel)
    {
        var ids = items.Select(item => item.Id).ToList();
        var steps = (await db.ItemSteps.Where(step => ids.Contains(step.ItemId)).OrderBy(step => step.StepId).ToListAsync(cancel))
            .ToLookup(step => step.ItemId);
        var names = await viewer.NamesOf(
            items.Select(item => item.RaisedBy).Concat(steps.SelectMany(of => of).Select(step => step.TakenBy)), cancel);
        return [.. items.Select(item => ItemView.Of(item, steps[item.Id], names))];
    }
}

/// <param name="ItemTag">The If-Match of a referral or closure.</param>
internal sealed record ItemView(
    Guid Id, Guid BodyId, string Title, string? Text, ItemState State, string? RaisedBy, DateTimeOffset RaisedAt,
    IReadOnlyList<ItemView.StepView> Steps, string ItemTag)
{
    /// <param name="ToBodyId">Null where the item was closed.</param>
    public sealed record StepView(Guid BodyId, Guid? ToBodyId, string Words, string? TakenBy, DateTimeOffset TakenAt);

    public static ItemView Of(BodyItem item, IEnumerable<ItemStep> steps, IReadOnlyDictionary<PersonRef, string> names) => new(
        item.Id.Value, item.BodyId.Value, item.Title, item.Text, item.State, names.GetValueOrDefault(item.RaisedBy),
        item.RaisedAt,
        [.. steps.Select(step => new StepView(
            step.BodyId.Value, step.ToBody?.Value, step.Words, names.GetValueOrDefault(step.TakenBy), step.TakenAt))],
        $"{item.Version}");
}
