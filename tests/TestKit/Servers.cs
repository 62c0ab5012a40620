using System.Security.Cryptography;
using Iop.LocalServers;
using Npgsql;

namespace Iop.TestKit;

/// <summary>
/// PostgreSQL and RabbitMQ for the tests of one assembly: those named in the environment (deploy/test starts them once
/// for all projects), else its own. Use: <c>[assembly: AssemblyFixture(typeof(Servers))]</c>, then take it in a constructor.
/// </summary>
public sealed class Servers : IAsyncLifetime
{
    private const int PasswordBytes = 16;

    private readonly Lazy<Task<OwnServers>> own = new(OwnServers.StartAsync);
    private string? postgres = Environment.GetEnvironmentVariable("IOP_TEST_POSTGRES");
    private string? rabbitMq = Environment.GetEnvironmentVariable("IOP_TEST_RABBITMQ");
    private string? management = Environment.GetEnvironmentVariable("IOP_TEST_RABBITMQ_MANAGEMENT");

    /// <summary>Connection string of the server's own login.</summary>
    public string Postgres => postgres!;

    /// <summary>Without a virtual host; tests take one of their own with <see cref="NewVirtualHostAsync"/>.</summary>
    public Uri RabbitMq => new(rabbitMq!);

    public async ValueTask InitializeAsync()
    {
        if (postgres is not null && rabbitMq is not null)
        {
            _ = management ?? throw new InvalidOperationException(
                "IOP_TEST_RABBITMQ is set, IOP_TEST_RABBITMQ_MANAGEMENT is not: tests create virtual hosts over HTTP.");
            return;
        }
        var started = await own.Value;
        postgres ??= started.Postgres.ConnectionString;
        (rabbitMq, management) = (started.RabbitMq.ConnectionString, started.RabbitMq.ManagementUri);
    }

    /// <summary>A database of its own, copied from a template that is filled once per server.</summary>
    public Task<TestDatabase> NewDatabaseAsync(DatabaseTemplate template) => TestDatabase.CreateAsync(Postgres, template);

    public Task<TestVirtualHost> NewVirtualHostAsync() => TestVirtualHost.CreateAsync(RabbitMq, new Uri(management!));

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (own.IsValueCreated) await (await own.Value).DisposeAsync();
    }

    private sealed record OwnServers(string Folder, PostgresServer Postgres, RabbitMqServer RabbitMq) : IAsyncDisposable
    {
        public static async Task<OwnServers> StartAsync()
        {
            var folder = Directory.CreateTempSubdirectory("iop-test-").FullName;
            var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordBytes));
            var postgres = PostgresServer.StartAsync(new(Path.Combine(folder, "postgres"), password) { Throwaway = true });
            var rabbitMq = RabbitMqServer.StartAsync(new(Path.Combine(folder, "rabbitmq"), "iop", password));
            return new(folder, await postgres, await rabbitMq);
        }

        public async ValueTask DisposeAsync()
        {
            await Task.WhenAll(Postgres.DisposeAsync().AsTask(), RabbitMq.DisposeAsync().AsTask());
            Directory.Delete(Folder, recursive: true);
        }
    }
}
