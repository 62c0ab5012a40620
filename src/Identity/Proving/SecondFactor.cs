using Iop.Identity.Domain;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Proving;

/// <summary>What proves a person beside the password: a code of the authenticator app, or one of the recovery codes. Each is good
/// once.</summary>
internal sealed class SecondFactor(IdentityDb db, SecretBox box, Attempts attempts, TimeProvider clock)
{
    private static readonly byte[] NobodysSecret = OneTimeCode.NewSecret();

    /// <summary>The step of a code that is right; also reckoned for somebody unknown, in the same time.</summary>
    public long? Matching(Person? person, string code) => OneTimeCode.Matching(
        person?.TotpSecret is { } kept ? box.Open(kept) : NobodysSecret, code, clock.GetUtcNow());

    /// <summary>Uses it up. Only for somebody whose password was right: a wrong one costs the owner no code.</summary>
    public async Task<bool> Proves(PersonId person, long? step, string code, CancellationToken cancel)
    {
        if (step is { } known) return await attempts.UseOnce(person, known, cancel);
        if (RecoveryCode.Read(code) is not { } typed) return false;
        return await db.Database.ExecuteSqlAsync(
            $"UPDATE recovery_code SET used_at = {clock.GetUtcNow()} WHERE person_id = {person.Value} AND code_hash = {Random256.HashOf(typed)} AND used_at IS NULL", cancel) == 1;
    }
}
