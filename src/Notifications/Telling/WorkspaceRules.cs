using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Notifications.Domain;
using static Iop.Notifications.Telling.Rules;

namespace Iop.Notifications.Telling;

/// <summary>Who hears what of the talk around the agreements: that a dialogue ended or goes on, and comments.</summary>
internal static class WorkspaceRules
{
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
        });

    private static Line News(Guid partnership, string kind, string title, Guid by, string reason) =>
        new(kind, To.EverybodyBut(by), $"partnership:{partnership}", new Subject("partnership", partnership),
            $"/samverkan/{partnership}/dialog")
        {
            Arguments = Words(("title", title), ("organisation", by.ToString()), ("reason", reason)),
        };
}
