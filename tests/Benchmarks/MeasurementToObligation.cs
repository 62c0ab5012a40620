using System.Globalization;
using Iop.OutcomeFinance.Tests;
using Iop.Platform.Storage;
using Iop.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Iop.Benchmarks;

/// <summary>From a verified measurement to what it makes the payer owe, end to end: outbox, relay, broker, inbox, the signed
/// terms evaluated afresh over all the contract's periods, obligation, ledger, derivation and what is published. Beside it a
/// bare publish, consumer and row. The contracts have twenty periods, measured one after another.</summary>
internal static class MeasurementToObligation
{
    private const int WarmUp = 60;
    private const int Rounds = 400;

    // Said when the row is there, as the smallest service does.
    private const string Bells = """
        CREATE TABLE written (id uuid PRIMARY KEY);
        CREATE FUNCTION written_rings() RETURNS trigger LANGUAGE plpgsql
          AS $$ BEGIN PERFORM pg_notify('written', NEW.id::text); RETURN NULL; END $$;
        CREATE TRIGGER written_rings AFTER INSERT ON written FOR EACH ROW EXECUTE FUNCTION written_rings();
        CREATE FUNCTION owed_rings() RETURNS trigger LANGUAGE plpgsql
          AS $$ BEGIN PERFORM pg_notify('written', NEW.measurement_id::text); RETURN NULL; END $$;
        CREATE TRIGGER owed_rings AFTER INSERT ON obligation FOR EACH ROW EXECUTE FUNCTION owed_rings();
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly string[] Periods =
        [.. Enumerable.Range(2016, 20).Select(year => year.ToString(CultureInfo.InvariantCulture))];

    public static async IAsyncEnumerable<Comparison> Of(Servers servers)
    {
        await using var world = new OutcomeFinanceWorld(servers);
        await world.InitializeAsync();
        await using var sql = NpgsqlDataSource.Create(world.Database.ConnectionString);
        await using (var prepare = sql.CreateCommand(Bells)) await prepare.ExecuteNonQueryAsync();
        await using var written = await Arrivals.ListenAsync(world.Database.ConnectionString);
        await using var bare = await BareLoop.StartAsync(world.Broker, sql);
        var contracts = new List<Guid>();
        while (contracts.Count * Periods.Length < WarmUp + Rounds) contracts.Add(await world.Signed(Periods));
        yield return new("verified until the payer owes / bare publish, consume, insert",
            round => written.WaitForAsync(id => VerifyAsync(world, contracts, round, id), Patience),
            _ => written.WaitForAsync(bare.PublishAsync, Patience))
        {
            WarmUpRounds = WarmUp, Rounds = Rounds,
        };
    }

    /// <summary>Said by way of an outbox, as FollowUp says it. Every period has saved more than the one before.</summary>
    private static async Task VerifyAsync(OutcomeFinanceWorld world, List<Guid> contracts, int round, Guid id)
    {
        var (contract, period) = (contracts[round / Periods.Length], round % Periods.Length);
        var saved = (300_000 * (period + 1)).ToString(CultureInfo.InvariantCulture);
        var measured = world.Measured(contract, saved, period: Periods[period]) with { MeasurementId = id };
        await using var scope = world.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Acting>().AsSystem();
        var db = scope.ServiceProvider.GetRequiredService<ServiceDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Announce(id, measured.Sequence, measured);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }
}
