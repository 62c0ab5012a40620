using Iop.Agreements.Domain;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;

namespace Iop.Agreements.Signing;

/// <summary>Tells whose turn it has become.</summary>
internal static class SigningNews
{
    /// <summary>The parties who may sign just now.</summary>
    public static IReadOnlyList<PartyId> Ready(AgreementFile file) => file.Agreement.VersionHash is { } hash
        ? [.. file.Signing.Ready(file.Parties, file.Signatures, hash).Select(party => party.Id)]
        : [];

    /// <summary>Every party that may sign now and could not before.</summary>
    public static void TellWhoMaySign(AgreementsDb db, AgreementFile file, IReadOnlyList<PartyId> before)
    {
        var agreement = file.Agreement;
        foreach (var party in Ready(file).Except(before).Select(id => file.Parties.Single(party => party.Id == id)))
        {
            db.Announce(agreement.Id.Value, agreement.Version, new SigningOpenedToParty
            {
                AgreementId = agreement.Id.Value,
                Sequence = agreement.Version,
                PartnershipId = agreement.PartnershipId.Value,
                Title = agreement.Title,
                VersionHash = agreement.VersionHash!,
                PartyId = party.Id.Value,
                OrganisationId = party.Organisation.Value,
                UnitId = party.Unit?.Value,
            });
        }
    }

    public static void AskReviewers(AgreementsDb db, AgreementFile file)
    {
        if (file.Signing.Reviewers.Count == 0) return;
        var agreement = file.Agreement;
        db.Announce(agreement.Id.Value, agreement.Version, new VersionReviewAsked
        {
            AgreementId = agreement.Id.Value,
            Sequence = agreement.Version,
            PartnershipId = agreement.PartnershipId.Value,
            Title = agreement.Title,
            VersionHash = agreement.VersionHash!,
            Reviewers =
            [
                .. file.Signing.Reviewers.Select(reviewer => new VersionReviewAskedReviewer
                {
                    ReviewerId = reviewer.ReviewerId,
                    OrganisationId = reviewer.Organisation.Value,
                    UnitId = file.Parties.FirstOrDefault(party => party.Id == reviewer.PartyId)?.Unit?.Value,
                    PersonId = reviewer.Person?.Value,
                    Role = reviewer.Role,
                }),
            ],
        });
    }

    public static void TellReviewed(AgreementsDb db, AgreementFile file, Domain.Signing.Reviewer reviewer) =>
        db.Announce(file.Agreement.Id.Value, file.Agreement.Version, new VersionReviewed
        {
            AgreementId = file.Agreement.Id.Value,
            Sequence = file.Agreement.Version,
            PartnershipId = file.Agreement.PartnershipId.Value,
            ReviewerId = reviewer.ReviewerId,
            PartyId = reviewer.PartyId.Value,
            OrganisationId = reviewer.Organisation.Value,
            PersonId = reviewer.PassedBy!.Value.Value,
        });
}
