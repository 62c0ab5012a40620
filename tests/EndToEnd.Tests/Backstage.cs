using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Iop.EndToEnd.Tests;

/// <summary>The running system from behind: its databases by the server's own login, its processes by signals.</summary>
internal static class Backstage
{
    public static async Task<NpgsqlConnection> Database(RunningSystem system, string name, CancellationToken stop)
    {
        using var secrets = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(system.Data, "secrets.json"), stop));
        var server = new Uri(await system.EndpointOf("postgres"));
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = server.Host, Port = server.Port, Username = "postgres", Database = name, Pooling = false,
            Password = secrets.RootElement.GetProperty("postgres-password").GetString(),
        }.ConnectionString);
        await connection.OpenAsync(stop);
        return connection;
    }

    public static async Task<T?> Scalar<T>(NpgsqlConnection database, string sql, CancellationToken stop, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, database);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return (T?)await command.ExecuteScalarAsync(stop);
    }

    public static async Task Execute(NpgsqlConnection database, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, database);
        await command.ExecuteNonQueryAsync(stop);
    }

    public static void Signal(string signal, int process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
