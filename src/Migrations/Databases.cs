using Npgsql;

namespace Iop.Migrations;

/// <summary>Roles and databases, created with the server's own login. Everything may be done again.</summary>
public static class Databases
{
    private const long LockKey = 4713;

    /// <summary>The owner that nobody signs in as, and the two logins with the passwords given.</summary>
    public static async Task EnsureRoles(NpgsqlConnection server, Service service, LoginPasswords passwords,
        CancellationToken cancel = default)
    {
        await using var alone = await Alone(server, cancel);
        await EnsureRole(server, service.Owner, "NOLOGIN", cancel);
        await EnsureRole(server, service.App, $"LOGIN PASSWORD {Literal(passwords.App)}", cancel);
        await EnsureRole(server, service.System, $"LOGIN PASSWORD {Literal(passwords.System)}", cancel);
    }

    /// <summary>The service's database: its own logins may connect, nobody else.</summary>
    public static async Task EnsureDatabase(NpgsqlConnection server, Service service, CancellationToken cancel = default)
    {
        await using var alone = await Alone(server, cancel);
        if (!await Sql.Exists(server, "SELECT FROM pg_database WHERE datname = $1", service.Name, cancel))
        {
            // C.UTF-8 sorts by bytes, so that no upgrade of the system's locales breaks an index; what people read is sorted by
            // sv-x-icu.
            await Sql.Execute(server, $"""
                CREATE DATABASE "{service.Name}" OWNER "{service.Owner}" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'
                """, cancel);
        }
        await Sql.Execute(server, $"""
            REVOKE CONNECT, TEMPORARY ON DATABASE "{service.Name}" FROM PUBLIC;
            GRANT CONNECT ON DATABASE "{service.Name}" TO "{service.App}", "{service.System}"
            """, cancel);
    }

    /// <summary>One process at a time on this server; released with the value.</summary>
    public static async Task<IAsyncDisposable> Alone(NpgsqlConnection server, CancellationToken cancel)
    {
        await Sql.Execute(server, $"SELECT pg_advisory_lock({LockKey})", cancel);
        return new Lock(server);
    }

    private static async Task EnsureRole(NpgsqlConnection server, string role, string options, CancellationToken cancel)
    {
        var verb = await Sql.Exists(server, "SELECT FROM pg_roles WHERE rolname = $1", role, cancel) ? "ALTER" : "CREATE";
        await Sql.Execute(server, $"""{verb} ROLE "{role}" {options} NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT""",
            cancel);
    }

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private sealed class Lock(NpgsqlConnection server) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() =>
            await Sql.Execute(server, $"SELECT pg_advisory_unlock({LockKey})", CancellationToken.None);
    }
}

internal static class Sql
{
    public static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    public static async Task<bool> Exists(NpgsqlConnection connection, string sql, string argument, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"SELECT EXISTS ({sql})", connection);
        command.Parameters.Add(new() { Value = argument });
        return await command.ExecuteScalarAsync(cancel) is true;
    }
}
