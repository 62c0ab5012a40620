using System.Globalization;
using Iop.Contracts.FollowUp;
using Iop.Contracts.OutcomeFinance;
using Iop.TestKit;

namespace Iop.OutcomeFinance.Tests;

/// <summary>A great number of verified measurements in random order, a fifth of them twice: each contract owes what one
/// calculation in order says, each obligation is booked and told once, and the ledger adds up. In a world of its own: the others'
/// lists would be full of it.</summary>
public sealed class ManyMeasurementsTests(OutcomeFinanceWorld world) : IClassFixture<OutcomeFinanceWorld>
{
    private const string Reaction = "outcome-finance.calculate-when-measurement-verified";
    private const int Drops = 2;
    private const int Kills = 25;
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("IOP_LONG") is "1";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private static readonly string[] Periods = ["2016", "2017", "2018", "2019", "2020"];

    [Fact]
    public async Task While_the_database_drops_connections_every_obligation_is_booked_once_as_by_one_calculation_in_order()
    {
        var told = await Many.Of(world, contracts: 3, revisions: 8, Periods);
        for (var part = 0; part <= Drops; part++)
        {
            await told.Tell(part, of: Drops + 1);
            await DropConnections();
        }
        await AllAreHandled(told);
        await EverythingIsThereOnce(told);
    }

    /// <summary>Ten thousand measurements and two thousand told again; two processes of the service, and now one of them, now
    /// both are killed in the middle of whatever they are doing.</summary>
    [Fact]
    public async Task While_services_are_killed_at_random_every_obligation_is_booked_once_as_by_one_calculation_in_order()
    {
        Assert.SkipUnless(IsLong, "takes minutes: IOP_LONG=1");
        var told = await Many.Of(world, contracts: 40, revisions: 50, Periods);
        Assert.Equal(10_000, told.Measurements.Count);
        await world.Stop();
        try
        {
            ServiceProcess[] processes = [ServiceProcess.Start(world), ServiceProcess.Start(world)];
            try
            {
                var telling = told.Tell(0, of: 1);
                await KillAtRandom(processes, told);
                await telling;
                await AllAreHandled(told);
                await Eventually.Holds("all is said", async () =>
                    await world.Scalar<long>("SELECT count(*) FROM outbox WHERE published_at IS NULL") == 0, Patience);
            }
            finally
            {
                foreach (var process in processes) process.Kill();
            }
        }
        finally
        {
            await world.Start();
        }
        await EverythingIsThereOnce(told);
    }

    /// <summary>By how much is done, and not by the clock: a fast machine is disturbed as often as a slow one.</summary>
    private async Task KillAtRandom(ServiceProcess[] processes, Many told)
    {
        var random = new Random(20_261_124);
        var moments = Enumerable.Range(0, Kills).Select(_ => random.Next(told.Messages.Count * 9 / 10)).Order().ToList();
        foreach (var moment in moments)
        {
            await Eventually.Holds($"{moment} are handled", async () => await Handled(told) >= moment, Patience);
            var which = random.Next(4) is var one && one < 2 ? new[] { one } : [0, 1];
            foreach (var number in which) processes[number].Kill();
            foreach (var number in which) processes[number] = ServiceProcess.Start(world);
        }
    }

