using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Platform.Trial;

public sealed class TrialDb(DbContextOptions<TrialDb> options, TimeProvider clock) : ServiceDb(options, clock)
{
    public DbSet<Note> Notes => Set<Note>();
}

public sealed class Note
{
    public required Guid NoteId { get; init; }

    public required Guid PartnershipId { get; init; }

    public required string Text { get; set; }

    public long Version { get; set; } = 1;
}

internal sealed class NoteMapping : IEntityTypeConfiguration<Note>
{
    public void Configure(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<Note> builder) =>
        builder.HasKey(note => note.NoteId);
}

/// <summary>A note in a partnership: the smallest thing that has everything.</summary>
internal static class Notes
{
    public sealed record Written(Guid PartnershipId, string Text);

    public sealed record Changed(string Text);

    public sealed record Invited(Guid OrganisationId);

    public sealed record View(Guid Id, string Text, long Version);

    public sealed record List(IReadOnlyList<View> Items);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/notes", Write).WithName("WriteNote").Creates();
        api.MapPost("/notes/{id:guid}/invitations", Invite).WithName("InviteToNote").Creates();
        api.MapPost("/notes/{id:guid}/accident", Fail).WithName("FailNote");
        api.MapPut("/notes/{id:guid}", Change).WithName("ChangeNote");
        api.MapGet("/notes/{id:guid}", Show).WithName("ShowNote").LeavesATrail();
        api.MapGet("/notes", All).WithName("ListNotes");
        api.MapGet("/notes/slowly", Slowly).WithName("ListNotesSlowly");
        api.MapGet("/public", () => (Answer<List>)new List([])).WithName("ShowPublic").AllowAnonymous();
    }

    private static async Task<Answer<View>> Write(Written request, Caller caller, TrialDb db, TimeProvider clock,
        CancellationToken cancel)
    {
        if (request.Text == "nej") return new Refusal("note.forbidden-word").With("word", request.Text);
        await db.LetIn(new Admission(request.PartnershipId, caller.Organisation, "public", clock.Today(), MayInvite: true),
            cancel);
        var note = new Note { NoteId = Guid.CreateVersion7(), PartnershipId = request.PartnershipId, Text = request.Text };
        db.Add(note);
        Announce(db, note);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/trial/v1/notes/{note.NoteId}", new View(note.NoteId, note.Text, note.Version), note.Version);
    }

    private static async Task<Answer<View>> Invite(Guid id, Invited request, TrialDb db, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.Notes.FirstOrDefaultAsync(known => known.NoteId == id, cancel) is not { } note) return Refusal.NotFound;
        await db.LetIn(new Admission(note.PartnershipId, request.OrganisationId, "idea-driven", clock.Today()), cancel);
        return Answers.Created($"/trial/v1/notes/{id}", new View(id, note.Text, note.Version), note.Version);
    }

    private static async Task<Answer<View>> Fail(Guid id, TrialDb db, CancellationToken cancel)
    {
        if (await db.Notes.FirstOrDefaultAsync(known => known.NoteId == id, cancel) is not { } note) return Refusal.NotFound;
        note.Text = "half done";
        await db.SaveChangesAsync(cancel);
        throw new InvalidOperationException("An accident.");
    }

    private static async Task<Answer<View>> Change(Guid id, Changed request, Caller caller, IfMatch ifMatch, TrialDb db,
        CancellationToken cancel)
    {
        if (await db.Notes.FirstOrDefaultAsync(known => known.NoteId == id, cancel) is not { } note) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (ifMatch.Misses(note.Version) is { } stale) return stale;
        if (new Fields().Text("text", request.Text, 100).Refusal is { } malformed) return malformed;
        if (request.Text == "nej") return new Refusal("note.forbidden-word").With("word", request.Text);
        (note.Text, note.Version) = (request.Text, note.Version + 1);
        Announce(db, note);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(new View(id, note.Text, note.Version), note.Version);
    }

    private static async Task<Answer<View>> Show(Guid id, TrialDb db, CancellationToken cancel) =>
        await db.Notes.FirstOrDefaultAsync(known => known.NoteId == id, cancel) is { } note
            ? Answers.Ok(new View(id, note.Text, note.Version), note.Version)
            : Refusal.NotFound;

    private static async Task<Answer<List>> All(TrialDb db, CancellationToken cancel) =>
        new List(await db.Notes.OrderBy(note => note.NoteId).Select(note => new View(note.NoteId, note.Text, note.Version))
            .ToListAsync(cancel));

    private static async Task<Answer<List>> Slowly(TrialDb db, CancellationToken cancel)
    {
        var all = await All(db, cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_sleep(5)", cancel);
        return all;
    }

    private static void Announce(TrialDb db, Note note) =>
        db.Announce(note.NoteId, note.Version,
            new NoteWritten { NoteId = note.NoteId, Sequence = note.Version, Text = note.Text });
}
