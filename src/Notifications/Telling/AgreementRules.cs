using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Notifications.Calendar;
using Iop.Notifications.Domain;
using static Iop.Notifications.Telling.Rules;

namespace Iop.Notifications.Telling;

/// <summary>Who hears what on the way to an agreement, and of its life.</summary>
internal static class AgreementRules
{
    private const string Approve = "approve-assessment";
    private const string ApproveAgain = "approve-assessment-again";
    private const string Open = "open-agreement";

    public static void AddTo(Rules rules)
    {
        ComingTogether(rules);
        Life(rules);
    }

    private static void ComingTogether(Rules rules) => rules
        .When<PartyJoinedPartnership>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId, fact.PartnershipTitle, [new Member(fact.OrganisationId, fact.UnitId)]),
            Standing = new Standing(fact.PartyId, fact.OrganisationId, fact.UnitId),
            Lines =
            [
                new Line("you-joined", To.Only(fact.OrganisationId, fact.UnitId),
                    $"partnership:{fact.PartnershipId}:{fact.PartyId}",
                    new Subject("partnership", fact.PartnershipId), $"/samverkan/{fact.PartnershipId}")
                {
                    Arguments = Words(("title", fact.PartnershipTitle)),
                },
            ],
        })
        .When<PartyLeftPartnership>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId, fact.PartnershipTitle),
            Standing = new Standing(fact.PartyId, fact.OrganisationId, fact.UnitId) { LeftOn = fact.LeftOn },
        })
        .When<AssessmentCompleted>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Lines =
            [
                About(fact.AgreementId, fact.Title, Approve, "/bedomning",
                    To.Each(fact.Approvers.Select(approver =>
                        new Recipient(approver.OrganisationId, approver.UnitId, approver.OrganisationId))),
                    Roles.Legal),
            ],
        })
        .When<AssessmentApproved>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Finishes =
            [
                new Finish(Approve, Of(fact.AgreementId), fact.OrganisationId),
                new Finish(ApproveAgain, Of(fact.AgreementId), fact.OrganisationId),
            ],
            Lines = fact.ApprovalsMissing > 0
                ? [] : [About(fact.AgreementId, fact.Title, Open, "/oppna", To.Everybody, Roles.Officer)],
        })
        // One later than what it tells of: an edit need not count as a change of the agreement, and the approval that it voids
        // would otherwise count as the answer to it.
        .When<AssessmentVoided>(fact => fact.Sequence + 1, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            // Only what is asked now: the next approval, perhaps of the very next version, asks for the opening again.
            Finishes = [new Finish(Open, Of(fact.AgreementId)) { Remembered = false }],
            Lines =
            [
                About(fact.AgreementId, fact.Title, ApproveAgain, "/bedomning",
                    To.Each(fact.Organisations.Select(organisation => new Recipient(organisation, null, organisation))),
                    Roles.Legal),
            ],
        });

    private static void Life(Rules rules) => rules
        .When<AgreementEnteredIntoForce>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId, null,
                [.. fact.Parties.Select(party => new Member(party.OrganisationId, party.UnitId))]),
            Finishes = AllOf(fact.AgreementId),
            Lines = [News(fact.AgreementId, fact.Title, "agreement-in-force", To.Everybody)],
            Deadlines = DeadlineRules.Of(fact.AgreementId, fact.Title, fact.LastDateOfNotice, fact.EndsOn),
        })
        .When<AgreementChanged>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId, null,
                [.. fact.Parties.Select(party => new Member(party.OrganisationId, party.UnitId))]),
            Finishes = fact.BindsBy is "signatures" ? AllOf(fact.AgreementId) : [],
            Lines =
            [
                News(fact.AgreementId, fact.Title, $"agreement-changed-{fact.Kind}", To.Everybody,
                    ("effectiveOn", Day(fact.EffectiveOn))) with { Matter = $"{Of(fact.AgreementId)}:{fact.VersionHash}" },
                .. fact.WithoutTalk ? [News(fact.AgreementId, fact.Title, "renewed-without-talk", To.Everybody)] : (Line[])[],
                .. fact.AssessmentTooOld
                    ? [News(fact.AgreementId, fact.Title, "renewed-on-old-assessment", To.Everybody)] : (Line[])[],
            ],
            Deadlines = DeadlineRules.Of(fact.AgreementId, fact.Title, fact.LastDateOfNotice, fact.EndsOn),
        })
        .When<AgreementEnded>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Finishes = [.. AllOf(fact.AgreementId), PlanRules.NextPlanOf(fact.AgreementId)],
            Only = DeadlineRules.OfPlans(fact.AgreementId, fact.EndedOn),
            Lines = [News(fact.AgreementId, fact.Title, "agreement-ended", To.Everybody, ("endedOn", Day(fact.EndedOn)))],
            Deadlines =
            [
                .. DeadlineRules.Of(fact.AgreementId, fact.Title, null, null),
                DeadlineRules.Talk(fact.AgreementId, fact.Title, null),
            ],
        })
        .When<AgreementWithdrawn>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Finishes = AllOf(fact.AgreementId),
            Lines = [News(fact.AgreementId, fact.Title, "agreement-withdrawn", To.Everybody, ("reason", fact.Reason))],
        });

    /// <summary>What each of those who were in the partnership before is told.</summary>
    internal static Line Joined(Circle partnership, Guid party, Guid organisation) =>
        Of(partnership, "party-joined", party, $"/samverkan/{partnership.Id}", ("organisation", organisation.ToString()));

    /// <summary>What the one who has left is told, the last it hears.</summary>
    internal static Line Left(Circle partnership, Guid party, DateOnly on) =>
        Of(partnership, "you-left", party, "/samverkan", ("leftOn", Day(on)));

    private static Line Of(Circle partnership, string kind, Guid party, string path, (string, string) word) =>
        new(kind, To.Each([]), $"partnership:{partnership.Id}:{party}", new Subject("partnership", partnership.Id), path)
        {
            Arguments = Words(("title", partnership.Title ?? ""), word),
        };

    internal static Line About(Guid agreement, string title, string kind, string page, To to, params string[] roles) =>
        new(kind, to, Of(agreement), new Subject("agreement", agreement), $"/avtal/{agreement}{page}")
        {
            MustAct = true,
            Roles = roles,
            Arguments = Words(("title", title)),
        };

    internal static Line News(Guid agreement, string title, string kind, To to,
        params ReadOnlySpan<(string Name, string Value)> words) =>
        new(kind, to, Of(agreement), new Subject("agreement", agreement), $"/avtal/{agreement}")
        {
            Arguments = Words([("title", title), .. words]),
        };

    internal static List<Finish> AllOf(Guid agreement) =>
        [
            .. Approvals(agreement), new Finish(Open, Of(agreement)), PlanRules.PaperOf(agreement),
            .. SigningRules.AllOf(agreement),
        ];

    internal static List<Finish> Approvals(Guid agreement) =>
        [new Finish(Approve, Of(agreement)), new Finish(ApproveAgain, Of(agreement))];

    internal static string Of(Guid agreement) => $"agreement:{agreement}";
}
