using System.Net.Http.Headers;

namespace Iop.DemoData.Playing;

/// <summary>The people of the story, each signed in by their own login.</summary>
internal sealed class Cast(HttpClient http, Logins logins, SignIn signIn, Clock clock)
{
    // Tokens live five minutes of the story's time.
    private static readonly TimeSpan SignInAgainAfter = TimeSpan.FromMinutes(4);
    private readonly Dictionary<string, (string Token, DateTimeOffset At)> _tokens = new(StringComparer.Ordinal);

    public Api Api(string? who) => new(http, async request =>
    {
        if (who is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Token(who, CancellationToken.None));
    });

    public string NameOf(string? who) => who is null ? "(the platform)" : logins.Find(who)?.Name ?? who;

    public Guid OrganisationOf(string who) => Known(who).OrganisationId;

    /// <summary>Signs in anew the next time.</summary>
    public void Forget(string who) => _tokens.Remove(who);

    private async Task<string> Token(string who, CancellationToken cancel)
    {
        if (_tokens.TryGetValue(who, out var known) && clock.GetUtcNow() - known.At < SignInAgainAfter
            && clock.GetUtcNow() >= known.At) return known.Token;
        var token = await signIn.Token(Known(who), cancel);
        _tokens[who] = (token, clock.GetUtcNow());
        return token;
    }

    private Login Known(string who) => logins.Find(who) ?? throw new InvalidOperationException($"{who} has no login yet.");
}
