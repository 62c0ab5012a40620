using Iop.Identity.Domain;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Proving;

/// <summary>Browsers in which somebody has come in with password and code before. Being one opens nothing; it only means that
/// others' failed guesses do not count there.</summary>
internal sealed class KnownDevices(IdentityDb db, IConfiguration configuration, TimeProvider clock)
{
    public static readonly TimeSpan KnownFor = TimeSpan.FromDays(180);
    private const string Path = "/identity/v1/sign-in";
    private const int LengthMax = 100;
    private readonly bool _isHttps = Issuer.Of(configuration).StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    private string Name => _isHttps ? "__Secure-iop-device" : "iop-device";

    /// <summary>The device's hash, when whoever has this address has come in here before.</summary>
    public async Task<string?> Of(string email, HttpRequest request, CancellationToken cancel)
    {
        if (request.Cookies[Name] is not { Length: > 0 and <= LengthMax } secret) return null;
        var (hash, since) = (Random256.HashOf(secret), clock.GetUtcNow() - KnownFor);
        var isKnown = (await db.Database.SqlQuery<int>($"""
            SELECT 1 AS "Value" FROM known_device d JOIN person p ON p.person_id = d.person_id
            WHERE d.device_hash = {hash} AND p.email = {email} AND d.seen_at > {since}
            """).ToListAsync(cancel)).Count > 0;
        return isKnown ? Convert.ToHexString(hash) : null;
    }

    /// <summary>Whether the person has come in anywhere before, since the last time that none was known any more.</summary>
    public async Task<bool> HasAny(PersonId person, CancellationToken cancel)
    {
        var since = clock.GetUtcNow() - KnownFor;
        return (await db.Database.SqlQuery<int>($"""
            SELECT 1 AS "Value" FROM known_device WHERE person_id = {person.Value} AND seen_at > {since} LIMIT 1
            """).ToListAsync(cancel)).Count > 0;
    }

    /// <summary>The person has come in here.</summary>
    public Task Remember(PersonId person, HttpContext http, CancellationToken cancel)
    {
        var secret = http.Request.Cookies[Name] is { Length: > 0 and <= LengthMax } known ? known : Random256.NewText();
        http.Response.Cookies.Append(Name, secret, new CookieOptions
        {
            HttpOnly = true, Secure = _isHttps, SameSite = SameSiteMode.Lax, Path = Path, MaxAge = KnownFor, IsEssential = true,
        });
        var (hash, now) = (Random256.HashOf(secret), clock.GetUtcNow());
        return db.Database.ExecuteSqlAsync($"""
            INSERT INTO known_device (device_hash, person_id, seen_at) VALUES ({hash}, {person.Value}, {now})
            ON CONFLICT (device_hash, person_id) DO UPDATE SET seen_at = excluded.seen_at
            """, cancel);
    }

    /// <summary>None is known any more.</summary>
    public Task Forget(PersonId person, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"DELETE FROM known_device WHERE person_id = {person.Value}", cancel);
}
