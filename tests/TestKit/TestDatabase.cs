using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Iop.TestKit;

/// <summary>What every database of a kind starts with.</summary>
/// <param name="Name">Lower case letters and underscores; part of the databases' names.</param>
/// <param name="Fingerprint">Changes with what <paramref name="Fill"/> does: the text of the SQL files, say.</param>
/// <param name="Fill">Given a connection string of the server's own login; must leave no connection open.</param>
public sealed record DatabaseTemplate(string Name, string Fingerprint, Func<string, Task> Fill);

/// <summary>A database for one test class; gone afterwards.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private const int FingerprintLength = 12;

    // Several test projects may meet at one server; the first fills the template, the others wait for it.
    private const long TemplateLock = 7_104_001;

    private readonly string server;

    private TestDatabase(string server, string name) => (this.server, Name) = (server, name);

    public string Name { get; }

    /// <summary>For the server's own login. Tests of isolation use <see cref="ConnectionStringFor"/>.</summary>
    public string ConnectionString => Pointing(server, Name);

    public string ConnectionStringFor(string login, string password) =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Username = login, Password = password }.ConnectionString;

    internal static async Task<TestDatabase> CreateAsync(string server, DatabaseTemplate template)
    {
        var filled = await FilledTemplateAsync(server, template);
        var database = new TestDatabase(server, $"{template.Name}_{Guid.NewGuid():N}");
        await ExecuteAsync(server, $"""CREATE DATABASE "{database.Name}" TEMPLATE "{filled}" """);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(connection);
        await ExecuteAsync(server, $"""DROP DATABASE IF EXISTS "{Name}" WITH (FORCE)""");
    }

    private static async Task<string> FilledTemplateAsync(string server, DatabaseTemplate template)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(template.Fingerprint)))[..FingerprintLength];
        var name = $"template_{template.Name}_{hash}";
        await using var connection = new NpgsqlConnection(Unpooled(server));
        await connection.OpenAsync();
        await using var take = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection);
        take.Parameters.Add(new() { Value = TemplateLock });
        await take.ExecuteNonQueryAsync(); // released when the connection closes
        await using var find = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection);
        find.Parameters.Add(new() { Value = name });
        if (await find.ExecuteScalarAsync() is not null) return name;

        // Renamed when it is whole, so that an interrupted filling is never taken for a template.
        var unfinished = $"unfinished_{Guid.NewGuid():N}";
        await ExecuteAsync(server, $"""CREATE DATABASE "{unfinished}" """);
        await template.Fill(Unpooled(Pointing(server, unfinished)));
        await ExecuteAsync(server, $"""ALTER DATABASE "{unfinished}" RENAME TO "{name}" """);
        return name;
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(Unpooled(server));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Pointing(string server, string database) =>
        new NpgsqlConnectionStringBuilder(server) { Database = database }.ConnectionString;

    private static string Unpooled(string server) =>
        new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString;
}
