using Iop.Agreements.Domain.Life;
using Iop.Kernel;

namespace Iop.Agreements.Domain.Signing;

/// <summary>On what decision a person signs for a party.</summary>
public enum MandateBasis
{
    /// <summary>The board's (styrelse, nämnd) own decision.</summary>
    Board,

    /// <summary>Delegationsordning.</summary>
    Delegation,

    /// <summary>Årsmöte.</summary>
    AnnualMeeting,
}

/// <summary>The decision a signature rests on (beslutsunderlag): date, paragraph, case number (diarienummer).</summary>
public sealed record Mandate(MandateBasis Basis, DateOnly DecidedOn, string? Paragraph, string? CaseNumber)
{
    public const int ParagraphMax = 50;
    public const int CaseNumberMax = 100;
}

/// <summary>A person's signature for a party under one exact version (underskrift). Never changed, never removed.</summary>
public sealed class Signature
{
    private Signature()
    {
    }

    public Guid SignatureId { get; private init; }

    public AgreementId AgreementId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public string VersionHash { get; private init; } = "";

    /// <summary>From 1; the order of the chain.</summary>
    public int Number { get; private init; }

    public PartyId PartyId { get; private init; }

    public OrganisationRef Organisation { get; private init; }

    public PersonRef Person { get; private init; }

    /// <summary>As the person was called then; null if we had not heard.</summary>
    public string? PersonName { get; private init; }

    public MandateBasis Basis { get; private init; }

    public DateOnly DecidedOn { get; private init; }

    public string? Paragraph { get; private init; }

    public string? CaseNumber { get; private init; }

    public DateTimeOffset SignedAt { get; private init; }

    /// <summary>Hash of the seal before, or of the version for the first: the chain can lose no link.</summary>
    public string Previous { get; private init; } = "";

    /// <summary>Compact JWS over version, party, person, mandate, time and previous.</summary>
    public string Seal { get; private set; } = "";

    public Mandate Mandate => new(Basis, DecidedOn, Paragraph, CaseNumber);

    /// <summary>Whether this person may sign for this party now, and the signature without its seal.</summary>
    public static Refusal? Give(
        Guid id, Agreement agreement, Party party, string partyName, Signer signer, Mandate mandate,
        IReadOnlyList<Signature> given, string previous, DateTimeOffset now, out Signature signature)
    {
        signature = new Signature
        {
            SignatureId = id,
            AgreementId = agreement.Id,
            PartnershipId = agreement.PartnershipId,
            VersionHash = agreement.VersionHash ?? "",
            Number = given.Count + 1,
            PartyId = party.Id,
            Organisation = party.Organisation,
            Person = signer.Person,
            PersonName = signer.Name,
            Basis = mandate.Basis,
            DecidedOn = mandate.DecidedOn,
            Paragraph = mandate.Paragraph,
            CaseNumber = mandate.CaseNumber,
            SignedAt = now,
            Previous = previous,
        };
        if (!agreement.IsOpenForSignature) return AgreementRefusals.NotOpenForSignature(agreement.State);
        var forParty = given.Where(other => other.PartyId == party.Id).ToList();
        if (forParty.Any(other => other.Person == signer.Person)) return AgreementRefusals.AlreadySigned(partyName);
        if (forParty.Count >= party.RequiredSignatures) return AgreementRefusals.PartyHasSigned(partyName);
        return mandate.DecidedOn > SwedishTime.DateIn(now) ? AgreementRefusals.DecidedLater : null;
    }

    public void SealWith(string seal) => Seal = seal;

    /// <summary>How many signatures a party still needs.</summary>
    public static int MissingFor(Party party, IEnumerable<Signature> given) =>
        party.RequiredSignatures - given.Count(signature => signature.PartyId == party.Id);
}

/// <summary>Who signs.</summary>
public sealed record Signer(PersonRef Person, string? Name);
