using Iop.Kernel;

namespace Iop.Agreements.Domain.Signing;

/// <summary>A signatory's no to an opened version (avböjande), with the reason. Signatures under that version stay in the record
/// and count no more.</summary>
public sealed class Decline
{
    public const int ReasonMax = 2_000;

    private Decline()
    {
    }

    public AgreementId AgreementId { get; private init; }

    public string VersionHash { get; private init; } = "";

    public PartnershipId PartnershipId { get; private init; }

    public PartyId PartyId { get; private init; }

    public OrganisationRef Organisation { get; private init; }

    public PersonRef Person { get; private init; }

    /// <summary>As the person was called then; null if we had not heard.</summary>
    public string? PersonName { get; private init; }

    public string Reason { get; private init; } = "";

    public DateTimeOffset DeclinedAt { get; private init; }

    /// <summary>The hash of the last seal before it under the version, or of the version.</summary>
    public string? Previous { get; private init; }

    /// <summary>Sealed as a signature is; null for one from before declines were.</summary>
    public string? Seal { get; private set; }

    public void SealWith(string seal) => Seal = seal;

    /// <summary>Whether this person may decline for this party now. One need not wait for one's turn to say no.</summary>
    public static Refusal? Give(
        Agreement agreement, Party party, string partyName, Signer signer, string reason, SigningCircle circle,
        IReadOnlyList<Signature> given, string previous, DateTimeOffset now, out Decline decline)
    {
        decline = new Decline
        {
            AgreementId = agreement.Id,
            VersionHash = agreement.VersionHash ?? "",
            PartnershipId = agreement.PartnershipId,
            PartyId = party.Id,
            Organisation = party.Organisation,
            Person = signer.Person,
            PersonName = signer.Name,
            Reason = reason,
            DeclinedAt = now,
            Previous = previous,
        };
        if (!agreement.IsOpenForSignature) return AgreementRefusals.NotOpenForSignature(agreement.State);
        if (circle.Declined is not null) return SigningRefusals.Declined(partyName);
        if (given.Any(signature => signature.PartyId == party.Id && signature.Person == signer.Person))
            return AgreementRefusals.AlreadySigned(partyName);
        return Signature.MissingFor(party, given) <= 0 ? AgreementRefusals.PartyHasSigned(partyName) : null;
    }
}
