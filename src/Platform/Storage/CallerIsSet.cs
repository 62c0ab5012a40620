using System.Data.Common;
using System.Globalization;
using Iop.Kernel;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Iop.Platform.Storage;

/// <summary>Tells every transaction who the caller is. The settings end with the transaction, so a pooled connection never
/// remembers.</summary>
internal sealed class CallerIsSet(Acting acting, TimeProvider clock) : DbTransactionInterceptor
{
    private static readonly string Tell = "SELECT " + string.Join(", ",
        new[] { "org", "unit", "person", "today", "roles" }.Select((name, at) => $"set_config('iop.{name}', ${at + 1}, true)"));

    public override async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction transaction,
        CancellationToken cancellationToken = default)
    {
        if (acting.IsSystem) return transaction;
        await using var set = new NpgsqlCommand(Tell, (NpgsqlConnection)connection, (NpgsqlTransaction)transaction);
        var caller = acting.Caller;
        string[] told =
        [
            caller.IsAnonymous ? "" : caller.Organisation.ToString(), caller.Unit?.ToString() ?? "",
            caller.IsAnonymous ? "" : caller.Person.ToString(), clock.Today().ToString("O", CultureInfo.InvariantCulture),
            string.Join(' ', caller.Roles.Order(StringComparer.Ordinal)),
        ];
        foreach (var value in told) set.Parameters.Add(new NpgsqlParameter { Value = value });
        await set.ExecuteNonQueryAsync(cancellationToken);
        return transaction;
    }

    public override DbTransaction TransactionStarted(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result) =>
        throw new NotSupportedException("Transactions are started asynchronously, so that the caller can be set.");
}
