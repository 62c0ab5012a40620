using Iop.Platform.Storage;
using Iop.Platform.Time;
using Iop.Registry.Domain;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Importing;

/// <summary>A long list has been confirmed and is written by itself (införs). Killed in the middle it leaves nothing, and is
/// written anew; how far it has come is said beside its transaction, so that everybody who waits can see it.</summary>
internal sealed class WriteImportWhenConfirmed(RegistryDb db, IServiceScopeFactory scopes, TimeProvider clock) : ITimerRings
{
    public const string Kind = "import-confirmed";

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        var key = new ImportId(subject);
        if (await db.Imports.FirstOrDefaultAsync(one => one.ImportId == key && one.State == ImportState.Writing, cancel)
            is not { } import) return;
        await Say(subject, 0, cancel);
        await db.Write(import, clock, done => Say(subject, done, cancel), cancel);
    }

    private async Task Say(Guid import, int done, CancellationToken cancel)
    {
        await using var beside = scopes.CreateAsyncScope();
        beside.ServiceProvider.GetRequiredService<Acting>().AsSystem();
        await beside.ServiceProvider.GetRequiredService<RegistryDb>().Database.ExecuteSqlAsync($"""
            INSERT INTO import_progress (import_id, done) VALUES ({import}, {done})
            ON CONFLICT (import_id) DO UPDATE SET done = excluded.done
            """, cancel);
    }
}
