using Iop.Kernel;
using Iop.TestKit;
using Npgsql;

namespace Iop.Agreements.Tests;

/// <summary>SQL as the application's login, past the service.</summary>
internal static class AsLogin
{
    /// <summary>Fails the test unless the database refuses, with this state.</summary>
    public static async Task Refused(AgreementsWorld world, string sql, string state = PostgresErrorCodes.CheckViolation)
    {
        var trouble = await Assert.ThrowsAsync<PostgresException>(() => Run(world, sql, world.Region));
        Assert.Equal(state, trouble.SqlState);
    }

    /// <summary>How many rows the organisation's people see.</summary>
    public static async Task<long> Sees(AgreementsWorld world, Guid organisation, string table, DateOnly? today = null)
    {
        var seen = 0L;
        await Run(world, $"SELECT count(*) FROM {table}", organisation, result => seen = (long)result!,
            today);
        return seen;
    }

    private static async Task Run(AgreementsWorld world, string sql, Guid organisation, Action<object?>? take = null,
        DateOnly? today = null)
    {
        await using var connection =
            new NpgsqlConnection(world.Database.ConnectionStringFor("agreements_app", ServiceDatabase.Password));
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var caller = new NpgsqlCommand(
            $"""
             SELECT set_config('iop.org', '{organisation}', true), set_config('iop.person', '{Guid.NewGuid()}', true),
                    set_config('iop.today', '{today ?? SwedishTime.DateIn(world.Clock.GetUtcNow()):yyyy-MM-dd}', true)
             """,
            connection, transaction);
        await caller.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        var result = await command.ExecuteScalarAsync();
        take?.Invoke(result);
    }
}
