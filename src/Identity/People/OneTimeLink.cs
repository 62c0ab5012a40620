using Iop.Identity.Domain;

namespace Iop.Identity.People;

/// <summary>A link that may be used once. Without a person it makes the first operator; with one it accepts an
/// invitation.</summary>
internal sealed class OneTimeLink
{
    public required byte[] TokenHash { get; init; }

    public PersonId? PersonId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
