using Npgsql;

namespace Iop.Migrations;

/// <summary>Tables, policies and functions of one database, script by script, each in a transaction with its line in the table of
/// migrations.</summary>
public static class Schema
{
    /// <summary>Applies what has not been applied. A script that was changed afterwards stops everything.</summary>
    /// <param name="database">A connection of the server's own login to the service's database.</param>
    /// <param name="service">Whose it is.</param>
    /// <param name="scripts">In order; the first is the platform's.</param>
    /// <param name="cancel">Stops between statements.</param>
    /// <returns>The names of those applied now.</returns>
    public static async Task<IReadOnlyList<string>> Apply(
        NpgsqlConnection database, Service service, IReadOnlyList<Script> scripts, CancellationToken cancel = default)
    {
        await using var alone = await Databases.Alone(database, cancel);
        await Sql.Execute(database, $"""
            ALTER SCHEMA public OWNER TO "{service.Owner}";
            CREATE TABLE IF NOT EXISTS migration (
              script     text PRIMARY KEY,
              checksum   text NOT NULL,
              applied_at timestamptz NOT NULL DEFAULT now()
            )
            """, cancel);
        foreach (var extension in service.Extensions)
            await Sql.Execute(database, $"""CREATE EXTENSION IF NOT EXISTS "{extension}" """, cancel);
        var known = await Known(database, cancel);
        RefuseWhatWasChanged(service, scripts, known);
        var applied = new List<string>();
        foreach (var script in scripts.Where(script => !known.ContainsKey(script.Name)))
        {
            await Apply(database, service, script, cancel);
            applied.Add(script.Name);
        }
        // Not before: while the scripts run their owner must be able to grant it. A SECURITY DEFINER function runs as its owner.
        await Sql.Execute(database, $"""ALTER FUNCTION let_in OWNER TO "{service.System}" """, cancel);
        return applied;
    }

    private static async Task Apply(NpgsqlConnection database, Service service, Script script, CancellationToken cancel)
    {
        await using var transaction = await database.BeginTransactionAsync(cancel);
        try
        {
            await Sql.Execute(database, $"""SET LOCAL ROLE "{service.Owner}" """, cancel);
            await Sql.Execute(database, script.Sql, cancel);
            await Sql.Execute(database, "RESET ROLE", cancel);
        }
        catch (PostgresException wrong)
        {
            throw new MigrationException($"{service.Name}: {script.Name} could not be applied: {wrong.MessageText}", wrong);
        }
        await using var note = new NpgsqlCommand("INSERT INTO migration (script, checksum) VALUES ($1, $2)", database)
        {
            Parameters = { new() { Value = script.Name }, new() { Value = script.Checksum } },
        };
        await note.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private static async Task<Dictionary<string, string>> Known(NpgsqlConnection database, CancellationToken cancel)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand("SELECT script, checksum FROM migration", database);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) known.Add(reader.GetString(0), reader.GetString(1));
        return known;
    }

    private static void RefuseWhatWasChanged(Service service, IReadOnlyList<Script> scripts, Dictionary<string, string> known)
    {
        foreach (var script in scripts)
        {
            if (known.TryGetValue(script.Name, out var checksum) && checksum != script.Checksum)
            {
                throw new MigrationException(
                    $"{service.Name}: {script.Name} has been changed after it was applied. Put it back as it was and write the change as a new script.");
            }
        }
        if (known.Keys.Except(scripts.Select(script => script.Name), StringComparer.Ordinal).FirstOrDefault() is { } missing)
            throw new MigrationException($"{service.Name}: {missing} has been applied but is not in this version. Is this an older version than the database's?");
    }
}

/// <summary>The database cannot be brought to this version; the message says why and what to do.</summary>
public sealed class MigrationException : Exception
{
    public MigrationException(string message) : base(message)
    {
    }

    public MigrationException(string message, Exception inner) : base(message, inner)
    {
    }

    public MigrationException()
    {
    }
}
