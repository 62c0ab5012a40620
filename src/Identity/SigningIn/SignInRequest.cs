namespace Iop.Identity.SigningIn;

/// <summary>What a client asked for; waits for the password.</summary>
internal sealed class SignInRequest
{
    public required byte[] RequestHash { get; init; }

    public required string ClientId { get; init; }

    public required string RedirectUri { get; init; }

    public required string State { get; init; }

    public string? Nonce { get; init; }

    public required string CodeChallenge { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A code that its client may exchange once, with the verifier that matches the challenge.</summary>
internal sealed class AuthorizationCode
{
    public required byte[] CodeHash { get; init; }

    public required string ClientId { get; init; }

    public required string RedirectUri { get; init; }

    public string? Nonce { get; init; }

    public required string CodeChallenge { get; init; }

    public required Guid SessionId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }
}
