using Iop.Identity.Domain;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Iop.Identity.Proving;

/// <summary>Failed sign-ins by account and place together, and by account alone. A place is an address, or a device in which
/// the person has come in before: that one is held up by nobody else's guesses, not even from the same address.</summary>
internal sealed class Attempts(IdentityDb db, TimeProvider clock)
{
    private const string Everywhere = "*";

    /// <param name="Email">As it is stored.</param>
    /// <param name="Address">Where from.</param>
    /// <param name="Device">The device's hash, when the account's owner has come in there before.</param>
    internal sealed record By(string Email, string Address, string? Device = null)
    {
        public byte[] Account { get; } = Random256.HashOf(Email);

        public string Place => Device is null ? Address : $"device {Device}";
    }

    /// <summary>Whether this account must wait at this place. Holds the row, so that attempts at the same time are counted
    /// one by one.</summary>
    public async Task<bool> MustWait(By by, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await Count(by, by.Place, 0, now, cancel);
        var own = await db.Database.SqlQuery<Row>(
            $"SELECT failures, last_at FROM failed_sign_in WHERE account_hash = {by.Account} AND address = {by.Place} FOR UPDATE").ToListAsync(cancel);
        if (own.Any(one => Patience.LeftAfter(one.failures, one.last_at, now) > TimeSpan.Zero)) return true;
        if (by.Device is not null) return false;
        // Not held: else whoever guesses from many addresses would make the owner stand in line.
        var all = await db.Database.SqlQuery<Row>(
            $"SELECT failures, last_at FROM failed_sign_in WHERE account_hash = {by.Account} AND address = {Everywhere}").ToListAsync(cancel);
        return all.Any(one => Patience.LeftAfterEverywhere(one.failures, one.last_at, now) > TimeSpan.Zero);
    }

    public async Task Failed(By by, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await Count(by, by.Place, 1, now, cancel);
        if (by.Device is null) await Count(by, Everywhere, 1, now, cancel);
    }

    public Task Forget(By by, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync(
            $"DELETE FROM failed_sign_in WHERE account_hash = {by.Account} AND address = {by.Place}", cancel);

    /// <summary>Whether a guess may be made now, beside the request's transaction, so that a refusal does not undo the counting.
    /// It counts as failed before anybody looks, until it is forgotten: guesses at the same time are no more than those after
    /// each other.</summary>
    public async Task<bool> MayGuessBeside(By by, Logins logins, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var beside = await logins.System.OpenConnectionAsync(cancel);
        await using var transaction = await beside.BeginTransactionAsync(cancel);
        await using var holds = Beside("""
            INSERT INTO failed_sign_in AS known (account_hash, address, failures, last_at) VALUES ($1, $2, 0, $3)
            ON CONFLICT (account_hash, address) DO UPDATE SET failures = known.failures
            RETURNING failures, last_at
            """, by, beside);
        holds.Parameters.Add(new NpgsqlParameter { Value = now });
        int failures;
        DateTimeOffset lastAt;
        await using (var row = await holds.ExecuteReaderAsync(cancel))
        {
            await row.ReadAsync(cancel);
            (failures, lastAt) = (row.GetInt32(0), await row.GetFieldValueAsync<DateTimeOffset>(1, cancel));
        }
        if (Patience.LeftAfter(failures, lastAt, now) > TimeSpan.Zero) return false;
        await using var counts = Beside(
            "UPDATE failed_sign_in SET failures = $3, last_at = $4 WHERE account_hash = $1 AND address = $2", by, beside);
        counts.Parameters.Add(new NpgsqlParameter { Value = lastAt < now - Patience.Memory ? 1 : failures + 1 });
        counts.Parameters.Add(new NpgsqlParameter { Value = now });
        await counts.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    public static async Task ForgetBeside(By by, Logins logins, CancellationToken cancel)
    {
        await using var beside = await logins.System.OpenConnectionAsync(cancel);
        await using var forgets = Beside("DELETE FROM failed_sign_in WHERE account_hash = $1 AND address = $2", by, beside);
        await forgets.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlCommand Beside(string sql, By by, NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = by.Account });
        command.Parameters.Add(new NpgsqlParameter { Value = by.Place });
        return command;
    }

    /// <summary>True the first time a person's code of a step is used.</summary>
    public async Task<bool> UseOnce(PersonId person, long step, CancellationToken cancel) => await db.Database.ExecuteSqlAsync(
        $"INSERT INTO used_one_time_code (person_id, step, used_at) VALUES ({person.Value}, {step}, {clock.GetUtcNow()}) ON CONFLICT DO NOTHING", cancel) == 1;

    private Task Count(By by, string place, int more, DateTimeOffset now, CancellationToken cancel)
    {
        var forgotten = now - Patience.Memory;
        return more == 0
            ? db.Database.ExecuteSqlAsync(
                $"INSERT INTO failed_sign_in (account_hash, address, failures, last_at) VALUES ({by.Account}, {place}, 0, {now}) ON CONFLICT DO NOTHING", cancel)
            : db.Database.ExecuteSqlAsync($"""
                INSERT INTO failed_sign_in AS known (account_hash, address, failures, last_at)
                VALUES ({by.Account}, {place}, 1, {now})
                ON CONFLICT (account_hash, address) DO UPDATE SET
                  failures = CASE WHEN known.last_at < {forgotten} THEN 1 ELSE known.failures + 1 END, last_at = {now}
                """, cancel);
    }

    private sealed record Row(int failures, DateTimeOffset last_at);
}
