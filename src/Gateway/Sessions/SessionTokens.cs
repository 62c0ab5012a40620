using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text.Json;

namespace Iop.Gateway.Sessions;

/// <summary>Tokens of sessions in use, for four of their five minutes. Another replica may so let a signed-out session live
/// that long; this one forgets at once.</summary>
internal sealed class SessionTokens(IServiceScopeFactory scopes, TimeProvider clock)
{
    public const int SessionsMax = 20_000;
    private const string Scheme = "Bearer ";
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(4);
    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _sessionOfToken = new(StringComparer.Ordinal);

    /// <summary>The session, if the cookie or bearer is one that we have dealt with ourselves; anything else could be made
    /// up.</summary>
    public string? Known(string? session, string authorization)
    {
        if (session is not null) return _kept.ContainsKey(session) ? session : null;
        return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? _sessionOfToken.GetValueOrDefault(authorization[Scheme.Length..]) : null;
    }

    /// <summary>Null when the session is over.</summary>
    public async Task<string?> For(string session, CancellationToken cancel)
    {
        if (_kept.TryGetValue(session, out var kept) && clock.GetUtcNow() < kept.Until) return kept.Token;
        await using var scope = scopes.CreateAsyncScope();
        var answer = await scope.ServiceProvider.GetRequiredService<IdentityTokens>().ForSession(session, cancel);
        if (answer is null)
        {
            Drop(session);
            return null;
        }
        Keep(session, answer.AccessToken);
        return answer.AccessToken;
    }

    public void Keep(string session, string token)
    {
        if (_kept.Count >= SessionsMax) MakeRoom();
        Drop(session);
        _kept[session] = new Kept(token, SessionOf(token), Claim(token, "sub"), clock.GetUtcNow() + KeptFor);
        _sessionOfToken[token] = session;
    }

    /// <summary>Forgets the one token that was refused, if it is one of ours; a bearer that is not costs a look, and nobody
    /// else anything.</summary>
    public void ForgetRefused(string authorization)
    {
        if (Known(null, authorization) is { } session) Drop(session);
    }

    /// <summary>The session has been left.</summary>
    public void End(string session) => Drop(session);

    /// <summary>Forgets all tokens of the session that a bearer belongs to, which Identity has taken as genuine.</summary>
    public void Forget(string authorization)
    {
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || SessionOf(authorization[Scheme.Length..]) is not { } sid) return;
        foreach (var (session, kept) in _kept)
        {
            if (kept.Sid == sid) Drop(session);
        }
    }

    /// <summary>Forgets the tokens of all sessions of the person that a bearer belongs to: some of them have been ended. Those
    /// that live get new ones.</summary>
    public void ForgetPerson(string authorization)
    {
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || Claim(authorization[Scheme.Length..], "sub") is not { } person) return;
        foreach (var (session, kept) in _kept)
        {
            if (kept.Person == person) Drop(session);
        }
    }

    private void MakeRoom()
    {
        var now = clock.GetUtcNow();
        foreach (var (session, kept) in _kept)
        {
            if (kept.Until <= now || _kept.Count >= SessionsMax) Drop(session);
        }
    }

    private void Drop(string session)
    {
        if (_kept.TryRemove(session, out var kept)) _sessionOfToken.TryRemove(kept.Token, out _);
    }

    private static string? SessionOf(string token) => Claim(token, "sid");

    /// <summary>A claim as it stands: for tokens that came from Identity itself, or where nothing is allowed because of
    /// it.</summary>
    internal static string? Claim(string token, string name)
    {
        if (token.Split('.') is not [_, var payload, _] || !Base64Url.IsValid(payload)) return null;
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            return claims.RootElement.TryGetProperty(name, out var claim) ? claim.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Kept(string Token, string? Sid, string? Person, DateTimeOffset Until);
}
