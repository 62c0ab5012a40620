using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Domain.History;
using Iop.Agreements.History;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Storage;

/// <summary>The dialogue around the agreements; and the history, which every saving writes by itself.</summary>
public sealed partial class AgreementsDb
{
    private readonly TimeProvider _clock = clock;
    private readonly Guid _act = Guid.CreateVersion7(clock.GetUtcNow());

    public DbSet<DialogueEntry> Dialogue => Set<DialogueEntry>();

    public DbSet<PartnerChoice> PartnerChoices => Set<PartnerChoice>();

    public DbSet<Actor> Actors => Set<Actor>();

    public DbSet<Guest> Guests => Set<Guest>();

    public DbSet<Participation> Participation => Set<Participation>();

    public DbSet<CommentThread> Threads => Set<CommentThread>();

    public DbSet<Comment> Comments => Set<Comment>();

    /// <summary>Read only: see <see cref="ChangeLog"/>.</summary>
    public IQueryable<ChangeEntry> History => Set<ChangeEntry>().AsNoTracking();

    /// <summary>The thread, held so that what is said in it comes one after the other.</summary>
    public Task<CommentThread?> ThreadForUpdate(Guid id, CancellationToken cancel) =>
        Threads.FromSql($"SELECT * FROM comment_thread WHERE thread_id = {id} FOR UPDATE").SingleOrDefaultAsync(cancel);

    private Task Tell(IReadOnlyList<ChangeLog.Line> changes, CancellationToken cancel) => changes.Count == 0
        ? Task.CompletedTask : ChangeLog.Write(this, _act, changes, _clock.GetUtcNow(), cancel);
}
