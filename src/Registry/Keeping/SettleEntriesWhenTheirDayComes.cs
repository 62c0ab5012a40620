using Iop.Platform.Time;
using Iop.Kernel;
using Iop.Registry.Domain;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Keeping;

/// <summary>A day has come on which entries begin, end, or have gone unconfirmed for too long (antas pågå), or on which somebody
/// is asked whether they are still right.</summary>
internal sealed class SettleEntriesWhenTheirDayComes(RegistryDb db, TimeProvider clock) : ITimerRings
{
    public const string Kind = "entries-day";

    /// <summary>One timer for all entries of a day.</summary>
    public static readonly Guid AllEntries = new("00000000-0000-7000-8000-000000000001");

    private const int BatchMax = 1_000;

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        var today = clock.Today();
        while (true)
        {
            var due = await db.Entries.Where(entry => entry.NextChangeOn <= today)
                .OrderBy(entry => entry.EntryId).Take(BatchMax).ToListAsync(cancel);
            if (due.Count == 0) return;
            foreach (var entry in due) entry.Settle(today);
            await db.Ask(due, today, cancel);
            foreach (var entry in due.Where(entry => entry.Status is EntryStatus.Ended)) db.NeedNotAnswer(entry, "ended");
            foreach (var day in due.Select(entry => entry.NextChangeOn).OfType<DateOnly>().Distinct())
                await db.AwaitDay(day, cancel);
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
        }
    }
}