    private async Task EverythingIsThereOnce(Many told)
    {
        foreach (var (contract, own) in told.ByContract)
        {
            var inOrder = Periods.Select(period => own.Where(one => one.PeriodKey == period).MaxBy(one => one.Revision)!);
            var expected = await world.Evaluated(inOrder, Periods);
            foreach (var period in Periods) Assert.Equal(expected[period], await Booked(contract, period));
            Assert.Equal(expected.Values.Sum(), await Ledger(contract));
            Assert.Equal(own.Count, await world.Scalar<long>(
                "SELECT count(*) FROM verified_measurement WHERE contract_id = $1", contract));
            // A measurement is calculated once, in one row of the numbers; each obligation stands in the ledger once, to the öre.
            Assert.Equal(0, await world.Scalar<long>("""
                SELECT count(*) - count(DISTINCT measurement_id) + max(number) - count(*) FROM calculation WHERE contract_id = $1
                """, contract));
            Assert.Equal(0, await world.Scalar<long>("""
                SELECT count(*) FROM obligation o WHERE o.contract_id = $1 AND
                  (SELECT array_agg(t.amount_minor) FROM transfer t WHERE t.obligation_id = o.obligation_id)
                    IS DISTINCT FROM ARRAY[abs(o.amount_minor)]
                """, contract));
        }
        var contracts = told.ByContract.Keys.ToHashSet();
        var said = (await world.Announced<ObligationTriggered>()).Where(one => contracts.Contains(one.ContractId)).ToList();
        Assert.Equal(said.Count, said.Select(one => one.ObligationId).Distinct().Count());
        Assert.Equal(said.Count, await world.Scalar<long>(
            "SELECT count(*) FROM obligation WHERE contract_id = ANY($1)", contracts.ToArray()));
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

    private Task AllAreHandled(Many told) =>
        Eventually.Holds("all are handled", async () => await Handled(told) == told.Messages.Count, Patience);

    private async Task<long> Handled(Many told) => await world.Scalar<long>(
        "SELECT count(*) FROM inbox WHERE consumer = $1", Reaction) - told.HandledBefore;

    private async Task<decimal> Booked(Guid contract, string period) => await world.Scalar<long>(
        "SELECT coalesce(sum(amount_minor), 0)::bigint FROM obligation WHERE contract_id = $1 AND period_key = $2", contract, period)
        / 100m;

    /// <summary>What is receivable by the ledger: debits less credits.</summary>
    private async Task<decimal> Ledger(Guid contract) => await world.Scalar<long>("""
        SELECT coalesce(sum(CASE WHEN debit LIKE 'receivable.%' THEN amount_minor ELSE 0 END)
          - sum(CASE WHEN credit LIKE 'receivable.%' THEN amount_minor ELSE 0 END), 0)::bigint
        FROM transfer WHERE contract_id = $1
        """, contract) / 100m;

    /// <summary>Measurements of many contracts, shuffled; a fifth of them told again, now in the same message, now in
    /// another.</summary>
    private sealed class Many
    {
        private const int AtATime = 50;

        private readonly OutcomeFinanceWorld _world;
        private readonly (MeasurementVerified Measurement, Guid Message)[] _deliveries;

        private Many(OutcomeFinanceWorld world, IReadOnlyDictionary<Guid, List<MeasurementVerified>> measurements, Random random)
        {
            (_world, ByContract) = (world, measurements);
            Measurements = [.. measurements.Values.SelectMany(one => one)];
            var first = Measurements.Select(one => (one, Guid.NewGuid())).ToArray();
            var again = random.GetItems(first, first.Length / 5)
                .Select((one, at) => at % 2 == 0 ? one : (one.one, Guid.NewGuid()));
            _deliveries = [.. first, .. again];
            random.Shuffle(_deliveries);
            Messages = _deliveries.Select(one => one.Message).ToHashSet();
        }

        public IReadOnlyDictionary<Guid, List<MeasurementVerified>> ByContract { get; }

        public IReadOnlyList<MeasurementVerified> Measurements { get; }

        public IReadOnlySet<Guid> Messages { get; }

        public required long HandledBefore { get; init; }

        public static async Task<Many> Of(OutcomeFinanceWorld world, int contracts, int revisions, string[] periods)
        {
            var random = new Random(20_261_123);
            var measurements = new Dictionary<Guid, List<MeasurementVerified>>();
            while (measurements.Count < contracts)
            {
                var contract = await world.Signed(periods);
                measurements[contract] =
                [
                    .. periods.SelectMany(period => Enumerable.Range(1, revisions).Select(revision => world.Measured(contract,
                        (random.Next(-2, 12) * 500_000).ToString(CultureInfo.InvariantCulture), revision, period))),
                ];
            }
            return new Many(world, measurements, random)
            {
                HandledBefore = await world.Scalar<long>("SELECT count(*) FROM inbox WHERE consumer = $1", Reaction),
            };
        }

        /// <summary>One part of the deliveries, as fast as they are taken.</summary>
        public async Task Tell(int part, int of)
        {
            var size = (_deliveries.Length + of - 1) / of;
            foreach (var some in _deliveries.Skip(part * size).Take(size).Chunk(AtATime))
                await Task.WhenAll(some.Select(one => _world.Publish(one.Measurement, one.Message)));
        }
    }
}
