using Iop.Contracts;
using Iop.Migrations;
using Iop.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Iop.Benchmarks;

/// <summary>From an announcement to its effect: outbox, relay, broker, inbox and a row, beside a bare publish with confirm, a
/// consumer and the same row. Same servers, same kind of queue; the database itself says when the row is there.</summary>
internal static class AnnounceToEffect
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async IAsyncEnumerable<Comparison> Of(Servers servers)
    {
        await using var database = await servers.NewDatabaseAsync(ServiceDatabase.Template(
            SmallestService.Service, Script.With(SmallestService.Service, ("001_written.sql", SmallestService.Tables))));
        await using var broker = await servers.NewVirtualHostAsync();
        await Messaging.Declare(broker.Uri, [new Subscription(WriteItDownWhenSaid.Queue, typeof(Said))]);
        await using var written = await Arrivals.ListenAsync(database.ConnectionString);
        await using var service = await SmallestService.StartAsync(database, broker);
        await using var sql = NpgsqlDataSource.Create(database.ConnectionString);
        await using var bare = await BareLoop.StartAsync(broker, sql);
        yield return new("announced until its effect is there / bare publish, consume, insert",
            _ => written.WaitForAsync(id => AnnounceAsync(service.Services, id), Patience),
            _ => written.WaitForAsync(id => bare.PublishAsync(id), Patience))
        {
            WarmUpRounds = 60, Rounds = 400,
        };
    }

    private static async Task AnnounceAsync(IServiceProvider services, Guid id)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SmallestDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Announce(id, 1, new Said { Id = id });
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }
}
