using System.Globalization;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Notifications.Calendar;
using Iop.Notifications.Domain;
using static Iop.Notifications.Telling.Rules;

namespace Iop.Notifications.Telling;

/// <summary>Who hears what of plans, changed preconditions and the shared pool.</summary>
internal static class PlanRules
{
    private const string Pay = "pay-grant";
    private const string Confirm = "confirm-paper";
    private const string NextPlan = "adopt-plan";

    public static void AddTo(Rules rules)
    {
        Plans(rules);
        Checks(rules);
        Pools(rules);
        FromPaper(rules);
    }

    private static void Plans(Rules rules) => rules
        .When<InterventionPlanAdopted>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Finishes = [NextPlanOf(fact.AgreementId)],
            Deadlines = [DeadlineRules.PlanEnds(fact.AgreementId, fact.PlanId, fact.Title, fact.EndsOn)],
            Lines =
            [
                new Line("plan-adopted", To.EverybodyBut(fact.OrganisationId), $"plan:{fact.PlanId}",
                    new Subject("agreement", fact.AgreementId), $"/avtal/{fact.AgreementId}/plan")
                {
                    Arguments = Words(("title", fact.Title)),
                },
                .. fact.LeavesTheFrame ? [Leaving(fact)] : (Line[])[],
            ],
        })
        .When<PreconditionNoted>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Lines =
            [
                new Line("precondition-noted", To.EverybodyBut(fact.OrganisationId), $"precondition:{fact.PreconditionId}",
                    new Subject("agreement", fact.AgreementId), $"/avtal/{fact.AgreementId}/forutsattningar")
                {
                    Roles = [Roles.Officer, Roles.Legal],
                    Arguments = Words(("title", fact.Title), ("organisation", fact.OrganisationId.ToString()),
                        ("occursOn", Day(fact.OccursOn))),
                },
            ],
        });

    private static void Checks(Rules rules) => rules
        .When<AgreementCheckDue>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Lines =
            [
                fact.What switch
                {
                    "plan" => Check(fact, NextPlan, "plan", Roles.Officer) with { MustAct = true },
                    "deliveries" => Check(fact, "nothing-delivered", "resurser", Roles.Officer, Roles.Reporter, Roles.Controller),
                    _ => Check(fact, "look-at-learning-goals", "liv", Roles.Officer),
                },
            ],
        });

    private static Line Check(AgreementCheckDue fact, string kind, string page, params string[] roles) =>
        new(kind, To.Each(fact.Parties.Select(party => new Recipient(party.OrganisationId, party.UnitId, party.OrganisationId))),
            $"check:{fact.AgreementId}", new Subject("agreement", fact.AgreementId), $"/avtal/{fact.AgreementId}/{page}")
        {
            Roles = roles,
            Arguments = Words(("title", fact.Title), ("lastOn", Day(fact.On)),
                ("year", fact.On.Year.ToString(CultureInfo.InvariantCulture))),
        };

    /// <summary>A plan is adopted, or none is needed any more: the agreement is over.</summary>
    internal static Finish NextPlanOf(Guid agreement) => new(NextPlan, $"check:{agreement}") { Remembered = false };

    private static Line Leaving(InterventionPlanAdopted fact) =>
        new("plan-leaves-frame", To.Everybody, $"plan:{fact.PlanId}", new Subject("agreement", fact.AgreementId),
            $"/avtal/{fact.AgreementId}/plan")
        {
            Roles = [Roles.Officer, Roles.Legal],
            Arguments = Words(("title", fact.Title)),
        };

    private static void Pools(Rules rules) => rules
        .When<PoolGrantDecided>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Lines =
            [
                new Line(Pay, To.Only(fact.HolderOrganisationId, fact.HolderUnitId), Grant(fact.GrantId),
                    new Subject("agreement", fact.AgreementId), Page(fact.AgreementId))
                {
                    MustAct = true,
                    Roles = [Roles.Controller, Roles.Officer],
                    Arguments = Said(fact),
                },
                new Line("grant-decided", To.EverybodyBut(fact.HolderOrganisationId), Grant(fact.GrantId),
                    new Subject("agreement", fact.AgreementId), Page(fact.AgreementId))
                {
                    Arguments = Said(fact),
                },
            ],
        })
        .When<PoolGrantClosed>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Finishes = [new Finish(Pay, Grant(fact.GrantId))],
            Lines =
            [
                new Line(fact.How == "paid" ? "grant-paid" : "grant-released", To.Everybody, Grant(fact.GrantId),
                    new Subject("agreement", fact.AgreementId), Page(fact.AgreementId))
                {
                    Arguments = Words(("title", fact.Title), ("purpose", fact.Purpose)),
                },
            ],
        });

    private static void FromPaper(Rules rules) => rules
        .When<PaperAgreementReady>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Lines =
            [
                new Line(Confirm,
                    To.Each(fact.Parties.Select(party => new Recipient(party.OrganisationId, party.UnitId, party.PartyId))),
                    Paper(fact.AgreementId), new Subject("agreement", fact.AgreementId), $"/avtal/{fact.AgreementId}/papper")
                {
                    MustAct = true,
                    Roles = [Roles.Officer, Roles.Signatory],
                    Arguments = Words(("title", fact.Title)),
                },
            ],
        })
        .When<PaperAgreementAnswered>(fact => fact.PaperSequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Finishes = fact.PartyId is { } party ? [new Finish(Confirm, Paper(fact.AgreementId), party)] : [],
            Lines =
            [
                new Line(fact.Confirms ? "paper-confirmed" : "paper-declined", To.EverybodyBut(fact.OrganisationId),
                    $"paper:{fact.AgreementId}:{fact.OrganisationId}", new Subject("agreement", fact.AgreementId),
                    $"/avtal/{fact.AgreementId}/papper")
                {
                    Roles = [Roles.Officer, Roles.Signatory],
                    Arguments = Words(("title", fact.Title), ("organisation", fact.OrganisationId.ToString()),
                        ("reason", fact.Reason ?? "")),
                },
            ],
        });

    /// <summary>Nobody confirms any more: in force, or withdrawn.</summary>
    internal static Finish PaperOf(Guid agreement) => new(Confirm, Paper(agreement)) { Remembered = false };

    private static string Paper(Guid agreement) => $"paper:{agreement}";

    private static Dictionary<string, string> Said(PoolGrantDecided fact) => Words(
        ("title", fact.Title), ("purpose", fact.Purpose),
        ("amount", $"{fact.AmountMinor.ToString(CultureInfo.InvariantCulture)} {fact.Currency}"));

    private static string Grant(Guid grant) => $"grant:{grant}";

    private static string Page(Guid agreement) => $"/avtal/{agreement}/pott";
}
