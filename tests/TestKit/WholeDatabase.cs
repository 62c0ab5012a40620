using System.Text;
using Npgsql;

namespace Iop.TestKit;

/// <summary>Everything that stands in a database, as text: for tests that something stands nowhere.</summary>
public static class WholeDatabase
{
    public static async Task<string> Read(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var tables = new List<string>();
        await using (var command = source.CreateCommand(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        }
        var text = new StringBuilder();
        foreach (var table in tables)
        {
            await using var command = source.CreateCommand($"SELECT t.* FROM {table} t");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                text.Append(table);
                for (var at = 0; at < reader.FieldCount; at++) text.Append(' ').Append(Of(reader.GetValue(at)));
                text.AppendLine();
            }
        }
        return text.ToString();
    }

    /// <summary>Bytes as hexadecimal and as the text they may be.</summary>
    private static string Of(object value) => value switch
    {
        byte[] bytes => $"{Convert.ToHexStringLower(bytes)} {Encoding.UTF8.GetString(bytes)}",
        Array list => string.Join(',', list.Cast<object>()),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "",
    };
}
