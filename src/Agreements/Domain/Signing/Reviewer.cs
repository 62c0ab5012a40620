using Iop.Kernel;

namespace Iop.Agreements.Domain.Signing;

/// <summary>Somebody of a party who must have looked at the fixed version before the party signs (granskare): a named person, or
/// anybody with a role.</summary>
public sealed class Reviewer
{
    public const int PerPartyMax = 20;
    public const int ReasonMax = 1_000;

    private Reviewer()
    {
    }

    public Guid ReviewerId { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public PartyId PartyId { get; private init; }

    public OrganisationRef Organisation { get; private init; }

    /// <summary>Null for whoever has the role.</summary>
    public PersonRef? Person { get; private init; }

    public string? PersonName { get; private init; }

    public string? Role { get; private init; }

    /// <summary>The version that was looked at, or that need not be.</summary>
    public string? PassedHash { get; private set; }

    public PersonRef? PassedBy { get; private set; }

    public string? PassedByName { get; private set; }

    public DateTimeOffset? PassedAt { get; private set; }

    /// <summary>Why the party goes on without this reviewer; null when the reviewer has looked.</summary>
    public string? ReleasedBecause { get; private set; }

    public static Reviewer Of(Guid id, Agreement agreement, Party party, PersonRef? person, string? name, string? role) => new()
    {
        ReviewerId = id,
        AgreementId = agreement.Id,
        PartnershipId = agreement.PartnershipId,
        PartyId = party.Id,
        Organisation = party.Organisation,
        Person = person,
        PersonName = name,
        Role = role,
    };

    public bool HasPassed(string versionHash) => PassedHash == versionHash;

    /// <summary>Whether somebody who acts for the party is the one meant.</summary>
    public bool Means(PersonRef person, IReadOnlySet<string> roles) =>
        Person is { } named ? named == person : Role is { } role && roles.Contains(role);

    public Refusal? Look(string versionHash, Signer by, DateTimeOffset now) => Pass(versionHash, by, null, now);

    /// <summary>The party goes on without this reviewer, for a reason that is kept.</summary>
    public Refusal? Release(string versionHash, Signer by, string reason, DateTimeOffset now) =>
        Pass(versionHash, by, reason, now);

    private Refusal? Pass(string versionHash, Signer by, string? releasedBecause, DateTimeOffset now)
    {
        if (HasPassed(versionHash)) return SigningRefusals.ReviewerHasPassed;
        (PassedHash, PassedBy, PassedByName, PassedAt, ReleasedBecause) = (versionHash, by.Person, by.Name, now, releasedBecause);
        return null;
    }
}
