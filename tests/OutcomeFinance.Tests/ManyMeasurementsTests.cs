using System.Globalization;
using Iop.Contracts.FollowUp;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

/// <summary>A great number of verified measurements in random order, a fifth of them twice, while the database drops the
/// service's connections again and again: each contract owes what one calculation in order says, and its ledger adds up. Ten
/// thousand with IOP_LONG=1.</summary>
[Collection("outcome finance")]
public sealed class ManyMeasurementsTests(OutcomeFinanceWorld world)
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("IOP_LONG") == "1";
    private static readonly int Contracts = IsLong ? 100 : 3;
    private static readonly int Revisions = IsLong ? 20 : 8;
    private static readonly int Drops = IsLong ? 20 : 2;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(IsLong ? 20 : 3);
    private static readonly string[] Periods = ["2016", "2017", "2018", "2019", "2020"];

    [Fact]
    public async Task Every_obligation_is_booked_once_and_the_sums_equal_one_calculation_in_order()
    {
        var random = new Random(20_261_123);
        var measurements = new Dictionary<Guid, List<MeasurementVerified>>();
        for (var number = 0; number < Contracts; number++)
        {
            var contract = await world.Signed(Periods);
            measurements[contract] =
            [
                .. Periods.SelectMany(period => Enumerable.Range(1, Revisions).Select(revision => world.Measured(contract,
                    (random.Next(-2, 12) * 500_000).ToString(CultureInfo.InvariantCulture), revision, period))),
            ];
        }
        var all = measurements.Values.SelectMany(one => one).ToArray();
        MeasurementVerified[] deliveries = [.. all, .. random.GetItems(all, all.Length / 5)];
        random.Shuffle(deliveries);

        var told = await Tell(deliveries);
        await Eventually.Holds("all are handled", async () => await Handled(told) == told.Length, Patience);

        foreach (var (contract, own) in measurements)
        {
            var inOrder = Periods.Select(period => own.Where(one => one.PeriodKey == period).MaxBy(one => one.Revision)!);
            var expected = await world.Evaluated(inOrder, Periods);
            foreach (var period in Periods) Assert.Equal(expected[period], await Booked(contract, period));
            Assert.Equal(expected.Values.Sum(), await Ledger(contract));
        }
        Assert.Equal(0, await world.Scalar<long>("""
            SELECT count(*) FROM (SELECT FROM obligation
              GROUP BY contract_id, period_key, payer_party_id, payee_party_id, calculation_id HAVING count(*) > 1) twice
            """));
    }

    private async Task<Guid[]> Tell(MeasurementVerified[] deliveries)
    {
        var told = new Guid[deliveries.Length];
        var dropEvery = deliveries.Length / (Drops + 1);
        for (var index = 0; index < deliveries.Length; index++)
        {
            told[index] = await world.Publish(deliveries[index]);
            if (index % dropEvery == dropEvery - 1) await DropConnections();
        }
        return told;
    }

    /// <summary>In the middle of whatever the reactions are doing.</summary>
    private async Task DropConnections()
    {
        await using var server = Npgsql.NpgsqlDataSource.Create(world.Database.ConnectionString);
        await using var drop = server.CreateCommand("""
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND state IN ('active', 'idle in transaction')
            """);
        await drop.ExecuteNonQueryAsync();
    }

    private Task<long> Handled(Guid[] messages) =>
        world.Scalar<long>("SELECT count(*) FROM inbox WHERE message_id = ANY($1)", messages);

    private async Task<decimal> Booked(Guid contract, string period) => await world.Scalar<long>(
        "SELECT coalesce(sum(amount_minor), 0)::bigint FROM obligation WHERE contract_id = $1 AND period_key = $2", contract, period)
        / 100m;

    /// <summary>What is receivable by the ledger: debits less credits.</summary>
    private async Task<decimal> Ledger(Guid contract) => await world.Scalar<long>("""
        SELECT coalesce(sum(CASE WHEN debit LIKE 'receivable.%' THEN amount_minor ELSE 0 END)
          - sum(CASE WHEN credit LIKE 'receivable.%' THEN amount_minor ELSE 0 END), 0)::bigint
        FROM transfer WHERE contract_id = $1
        """, contract) / 100m;
}
