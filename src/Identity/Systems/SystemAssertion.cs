using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Iop.Identity.Systems;

/// <summary>A system proves itself with a statement signed by its own key (private_key_jwt, RFC 7523): for us, short-lived, and
/// good once.</summary>
internal sealed class SystemAssertion(IdentityDb db, IConfiguration configuration, TimeProvider clock)
{
    public static readonly string[] Algorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.RsaSha256];
    private const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private const int LengthMax = 4000;
    private const int JtiMax = 200;
    private static readonly TimeSpan LifetimeMax = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SkewMax = TimeSpan.FromSeconds(30);
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <summary>The system, if the assertion is its own and new; else null.</summary>
    public async Task<SystemClient?> Prove(string type, string assertion, CancellationToken cancel)
    {
        if (type != Type || assertion.Length is 0 or > LengthMax || !Handler.CanReadToken(assertion)) return null;
        if (!Guid.TryParse(Subject(assertion), out var id)) return null;
        if (await db.Systems.AsNoTracking().FirstOrDefaultAsync(one => one.SystemId == id, cancel) is not { } system) return null;
        var keys = await db.SystemKeys.AsNoTracking().Where(one => one.SystemId == id && one.EndedAt == null).ToListAsync(cancel);
        if (keys.Count == 0) return null;
        var (issuer, now) = (Issuer.Of(configuration), clock.GetUtcNow());
        var result = await Handler.ValidateTokenAsync(assertion, new TokenValidationParameters
        {
            ValidIssuer = id.ToString(),
            ValidAudiences = [issuer, $"{issuer.TrimEnd('/')}/identity/v1/token"],
            IssuerSigningKeys = keys.ConvertAll(Named),
            ValidAlgorithms = Algorithms,
            RequireExpirationTime = true,
            LifetimeValidator = (from, to, _, _) => to is { } ends
                && now < At(ends) + SkewMax && At(ends) <= now + LifetimeMax + SkewMax
                    && (from is not { } starts || At(starts) - SkewMax <= now),
        });
        if (!result.IsValid || result.SecurityToken is not JsonWebToken token || token.Subject != id.ToString()
            || token.Id is not { Length: > 0 and <= JtiMax })
            return null;
        var isNew = await db.Database.ExecuteSqlAsync(
            $"INSERT INTO used_assertion (system_id, jti, expires_at) VALUES ({id}, {token.Id}, {At(token.ValidTo)}) ON CONFLICT DO NOTHING", cancel) == 1;
        if (!isNew) return null;
        if (result.SecurityToken.SigningKey is { KeyId: { } used } && Guid.TryParse(used, out var keyId))
        {
            await db.SystemKeys.Where(one => one.KeyId == keyId)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.UsedAt, now), cancel);
        }
        return system;
    }

    // By our own name for it: what the statement calls its key is not asked.
    private static SecurityKey Named(SystemKey key) => new JsonWebKey(key.PublicJwk) { KeyId = key.KeyId.ToString() };

    private static string? Subject(string assertion)
    {
        try
        {
            return new JsonWebToken(assertion).Subject;
        }
        catch (ArgumentException)
        {
            return null; // it only looked like a token
        }
    }

    private static DateTimeOffset At(DateTime instant) => new(DateTime.SpecifyKind(instant, DateTimeKind.Utc));
}
