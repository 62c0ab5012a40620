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
    public override async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction transaction,
        CancellationToken cancellationToken = default)
    {
        if (acting.IsSystem) return transaction;
        await using var set = connection.CreateCommand();
        set.Transaction = transaction;
        set.CommandText =
            "SELECT set_config('iop.org', $1, true), set_config('iop.unit', $2, true), set_config('iop.person', $3, true), set_config('iop.today', $4, true)";
        var caller = acting.Caller;
        Add(set, caller.IsAnonymous ? "" : caller.Organisation.ToString());
        Add(set, caller.Unit?.ToString() ?? "");
        Add(set, caller.IsAnonymous ? "" : caller.Person.ToString());
        Add(set, clock.Today().ToString("O", CultureInfo.InvariantCulture));
        await set.ExecuteNonQueryAsync(cancellationToken);
        return transaction;
    }

    public override DbTransaction TransactionStarted(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result) =>
        throw new NotSupportedException("Transactions are started asynchronously, so that the caller can be set.");

    private static void Add(DbCommand command, string value) => command.Parameters.Add(new NpgsqlParameter { Value = value });
}
