using Iop.Registry.Domain;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Iop.Registry.Importing;

/// <summary>Many entries at once, the way the database takes them fastest; columns and conversions are those of the
/// model.</summary>
internal static class CopyIn
{
    public static async Task All(RegistryDb db, IReadOnlyList<Entry> entries, CancellationToken cancel)
    {
        var agreements = entries.SelectMany(entry => entry.Agreements).ToList();
        await Rows(db, entries, cancel);
        await Rows(db, agreements, cancel);
        await Rows(db, [.. agreements.SelectMany(agreement => agreement.Parties)], cancel);
        await Rows(db, [.. agreements.SelectMany(agreement => agreement.Resources)], cancel);
        await Rows(db, [.. entries.SelectMany(entry => entry.Documents)], cancel);
    }

    private static async Task Rows<T>(RegistryDb db, IReadOnlyList<T> rows, CancellationToken cancel) where T : class
    {
        if (rows.Count == 0) return;
        var entity = db.Model.FindEntityType(typeof(T))!;
        var columns = entity.GetProperties()
            .Where(property => property.ValueGenerated is ValueGenerated.Never && !property.IsShadowProperty())
            .ToList();
        var names = string.Join(", ", columns.Select(column => $"\"{column.GetColumnName()}\""));
        await using var writer = await ((NpgsqlConnection)db.Database.GetDbConnection())
            .BeginBinaryImportAsync($"COPY {entity.GetTableName()} ({names}) FROM STDIN (FORMAT BINARY)", cancel);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(cancel);
            foreach (var column in columns)
            {
                var value = column.GetGetter().GetClrValue(row);
                if (value is not null && column.GetTypeMapping().Converter is { } converter)
                    value = converter.ConvertToProvider(value);
                if (value is IEnumerable<string> words) value = words.ToArray();
                if (value is null) await writer.WriteNullAsync(cancel);
                else await writer.WriteAsync(value, column.GetColumnType(), cancel);
            }
        }
        await writer.CompleteAsync(cancel);
    }
}
