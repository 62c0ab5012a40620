using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Iop.Kernel;
using Iop.Platform.Storage;
using Iop.Registry.Entries;
using Iop.Registry.Importing;
using Iop.Registry.Statistics;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.OpenData;

/// <summary>On the first day of every month, and when there is none yet, the register is kept as it stands (ögonblicksbild):
/// rows as they can be brought in again, parties, and figures. What has been kept never changes.</summary>
internal sealed class TakeSnapshot(IServiceScopeFactory scopes, TimeProvider clock, ILogger<TakeSnapshot> log) : BackgroundService
{
    public static IReadOnlyList<string> Names { get; } = ["entries.csv", "parties.csv", "statistics.json"];

    private const int BatchMax = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                await Once(stoppingToken);
            }
            catch (Exception trouble) when (trouble is not OperationCanceledException)
            {
                log.LogWarning(trouble, "The register could not be kept as it stands just now.");
            }
        }
    }

    internal async Task Once(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Acting>().AsSystem();
        var db = scope.ServiceProvider.GetRequiredService<RegistryDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead, cancel); // all three of one and the same moment
        var isMine = await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(7102) AS \"Value\"").SingleAsync(cancel);
        var month = new DateOnly(clock.Today().Year, clock.Today().Month, 1);
        if (!isMine || await db.Database.SqlQuery<bool>(
            $"SELECT EXISTS (SELECT FROM snapshot WHERE taken_on >= {month}) AS \"Value\"").SingleAsync(cancel)) return;
        var day = clock.Today();
        await Keep(db, day, "entries.csv", EntryColumns.All, entry => [EntryColumns.Row(entry)], cancel);
        await Keep(db, day, "parties.csv", PartyColumns.All, PartyColumns.Rows, cancel);
        var figures = (await new FiguresOfADay(db).On(day, cancel)).Figures;
        using var body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(
            new { asOf = day, figures }, JsonSerializerOptions.Web));
        await Write(db, day, "statistics.json", figures.Count, body, cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task Keep(RegistryDb db, DateOnly day, string name, IReadOnlyList<string> columns,
        Func<Domain.Entry, IEnumerable<IReadOnlyList<string>>> rows, CancellationToken cancel)
    {
        var count = 0;
        await using var file = Temporary();
        await using (var writer = new StreamWriter(file, new UTF8Encoding(true), leaveOpen: true))
        {
            await writer.WriteAsync($"{string.Join(';', columns)}\n".AsMemory(), cancel);
            for (var last = Guid.Empty; ;)
            {
                var batch = await db.Entries.Where(entry => ((Guid)(object)entry.EntryId).CompareTo(last) > 0).WithAll()
                    .OrderBy(entry => entry.EntryId).Take(BatchMax).ToListAsync(cancel);
                if (batch.Count == 0) break;
                foreach (var row in batch.SelectMany(rows))
                {
                    await writer.WriteAsync($"{string.Join(';', row.Select(CsvCell.Of))}\n".AsMemory(), cancel);
                    count++;
                }
                last = batch[^1].EntryId.Value;
            }
        }
        file.Position = 0;
        await Write(db, day, name, count, file, cancel);
    }

    private async Task Write(
        RegistryDb db, DateOnly day, string name, int rows, Stream body, CancellationToken cancel)
    {
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(body, cancel));
        body.Position = 0;
        using var zipped = new MemoryStream();
        await using (var zip = new GZipStream(zipped, CompressionLevel.Optimal, leaveOpen: true)) await body.CopyToAsync(zip,
            cancel);
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO snapshot VALUES ({day}, {name}, {clock.GetUtcNow()}, {rows}, {hash}, {zipped.ToArray()})", cancel);
    }

    private static FileStream Temporary() => new(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None,
        64 * 1024, FileOptions.DeleteOnClose);
}
