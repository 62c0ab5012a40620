using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.SigningIn;

/// <summary>Failed sign-ins by account and address together, and one-time codes already used.</summary>
internal sealed class Attempts(IdentityDb db, TimeProvider clock)
{
    internal sealed record By(string Email, string Address)
    {
        public byte[] Account { get; } = Random256.HashOf(Email);
    }

    /// <summary>Whether this account must wait at this address. Holds the row, so that attempts at the same time are counted
    /// one by one.</summary>
    public async Task<bool> MustWait(By by, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO failed_sign_in (account_hash, address, failures, last_at) VALUES ({by.Account}, {by.Address}, 0, {now}) ON CONFLICT DO NOTHING", cancel);
        var row = await db.Database.SqlQuery<Row>(
            $"SELECT failures, last_at FROM failed_sign_in WHERE account_hash = {by.Account} AND address = {by.Address} FOR UPDATE").ToListAsync(cancel);
        return row.Any(one => Patience.LeftAfter(one.failures, one.last_at, now) > TimeSpan.Zero);
    }

    public Task Failed(By by, CancellationToken cancel)
    {
        var (now, forgotten) = (clock.GetUtcNow(), clock.GetUtcNow() - Patience.Memory);
        return db.Database.ExecuteSqlAsync($"""
            UPDATE failed_sign_in SET failures = CASE WHEN last_at < {forgotten} THEN 1 ELSE failures + 1 END, last_at = {now}
            WHERE account_hash = {by.Account} AND address = {by.Address}
            """, cancel);
    }

    public Task Forget(By by, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync(
            $"DELETE FROM failed_sign_in WHERE account_hash = {by.Account} AND address = {by.Address}", cancel);

    /// <summary>True the first time a person's code of a step is used.</summary>
    public async Task<bool> UseOnce(PersonId person, long step, CancellationToken cancel) => await db.Database.ExecuteSqlAsync(
        $"INSERT INTO used_one_time_code (person_id, step, used_at) VALUES ({person.Value}, {step}, {clock.GetUtcNow()}) ON CONFLICT DO NOTHING", cancel) == 1;

    private sealed record Row(int failures, DateTimeOffset last_at);
}
