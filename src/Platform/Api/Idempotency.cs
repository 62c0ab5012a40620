using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Iop.Kernel;
using Iop.Platform.Identity;
using Iop.Platform.Sealing;
using Iop.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Iop.Platform.Api;

/// <summary>A creating POST with the same key by the same caller gives the first answer again; a different body under the same
/// key is refused. The row shares the handler's transaction: a second request waits for the first, then reads its
/// answer. Answers are kept encrypted: some hold what is shown only once.</summary>
internal sealed class Idempotency(HttpContext http, ServiceDb db)
{
    private const string Header = "Idempotency-Key";
    private const int KeyLengthMax = 100;
    private readonly Caller _caller = http.RequestServices.GetRequiredService<Caller>();
    private readonly string _operation = InTransaction.OperationOf(http);
    private readonly string _key = http.Request.Headers[Header].ToString();
    private readonly KeyRing _ring = http.RequestServices.GetRequiredService<KeyRing>();
    private readonly JsonSerializerOptions _json =
        http.RequestServices.GetRequiredService<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions;

    /// <summary>Null when this is the first request with the key; else the answer to give.</summary>
    public async Task<IResult?> Enter(CancellationToken cancel)
    {
        if (_key.Length == 0) return Refuse("idempotency.key-missing", RefusalKind.Malformed);
        if (_key.Length > KeyLengthMax || !_key.All(letter => letter is > ' ' and < '\x7f'))
            return Refuse("idempotency.key-malformed", RefusalKind.Malformed);
        var hash = await RequestHash(cancel);
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var isFirst = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO idempotency (organisation_id, person_id, operation, key, request_hash, created_at)
            VALUES ({_caller.Organisation}, {_caller.Person}, {_operation}, {_key}, {hash}, {now}) ON CONFLICT DO NOTHING
            """, cancel) == 1;
        if (isFirst) return null;
        var earlier = await db.Database.SqlQuery<Earlier>($"""
            SELECT request_hash, answer #>> ARRAY[]::text[] AS answer FROM idempotency
            WHERE organisation_id = {_caller.Organisation} AND person_id = {_caller.Person} AND operation = {_operation} AND key = {_key}
            """).SingleAsync(cancel);
        // Until 2026-12-31: answers from before they were kept encrypted are plain JSON.
        var kept = JsonSerializer.Deserialize<Kept>(earlier.answer![0] is '{' ? Encoding.UTF8.GetBytes(earlier.answer)
            : _ring.Decrypt(Convert.FromBase64String(earlier.answer), _operation + _key), _json)!;
        if (earlier.request_hash.AsSpan().SequenceEqual(hash)) return new Again(kept);
        var existing = kept.Location?[(kept.Location.LastIndexOf('/') + 1)..] ?? "";
        return (Answer<object>)new Refusal("idempotency.key-reused").With("existingId", existing);
    }

    public Task Keep(IAnswer answer, CancellationToken cancel)
    {
        var kept = JsonSerializer.SerializeToUtf8Bytes(
            new Kept(answer.Status, answer.Location, answer.Tag,
                answer.Body is null ? null : JsonSerializer.SerializeToElement(answer.Body, answer.Body.GetType(), _json),
                answer.Refusal?.Code, answer.Refusal?.Arguments), _json);
        var closed = Convert.ToBase64String(_ring.Encrypt(kept, _operation + _key));
        return db.Database.ExecuteSqlAsync($"""
            UPDATE idempotency SET answer = to_jsonb({closed}::text)
            WHERE organisation_id = {_caller.Organisation} AND person_id = {_caller.Person} AND operation = {_operation} AND key = {_key}
            """, cancel);
    }

    private async Task<byte[]> RequestHash(CancellationToken cancel)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(Encoding.UTF8.GetBytes(http.Request.Path.Value ?? ""));
        if (http.Request.Body.CanSeek) // buffered by the platform's middleware; already read by binding
        {
            http.Request.Body.Position = 0;
            sha.AppendData(await SHA256.HashDataAsync(http.Request.Body, cancel));
            http.Request.Body.Position = 0;
        }
        return sha.GetHashAndReset();
    }

    private static Answer<object> Refuse(string code, RefusalKind kind) => new Refusal(code, kind);

    private sealed record Earlier(byte[] request_hash, string? answer);

    private sealed record Kept(
        int Status, string? Location, string? Tag, JsonElement? Body, string? RefusalCode,
        IReadOnlyDictionary<string, string>? Arguments);

    /// <summary>The first answer once more.</summary>
    private sealed class Again(Kept kept) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (kept.RefusalCode is { } code)
            {
                var refusal =
                    kept.Arguments!.Aggregate(new Refusal(code), (so, argument) => so.With(argument.Key, argument.Value));
                return httpContext.RequestServices.GetRequiredService<Problems>().Write(httpContext, refusal);
            }
            httpContext.Response.StatusCode = kept.Status;
            if (kept.Location is { } location) httpContext.Response.Headers.Location = location;
            if (kept.Tag is { } tag) httpContext.Response.Headers.ETag = $"\"{tag}\"";
            httpContext.Response.Headers["Idempotency-Replayed"] = "true";
            return kept.Body is { } body ? httpContext.Response.WriteAsJsonAsync(body) : Task.CompletedTask;
        }
    }
}
