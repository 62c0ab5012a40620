using Iop.Kernel;

namespace Iop.Agreements.Domain.Texts;

/// <summary>A party has accepted its role, as the section said in one version of it. Never changed.</summary>
public sealed class RoleAcceptance
{
    private RoleAcceptance()
    {
    }

    public Guid AcceptanceId { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public PartyId PartyId { get; private init; }

    public long SectionVersion { get; private init; }

    public PersonRef AcceptedBy { get; private init; }

    public DateTimeOffset AcceptedAt { get; private init; }

    public static Refusal? Give(
        Guid id, Section section, Party party, PersonRef by, IEnumerable<RoleAcceptance> given, DateTimeOffset now,
            out RoleAcceptance acceptance)
    {
        acceptance = new RoleAcceptance
        {
            AcceptanceId = id,
            AgreementId = section.AgreementId,
            PartnershipId = section.PartnershipId,
            PartyId = party.Id,
            SectionVersion = section.Version,
            AcceptedBy = by,
            AcceptedAt = now,
        };
        if (section.Status is not SectionStatus.Complete) return RoleRefusals.NothingToAccept;
        return given.Any(other => other.PartyId == party.Id && other.SectionVersion == section.Version)
            ? RoleRefusals.AlreadyAccepted : null;
    }
}

/// <summary>Every way a role can be refused.</summary>
public static class RoleRefusals
{
    public static Refusal NothingToAccept { get; } = new("roles.nothing-to-accept");

    public static Refusal AlreadyAccepted { get; } = new("roles.already-accepted");
}
