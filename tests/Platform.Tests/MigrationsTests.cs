using Iop.Contracts;
using Iop.Migrations;
using Iop.TestKit;
using Npgsql;
using RabbitMQ.Client;
using Declared = Iop.Migrations.Messaging;

namespace Iop.Platform.Tests;

public sealed class MigrationsTests(Servers servers)
{
    [Fact]
    public async Task Applying_again_does_only_what_is_new()
    {
        await using var database = await servers.NewDatabaseAsync(ServiceDatabase.Template(TrialWorld.Trial, TrialWorld.Scripts));
        await using var connection = await Open(database);
        Assert.Empty(await Schema.Apply(connection, TrialWorld.Trial, TrialWorld.Scripts));
        var more = new Script("002_more.sql", "CREATE TABLE more (more_id uuid PRIMARY KEY)");
        Assert.Equal(["002_more.sql"], await Schema.Apply(connection, TrialWorld.Trial, [.. TrialWorld.Scripts, more]));
        Assert.Equal("trial_owner", await Word(connection, "SELECT tableowner FROM pg_tables WHERE tablename = 'more'"));
        Assert.Equal("trial_system",
            await Word(connection, "SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE proname = 'let_in'"));
    }

    [Fact]
    public async Task A_script_that_was_changed_after_it_was_applied_stops_everything()
    {
        await using var database = await servers.NewDatabaseAsync(ServiceDatabase.Template(TrialWorld.Trial, TrialWorld.Scripts));
        await using var connection = await Open(database);
        var changed = TrialWorld.Scripts[^1];
        var edited = new Script(changed.Name, changed.Sql + "\n-- only a comment");
        var no = await Assert.ThrowsAsync<MigrationException>(() => Schema.Apply(
            connection, TrialWorld.Trial,
            [.. TrialWorld.Scripts.SkipLast(1), edited, new Script("002_more.sql", "CREATE TABLE more ()")]));
        Assert.Contains("001_trial.sql has been changed", no.Message, StringComparison.Ordinal);
        Assert.Equal("0", await Word(connection, "SELECT count(*)::text FROM pg_tables WHERE tablename = 'more'"));
    }

    [Fact]
    public async Task A_script_that_fails_leaves_nothing_behind_and_says_why()
    {
        await using var database = await servers.NewDatabaseAsync(ServiceDatabase.Template(TrialWorld.Trial, TrialWorld.Scripts));
        await using var connection = await Open(database);
        var broken = new Script("002_broken.sql", "CREATE TABLE half ();\nSELECT nothing FROM nowhere;");
        var no = await Assert.ThrowsAsync<MigrationException>(() =>
            Schema.Apply(connection, TrialWorld.Trial, [.. TrialWorld.Scripts, broken]));
        Assert.Contains("002_broken.sql could not be applied: relation \"nowhere\" does not exist", no.Message,
            StringComparison.Ordinal);
        Assert.Equal("0", await Word(connection, "SELECT count(*)::text FROM pg_tables WHERE tablename = 'half'"));
    }

    [Fact]
    public async Task Every_table_with_partnership_data_is_under_row_level_security()
    {
        // The register is public by purpose, and so is what is published of a contract. Copies that only reactions may read need
        // no policy: the application cannot see them.
        foreach (var service in Service.All.Where(service => service.Name != "registry"))
        {
            await using var database = await servers.NewDatabaseAsync(ServiceDatabase.Template(service.Name));
            await using var connection = await Open(database);
            await using var find = new NpgsqlCommand("""
                SELECT t.relname FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid AND c.attname IN ('partnership_id', 'contract_id')
                WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND NOT (t.relrowsecurity AND t.relforcerowsecurity)
                  AND has_table_privilege($1, t.oid, 'SELECT') AND t.relname <> 'published_contract'
                """, connection) { Parameters = { new() { Value = service.App } } };
            await using var reader = await find.ExecuteReaderAsync();
            var open = new List<string>();
            while (await reader.ReadAsync()) open.Add(reader.GetString(0));
            Assert.True(open.Count == 0, $"{service.Name}: {string.Join(", ", open)}");
        }
    }

    [Fact]
    public async Task The_whole_topology_is_declared_and_may_be_declared_again()
    {
        await using var host = await servers.NewVirtualHostAsync();
        await Declared.Declare(host.Uri);
        await Declared.Declare(host.Uri);
        await using var connection = await new ConnectionFactory { Uri = host.Uri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var subscription in Topology.Subscriptions)
        {
            await channel.ExchangeDeclarePassiveAsync(Declared.ExchangeOf(subscription.Message));
            await channel.QueueDeclarePassiveAsync(subscription.Queue);
            await channel.QueueDeclarePassiveAsync(subscription.Queue + "_error");
        }
    }

    private static async Task<NpgsqlConnection> Open(TestDatabase database)
    {
        var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<string?> Word(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (string?)await command.ExecuteScalarAsync();
    }
}
