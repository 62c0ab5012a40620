using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text.Json;

namespace Iop.Gateway.Sessions;

/// <summary>Tokens of sessions in use, for four of their five minutes. Another replica may so let a signed-out session live that long; this one forgets at once.</summary>
internal sealed class SessionTokens(IServiceScopeFactory scopes, TimeProvider clock)
{
    public const int SessionsMax = 20_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(4);
    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    /// <summary>Null when the session is over.</summary>
    public async Task<string?> For(string session, CancellationToken cancel)
    {
        if (_kept.TryGetValue(session, out var kept) && clock.GetUtcNow() < kept.Until) return kept.Token;
        await using var scope = scopes.CreateAsyncScope();
        var answer = await scope.ServiceProvider.GetRequiredService<IdentityTokens>().ForSession(session, cancel);
        if (answer is null)
        {
            _kept.TryRemove(session, out _);
            return null;
        }
        Keep(session, answer.AccessToken);
        return answer.AccessToken;
    }

    public void Keep(string session, string token)
    {
        if (_kept.Count >= SessionsMax) MakeRoom();
        _kept[session] = new Kept(token, SessionOf(token), clock.GetUtcNow() + KeptFor);
    }

    /// <summary>Forgets all tokens of the session that a bearer belongs to. The bearer is not trusted for anything else.</summary>
    public void Forget(string authorization)
    {
        const string scheme = "Bearer ";
        if (!authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) || SessionOf(authorization[scheme.Length..]) is not { } sid) return;
        foreach (var (session, kept) in _kept)
        {
            if (kept.Sid == sid) _kept.TryRemove(session, out _);
        }
    }

    private void MakeRoom()
    {
        var now = clock.GetUtcNow();
        foreach (var (session, kept) in _kept)
        {
            if (kept.Until <= now || _kept.Count >= SessionsMax) _kept.TryRemove(session, out _);
        }
    }

    private static string? SessionOf(string token)
    {
        if (token.Split('.') is not [_, var payload, _] || !Base64Url.IsValid(payload)) return null;
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            return claims.RootElement.TryGetProperty("sid", out var sid) ? sid.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Kept(string Token, string? Sid, DateTimeOffset Until);
}
