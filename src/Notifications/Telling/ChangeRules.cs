using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Notifications.Calendar;
using Iop.Notifications.Domain;
using static Iop.Notifications.Telling.Rules;

namespace Iop.Notifications.Telling;

/// <summary>Who hears what of an agreement in force that changes or comes to its end.</summary>
internal static class ChangeRules
{
    private const string Book = "book-joint-talk";
    private const string TellOfTalk = "tell-of-joint-talk";

    public static void AddTo(Rules rules)
    {
        Changing(rules);
        Talking(rules);
    }

    private static void Changing(Rules rules) => rules
        .When<AgreementChangeBegun>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Lines =
            [
                News(fact.AgreementId, fact.Title, $"change-begun-{fact.Kind}", To.EverybodyBut(fact.OrganisationId),
                    $"{Of(fact.AgreementId)}:{fact.Sequence}", ("effectiveOn", Day(fact.EffectiveOn)), ("reason", fact.Reason),
                    ("organisation", fact.OrganisationId.ToString())),
            ],
        })
        .When<AgreementChangeAbandoned>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Finishes = AgreementRules.AllOf(fact.AgreementId),
            Lines =
            [
                News(fact.AgreementId, fact.Title, "change-abandoned", To.Everybody, $"{Of(fact.AgreementId)}:{fact.Sequence}",
                    ("reason", fact.Reason)),
            ],
        })
        .When<AgreementNoticeGiven>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Finishes = [new Finish(Book, Of(fact.AgreementId)), new Finish(TellOfTalk, Of(fact.AgreementId))],
            Lines =
            [
                News(fact.AgreementId, fact.Title, "notice-given", To.EverybodyBut(fact.OrganisationId), Of(fact.AgreementId),
                    ("organisation", fact.OrganisationId.ToString()), ("lastOn", Day(fact.LastDay)), ("reason", fact.Reason)),
            ],
            Deadlines = DeadlineRules.Of(fact.AgreementId, fact.Title, null, fact.LastDay),
        });

    private static void Talking(Rules rules) => rules
        .When<NoticeDateApproaches>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Lines =
            [
                News(fact.AgreementId, fact.Title, fact.AutoRenews ? "notice-date-renews" : "notice-date-ends", To.Everybody,
                    $"{Of(fact.AgreementId)}:{Day(fact.LastDateOfNotice)}:{fact.DaysLeft}",
                    ("noticeOn", Day(fact.LastDateOfNotice)), ("endsOn", Day(fact.EndsOn))),
                .. fact is { AutoRenews: true, AssessmentTooOld: true }
                    ? [News(fact.AgreementId, fact.Title, "assessment-too-old", To.Everybody,
                        $"{Of(fact.AgreementId)}:{Day(fact.LastDateOfNotice)}:{fact.DaysLeft}",
                        ("noticeOn", Day(fact.LastDateOfNotice)))]
                    : (Line[])[],
            ],
        })
        .When<AgreementEndApproaches>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Lines =
            [
                News(fact.AgreementId, fact.Title, fact.Renews ? "renewal-approaches" : "end-approaches", To.Everybody,
                    $"{Of(fact.AgreementId)}:{Day(fact.EndsOn)}:{fact.DaysLeft}", ("endsOn", Day(fact.EndsOn))),
            ],
        })
        .When<JointTalkDue>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Lines =
            [
                fact.What is "soon"
                    ? News(fact.AgreementId, fact.Title, "joint-talk-soon", To.Everybody,
                        $"{Of(fact.AgreementId)}:{Day(fact.Before)}", ("heldOn", Day(fact.Before)))
                    : News(fact.AgreementId, fact.Title, fact.What is "book" ? Book : TellOfTalk, To.Everybody,
                        Of(fact.AgreementId), ("beforeOn", Day(fact.Before))) with { MustAct = true, Roles = [Roles.Officer] },
            ],
        })
        .When<JointTalkNoted>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Finishes =
            [
                new Finish(Book, Of(fact.AgreementId)) { Remembered = false },
                new Finish(TellOfTalk, Of(fact.AgreementId)) { Remembered = false },
            ],
            Lines =
            [
                News(fact.AgreementId, fact.Title, $"joint-talk-{fact.What}", To.EverybodyBut(fact.OrganisationId),
                    $"{Of(fact.AgreementId)}:{fact.Sequence}", ("heldOn", Day(fact.On))),
            ],
            Deadlines = fact.What is "booked" ? [DeadlineRules.Talk(fact.AgreementId, fact.Title, fact.On)] : [],
        });

    private static Line News(Guid agreement, string title, string kind, To to, string matter,
        params ReadOnlySpan<(string Name, string Value)> words) =>
        new(kind, to, matter, new Subject("agreement", agreement), $"/avtal/{agreement}/liv")
        {
            Arguments = Words([("title", title), .. words]),
        };

    private static string Of(Guid agreement) => $"agreement:{agreement}";
}
