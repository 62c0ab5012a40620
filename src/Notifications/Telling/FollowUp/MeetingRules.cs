using Iop.Contracts.FollowUp;
using Iop.Kernel;
using Iop.Notifications.Calendar;
using Iop.Notifications.Domain;
using static Iop.Notifications.Telling.Rules;

namespace Iop.Notifications.Telling.FollowUp;

/// <summary>Who hears what of meetings: the parties that one is called, moved or called off, and the day before; and the party
/// that answers for it what it is to do.</summary>
internal static class MeetingRules
{
    private const string Act = "do-action";

    public static void AddTo(Rules rules) => rules
        .When<MeetingCalled>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Deadlines = [DeadlineRules.Meeting(fact.MeetingId, fact.PartnershipId, fact.Topic, fact.HeldOn, fact.StartsAt)],
            Lines =
            [
                Told($"meeting-{fact.What}", To.EverybodyBut(fact.OrganisationId), fact.MeetingId, fact.PartnershipId,
                    ("topic", fact.Topic), ("heldOn", Day(fact.HeldOn)), ("clock", fact.Clock),
                    ("organisation", fact.OrganisationId.ToString()), ("reason", fact.Reason ?? "")),
            ],
        })
        .When<MeetingCalledOff>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Deadlines = [DeadlineRules.Meeting(fact.MeetingId, fact.PartnershipId, fact.Topic, null, null)],
            Lines =
            [
                Told("meeting-called-off", To.EverybodyBut(fact.OrganisationId), fact.MeetingId, fact.PartnershipId,
                    ("topic", fact.Topic), ("heldOn", Day(fact.HeldOn)), ("clock", fact.Clock),
                    ("organisation", fact.OrganisationId.ToString()), ("reason", fact.Reason)),
            ],
        })
        .When<MeetingApproaches>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Lines =
            [
                Told("meeting-tomorrow", To.Everybody, fact.MeetingId, fact.PartnershipId,
                    ("topic", fact.Topic), ("heldOn", Day(fact.HeldOn)), ("clock", fact.Clock)),
            ],
        })
        .When<MeetingActionDue>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Finishes = fact.Stage is "done" ? [new Finish(Act, $"action:{fact.ActionId}")] : [],
            Lines = fact.Stage is not "soon" ? [] :
            [
                new Line(Act, To.Only(fact.OrganisationId), $"action:{fact.ActionId}", new Subject("meeting", fact.MeetingId),
                    Page(fact.PartnershipId, fact.MeetingId))
                {
                    MustAct = true,
                    Roles = [Roles.Officer, Roles.Reporter],
                    Arguments = Words(("what", fact.What), ("dueOn", Day(fact.DueOn))),
                },
            ],
        });

    private static Line Told(
        string kind, To to, Guid meeting, Guid partnership, params ReadOnlySpan<(string Name, string Value)> words) =>
        new(kind, to, $"meeting:{meeting}", new Subject("meeting", meeting), Page(partnership, meeting))
        {
            Roles = [Roles.Officer, Roles.Reporter, Roles.Signatory],
            Arguments = Words(words),
        };

    private static string Page(Guid partnership, Guid meeting) => $"/samverkan/{partnership}/uppfoljning/moten/{meeting}";
}
