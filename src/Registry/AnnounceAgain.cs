using Iop.Platform.Storage;
using Iop.Registry.Organisations;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry;

/// <summary>Says all organisations once more, for a listener that is new and has never heard of them; those who know them take no
/// notice. Run as <c>Registry --announce-again</c>: it fills the outbox and ends, and the running service's relay sends
/// it.</summary>
internal static class AnnounceAgain
{
    public const string Wish = "--announce-again";
    private const int BatchMax = 500;

    public static async Task<int> Run(IServiceProvider services, CancellationToken cancel = default)
    {
        var last = Guid.Empty;
        while (true)
        {
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Acting>().AsSystem();
            var db = scope.ServiceProvider.GetRequiredService<RegistryDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var batch = await db.Organisations
                .FromSql($"SELECT * FROM organisation WHERE organisation_id > {last}")
                .OrderBy(organisation => organisation.OrganisationId)
                .Take(BatchMax).AsNoTracking().ToListAsync(cancel);
            if (batch.Count == 0) return 0;
            foreach (var organisation in batch) db.Announce(organisation);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            last = batch[^1].OrganisationId.Value;
        }
    }
}
