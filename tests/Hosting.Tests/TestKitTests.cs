using Iop.TestKit;
using Npgsql;
using RabbitMQ.Client;

[assembly: AssemblyFixture(typeof(Servers))]

namespace Iop.Hosting.Tests;

public sealed class TestKitTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly DatabaseTemplate Words = new("words", "CREATE TABLE word (text text)", async database =>
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("CREATE TABLE word (text text)", connection);
        await command.ExecuteNonQueryAsync();
    });

    [Fact]
    public async Task Each_database_is_a_fresh_copy_of_its_template()
    {
        await using var first = await servers.NewDatabaseAsync(Words);
        await using var second = await servers.NewDatabaseAsync(Words);

        await ScalarAsync(first, "INSERT INTO word VALUES ('mine')");

        Assert.Equal(1L, await ScalarAsync(first, "SELECT count(*) FROM word"));
        Assert.Equal(0L, await ScalarAsync(second, "SELECT count(*) FROM word"));
    }

    [Fact]
    public async Task Each_virtual_host_has_its_own_queues()
    {
        await using var first = await servers.NewVirtualHostAsync();
        await using var second = await servers.NewVirtualHostAsync();

        await using var channel = await OpenAsync(first);
        await channel.QueueDeclareAsync("letters", durable: true, exclusive: false, autoDelete: false, cancellationToken: Token);

        Assert.Equal(0u, await channel.MessageCountAsync("letters", Token));
        await using var other = await OpenAsync(second);
        await Assert.ThrowsAnyAsync<RabbitMQ.Client.Exceptions.OperationInterruptedException>(
            () => other.MessageCountAsync("letters", Token));
    }

    private static async Task<IChannel> OpenAsync(TestVirtualHost host)
    {
        var connection = await new ConnectionFactory { Uri = host.Uri }.CreateConnectionAsync(Token);
        return await connection.CreateChannelAsync(cancellationToken: Token);
    }

    private static async Task<object?> ScalarAsync(TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token);
    }
}
