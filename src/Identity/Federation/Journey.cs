using Iop.Identity.Domain;

namespace Iop.Identity.Federation;

/// <summary>Somebody is away at a provider: to sign in, or, when it is a person already signed in, to show a login of the own.
/// Good once, in the browser it began in.</summary>
internal sealed class Journey
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    public required byte[] StateHash { get; init; }

    public required byte[] BrowserHash { get; init; }

    public required ProviderId ProviderId { get; init; }

    /// <summary>Encrypted: what is needed when the person is back.</summary>
    public required byte[] Luggage { get; init; }

    public PersonId? PersonId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <param name="Nonce">Comes back within the provider's token.</param>
/// <param name="Verifier">Proves that whoever redeems the code has asked for it (PKCE).</param>
/// <param name="Request">Our own client's request, which waits; none when a login is only shown.</param>
/// <param name="IsTrial">An administrator looks at what the provider says: nobody comes in, and nothing is connected.</param>
internal sealed record Luggage(string Nonce, string Verifier, string? Request, bool IsTrial = false);

/// <summary>A login elsewhere that is one person's here: by issuer and subject, never by e-mail.</summary>
internal sealed class Login
{
    public required Guid LoginId { get; init; }

    public required string Issuer { get; init; }

    public required string Subject { get; init; }

    public required PersonId PersonId { get; init; }

    public required ProviderId ProviderId { get; set; }

    /// <summary>What the provider calls the person, so that she knows it again.</summary>
    public required string Label { get; set; }

    public required DateTimeOffset LinkedAt { get; init; }

    public required DateTimeOffset UsedAt { get; set; }
}

/// <summary>A login that a signed-in person has shown and not yet confirmed as the own.</summary>
internal sealed class UnconfirmedLogin
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    public required byte[] TokenHash { get; init; }

    public required PersonId PersonId { get; init; }

    public required ProviderId ProviderId { get; init; }

    public required string Issuer { get; init; }

    public required string Subject { get; init; }

    public required string Label { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
