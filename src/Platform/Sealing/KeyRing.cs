using System.Security.Cryptography;
using System.Text.Json;
using Iop.Platform.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.Tokens;
using Npgsql;

namespace Iop.Platform.Sealing;

/// <summary>ES256 key pairs of this service, by purpose. The private half is encrypted with the service's secret; public halves
/// are kept for ever, so that what was sealed can always be verified.</summary>
public sealed class KeyRing(Logins logins, IConfiguration configuration, TimeProvider clock) : IDisposable
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int LockSpace = 4713;
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, (IReadOnlyList<SigningKey> Keys, long At)> _known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Keys of a purpose, newest first; the first one signs.</summary>
    public async Task<IReadOnlyList<SigningKey>> All(string purpose, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (_known.TryGetValue(purpose, out var known) && clock.GetElapsedTime(known.At) < LookAgainAfter) return known.Keys;
            var keys = await Read(purpose, cancel);
            if (keys.Count > 0) _known[purpose] = (keys, clock.GetTimestamp());
            return keys;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Makes a key if the newest is older than allowed, once however many replicas ask.</summary>
    public async Task Renew(string purpose, TimeSpan ageMax, CancellationToken cancel)
    {
        await using var connection = await logins.System.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Execute(connection, "SELECT pg_advisory_xact_lock($1, hashtext($2))", cancel, LockSpace, purpose);
        await using (var newest = Command(connection, "SELECT max(created_at) FROM signing_key WHERE purpose = $1", purpose))
        {
            if (await newest.ExecuteScalarAsync(cancel) is DateTime at
                && clock.GetUtcNow() - new DateTimeOffset(at, TimeSpan.Zero) < ageMax) return;
        }
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var jwk =
            JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ECDsa.Create(pair.ExportParameters(false))));
        var kid = Base64UrlEncoder.Encode(jwk.ComputeJwkThumbprint());
        var published =
            JsonSerializer.Serialize(new { kty = "EC", crv = "P-256", x = jwk.X, y = jwk.Y, kid, alg = "ES256", use = "sig" });
        await Execute(connection,
            "INSERT INTO signing_key (kid, purpose, public_jwk, private_key, created_at) VALUES ($1, $2, $3::jsonb, $4, $5)",
            cancel, kid, purpose, published, Encrypt(pair.ExportPkcs8PrivateKey(), kid), clock.GetUtcNow());
        await transaction.CommitAsync(cancel);
        await _one.WaitAsync(cancel);
        _known.Remove(purpose);
        _one.Release();
    }

    public void Dispose() => _one.Dispose();

    private async Task<IReadOnlyList<SigningKey>> Read(string purpose, CancellationToken cancel)
    {
        // Not from the application's pool: requests that hold all its connections may be waiting for a key.
        await using var select = logins.System.CreateCommand(
                "SELECT kid, public_jwk::text, private_key, created_at FROM signing_key WHERE purpose = $1 ORDER BY created_at DESC, kid");
        select.Parameters.Add(new NpgsqlParameter { Value = purpose });
        await using var reader = await select.ExecuteReaderAsync(cancel);
        var keys = new List<SigningKey>();
        while (await reader.ReadAsync(cancel))
        {
            var kid = reader.GetString(0);
            var pair = ECDsa.Create();
            pair.ImportPkcs8PrivateKey(Decrypt(reader.GetFieldValue<byte[]>(2), kid), out _);
            keys.Add(new SigningKey(kid, JsonSerializer.Deserialize<JsonElement>(reader.GetString(1)), pair,
                    reader.GetFieldValue<DateTimeOffset>(3)));
        }
        return keys;
    }

    /// <param name="plain">What is to be kept.</param>
    /// <param name="kid">What it belongs to: under another name it cannot be read.</param>
    internal byte[] Encrypt(byte[] plain, string kid)
    {
        var box = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var aes = new AesGcm(Secret(), TagLength);
        aes.Encrypt(box.AsSpan(0, NonceLength), plain, box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength),
            System.Text.Encoding.UTF8.GetBytes(kid));
        return box;
    }

    internal byte[] Decrypt(byte[] box, string kid)
    {
        var plain = new byte[box.Length - NonceLength - TagLength];
        using var aes = new AesGcm(Secret(), TagLength);
        aes.Decrypt(box.AsSpan(0, NonceLength), box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength), plain,
            System.Text.Encoding.UTF8.GetBytes(kid));
        return plain;
    }

    private byte[] Secret() => Convert.FromBase64String(
        configuration["Sealing:Secret"] ?? throw new InvalidOperationException("Sealing:Secret is missing (32 bytes, base64)."));

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync(cancel);
    }
}

/// <summary>One key pair.</summary>
/// <param name="Kid">RFC 7638 thumbprint.</param>
/// <param name="PublicJwk">What is published.</param>
/// <param name="Pair">Signs.</param>
/// <param name="CreatedAt">When it was made; a key is published for a while before it signs.</param>
public sealed record SigningKey(string Kid, JsonElement PublicJwk, ECDsa Pair, DateTimeOffset CreatedAt);
