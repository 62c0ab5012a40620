using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Notifications.Domain;
using static Iop.Notifications.Telling.AgreementRules;

namespace Iop.Notifications.Telling;

/// <summary>Who hears what while an agreement is signed: reviewers first, then each party's signatories when their turn
/// comes.</summary>
internal static class SigningRules
{
    internal const string Sign = "sign-agreement";
    private const string Open = "open-agreement";
    private const string Review = "review-version";
    private const string Redraft = "redraft-agreement";

    public static void AddTo(Rules rules)
    {
        Opening(rules);
        GoingRound(rules);
        Declining(rules);
    }

    internal static List<Finish> AllOf(Guid agreement) =>
        [.. new[] { Sign, Review, Redraft }.Select(kind => new Finish(kind, Of(agreement)))];

    private static void Opening(Rules rules) => rules
        .When<AgreementOpenedForSignature>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId, null,
                [.. fact.Parties.Select(party => new Member(party.OrganisationId, party.UnitId))]),
            Finishes = [new Finish(Open, Of(fact.AgreementId)), .. Approvals(fact.AgreementId)],
        })
        .When<SigningOpenedToParty>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Lines =
            [
                About(fact.AgreementId, fact.Title, Sign, "/underskrift",
                    To.Each([new Recipient(fact.OrganisationId, fact.UnitId, fact.PartyId)]), Roles.Signatory),
            ],
        });

    private static void GoingRound(Rules rules) => rules
        .When<VersionReviewAsked>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Lines =
            [
                .. fact.Reviewers.Select(reviewer => About(fact.AgreementId, fact.Title, Review, "/underskrift",
                    To.Each([new Recipient(reviewer.OrganisationId, reviewer.UnitId, reviewer.ReviewerId)
                    {
                        Person = reviewer.PersonId,
                    }]), reviewer.Role is { } role ? [role] : [])),
            ],
        })
        .When<VersionReviewed>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Finishes = [new Finish(Review, Of(fact.AgreementId), fact.ReviewerId)],
        })
        .When<AgreementSignatureGiven>(fact => fact.Sequence, fact => fact.PartySignaturesMissing > 0
            ? new()
            {
                Circle = new Circle(fact.PartnershipId),
                OwnParts = [new OwnPart(Sign, Of(fact.AgreementId), fact.PartyId, fact.PersonId)],
            }
            : new()
            {
                Circle = new Circle(fact.PartnershipId),
                Finishes = [new Finish(Sign, Of(fact.AgreementId), fact.PartyId)],
                Lines =
                [
                    News(fact.AgreementId, fact.Title, "party-signed", To.EverybodyBut(fact.OrganisationId),
                        ("organisation", fact.OrganisationId.ToString()))
                        with { Matter = $"{Of(fact.AgreementId)}:{fact.PartyId}" },
                ],
            })
        .When<AgreementSigned>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Finishes = AgreementRules.AllOf(fact.AgreementId),
            Lines = [News(fact.AgreementId, fact.Title, "agreement-signed", To.Everybody,
                ("startsOn", Rules.Day(fact.StartsOn)))],
        });

    private static void Declining(Rules rules) => rules
        .When<AgreementVersionDeclined>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Finishes = [new Finish(Sign, Of(fact.AgreementId)), new Finish(Review, Of(fact.AgreementId))],
            Lines =
            [
                News(fact.AgreementId, fact.Title, "version-declined", To.EverybodyBut(fact.OrganisationId),
                    ("organisation", fact.OrganisationId.ToString()), ("reason", fact.Reason)),
                About(fact.AgreementId, fact.Title, Redraft, "/underskrift", To.Everybody, Roles.Officer),
            ],
        })
        .When<AgreementRedrafted>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Finishes = [new Finish(Redraft, Of(fact.AgreementId))],
            Lines = [News(fact.AgreementId, fact.Title, "agreement-redrafted", To.Everybody)],
        });
}
