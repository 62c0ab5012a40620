using MassTransit;

namespace Iop.Contracts.Identity;

/// <summary>A link that works once was made for a person and is to reach her by mail: the invitation to an account, to another
/// password, another authenticator app, the first password or another address. Or something has happened to her account, and
/// she is to hear; the link then leads to the account.</summary>
/// <remarks>Told by Identity. Heard by Notifications, which sends it. Of an account in use it alone opens nothing: signing in
/// also asks for what the person still has.</remarks>
[MessageUrn("iop:identity:account-link-made:v1"), EntityName("iop.identity.account-link-made.v1")]
public sealed record AccountLinkMade
{
    public required Guid LinkId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required Guid PersonId { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    /// <summary>sv or en.</summary>
    public required string Language { get; init; }

    /// <summary>welcome, password, second-factor, invitation (to a first password) or address; or what has happened:
    /// address-changed, password-changed, second-factor-changed, login-connected, new-device or operator-link.</summary>
    public required string Kind { get; init; }

    /// <summary>The page it leads to.</summary>
    public required string Path { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The person's version when it was made: if a newer one has another address, it is not sent to this.</summary>
    public long PersonVersion { get; init; }
}
