using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Organisations;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Comments;

/// <summary>The threads about an agreement, or about one section of it, as far as the caller may hear them.</summary>
internal static class ListComments
{
    public sealed record View(IReadOnlyList<ThreadView> Items);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/agreements/{id:guid}/comments", Handle).WithName(nameof(ListComments));
        api.MapGet("/agreements/{id:guid}/comments/{threadId:guid}", Show).WithName("ShowThread");
    }

    internal static async Task<Answer<View>> Handle(
        Guid id, string? section, bool? open, Paging paging, HttpRequest request, Viewer viewer, AgreementsDb db,
        CancellationToken cancel)
    {
        var agreement = new AgreementId(id);
        if (!await db.Agreements.AnyAsync(known => known.Id == agreement, cancel)) return Refusal.NotFound;
        if (paging.Refusal is { } refusal) return refusal;
        var threads = db.Threads.AsNoTracking().Where(thread => thread.AgreementId == agreement);
        if (section is not null) threads = threads.Where(thread => thread.SectionKey == section);
        if (open is { } isOpen) threads = threads.Where(thread => thread.ResolvedAt == null == isOpen);
        if (Guid.TryParse(paging.After, out var after)) threads = threads.Where(thread => thread.ThreadId.CompareTo(after) < 0);
        var page = await threads.OrderByDescending(thread => thread.ThreadId).Skip(paging.Skip).Take(paging.Limit + 1)
            .ToListAsync(cancel);
        var items = await ThreadView.OfAll([.. page.Take(paging.Limit)], viewer, db, cancel);
        return Answers.Page(new View(items),
            page.Count > paging.Limit ? Paging.Next(request, items[^1].Id.ToString()) : null);
    }

    internal static async Task<Answer<ThreadView>> Show(
        Guid id, Guid threadId, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var agreement = new AgreementId(id);
        if (await db.Threads.SingleOrDefaultAsync(one => one.AgreementId == agreement && one.ThreadId == threadId, cancel)
            is not { } thread) return Refusal.NotFound;
        return Answers.Ok(await ThreadView.Of(thread, viewer, db, cancel), thread.Version);
    }
}

/// <param name="ThreadTag">The If-Match of settling it.</param>
internal sealed record ThreadView(
    Guid Id, Guid AgreementId, string SectionKey, string SectionName, Audience Audience, string State, DateTimeOffset StartedAt,
    string? ResolvedBy, DateTimeOffset? ResolvedAt, IReadOnlyList<ThreadView.CommentView> Comments, string ThreadTag)
{
    public sealed record CommentView(
        Guid Id, Guid OrganisationId, string OrganisationName, string? Author, bool Mine, DateTimeOffset At, string Text);

    public static async Task<ThreadView> Of(CommentThread thread, Viewer viewer, AgreementsDb db, CancellationToken cancel) =>
        (await OfAll([thread], viewer, db, cancel))[0];

    public static async Task<IReadOnlyList<ThreadView>> OfAll(
        IReadOnlyList<CommentThread> threads, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var ids = threads.Select(thread => thread.ThreadId).ToList();
        var comments = await db.Comments.AsNoTracking().Where(comment => ids.Contains(comment.ThreadId))
            .OrderBy(comment => comment.Number).ToListAsync(cancel);
        var people = await viewer.NamesOf(
            [.. comments.Select(comment => comment.Author), .. threads.Select(thread => thread.ResolvedBy).OfType<PersonRef>()],
            cancel);
        var organisations = await PartyNames.Of(db, [.. comments.Select(comment => comment.Organisation)], cancel);
        var said = comments.ToLookup(comment => comment.ThreadId, comment => new CommentView(
            comment.CommentId, comment.Organisation.Value, organisations.Of(comment.Organisation),
            people.GetValueOrDefault(comment.Author), comment.Author == viewer.Person, comment.SaidAt, comment.Text));
        return [.. threads.Select(thread => new ThreadView(
            thread.ThreadId, thread.AgreementId.Value, thread.SectionKey, viewer.Say($"section.{thread.SectionKey}"),
            thread.Audience, thread.IsOpen() ? "open" : "resolved", thread.StartedAt,
            thread.ResolvedBy is { } by ? people.GetValueOrDefault(by) : null, thread.ResolvedAt,
            [.. said[thread.ThreadId]], $"{thread.Version}"))];
    }
}
