using Iop.Identity.Domain;

namespace Iop.Identity.People;

/// <summary>A link that may be used once. Without a person it makes the first operator; with one it accepts an invitation,
/// unless it was mailed for something else.</summary>
internal sealed class OneTimeLink
{
    public const string Invitation = "invitation";

    /// <summary>Makes an operator, also where there are others: whoever has the machine has asked for it.</summary>
    public const string Operator = "operator";

    public required byte[] TokenHash { get; init; }

    public PersonId? PersonId { get; init; }

    public string Purpose { get; init; } = Invitation;

    /// <summary>The address it was mailed to and is to prove; only where that is what it is for.</summary>
    public string? Email { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
