using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Notifications.Domain;
using static Iop.Notifications.Telling.Rules;

namespace Iop.Notifications.Telling;

/// <summary>Who hears what of the talk around the agreements: that a dialogue ended or goes on, comments, and that a
/// guest's time ends.</summary>
internal static class WorkspaceRules
{
    public const string GuestEnds = "guest-time-ends";

    public static void AddTo(Rules rules) => rules
        .When<DialogueEnded>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId, fact.PartnershipTitle),
            Lines = [News(fact.PartnershipId, $"dialogue-{fact.Outcome}", fact.PartnershipTitle, fact.OrganisationId,
                fact.Reason)],
        })
        .When<DialogueReopened>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId, fact.PartnershipTitle),
            Lines = [News(fact.PartnershipId, "dialogue-reopened", fact.PartnershipTitle, fact.OrganisationId, fact.Reason)],
        })
        .When<SectionCommented>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId),
            Lines =
            [
                new Line($"section-{fact.Act}", To.Each(fact.Hearers.Select(one => new Recipient(one, null, one))),
                    $"thread:{fact.ThreadId}", new Subject("agreement", fact.AgreementId),
                    $"/avtal/{fact.AgreementId}/kommentarer#t-{fact.ThreadId}")
                {
                    Roles = [Roles.Officer, Roles.Legal, Roles.Signatory],
                    Arguments = Words(("title", fact.Title), ("organisation", fact.OrganisationId.ToString())),
                },
            ],
        })
        .When<GuestTimeEnds>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.PartnershipId, fact.PartnershipTitle),
            Finishes = fact.Stage is "soon" ? [] : [new Finish(GuestEnds, Guest(fact.GuestId))],
            Lines = fact.Stage is not "soon" ? [] :
            [
                new Line(GuestEnds, To.Each([Inviter(fact)]),
                    Guest(fact.GuestId), new Subject("partnership", fact.PartnershipId),
                    $"/samverkan/{fact.PartnershipId}/gaster")
                {
                    MustAct = true,
                    Roles = [Roles.Officer],
                    Arguments = Words(("title", fact.PartnershipTitle), ("endsOn", Day(fact.ToOn))),
                },
            ],
        });

    private static Recipient Inviter(GuestTimeEnds fact) =>
        new(fact.InviterOrganisationId, fact.InviterUnitId, fact.InviterOrganisationId) { Person = fact.InviterPersonId };

    private static string Guest(Guid id) => $"guest:{id}";

    private static Line News(Guid partnership, string kind, string title, Guid by, string reason) =>
        new(kind, To.EverybodyBut(by), $"partnership:{partnership}", new Subject("partnership", partnership),
            $"/samverkan/{partnership}/dialog")
        {
            Arguments = Words(("title", title), ("organisation", by.ToString()), ("reason", reason)),
        };
}
