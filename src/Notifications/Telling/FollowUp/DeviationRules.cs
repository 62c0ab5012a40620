using Iop.Contracts.FollowUp;
using Iop.Kernel;
using Iop.Notifications.Domain;
using static Iop.Notifications.Telling.Rules;

namespace Iop.Notifications.Telling.FollowUp;

/// <summary>Who hears what of deviations: the other parties' officers, once of each thing that happens to one.</summary>
internal static class DeviationRules
{
    public static void AddTo(Rules rules) => rules
        .When<DeviationRaised>(fact => fact.Sequence, fact =>
            Told("deviation-raised", fact.DeviationId, fact.PartnershipId, fact.OrganisationId, fact.Title))
        .When<DeviationDecided>(fact => fact.Sequence, fact =>
            Told($"deviation-decided-{fact.Decision}", fact.DeviationId, fact.PartnershipId, fact.OrganisationId, fact.Title))
        .When<DeviationWithdrawn>(fact => fact.Sequence, fact =>
            Told("deviation-withdrawn", fact.DeviationId, fact.PartnershipId, fact.OrganisationId, fact.Title));

    private static Tidings Told(string kind, Guid deviation, Guid partnership, Guid by, string title) => new()
    {
        Circle = new Circle(partnership),
        Lines =
        [
            new Line(kind, To.EverybodyBut(by), $"deviation:{deviation}", new Subject("deviation", deviation),
                $"/samverkan/{partnership}/uppfoljning/avvikelser/{deviation}")
            {
                Roles = [Roles.Officer],
                Arguments = Words(("title", title), ("organisation", by.ToString())),
            },
        ],
    };
}
