using Iop.Identity.Domain;

namespace Iop.Identity.StandingIn;

/// <summary>Who stands in for whom, and when.</summary>
/// <param name="State">coming, now, over or ended (before its last day).</param>
public sealed record StandInView(
    Guid Id, Guid MembershipId, Guid PersonId, string Name, DateOnly FromOn, DateOnly ToOn, string State, long Version)
{
    internal static StandInView Of(StandIn standIn, Person person, DateOnly today) => new(
        standIn.StandInId.Value, standIn.MembershipId.Value, person.PersonId.Value, person.Name, standIn.FromOn, standIn.ToOn,
        standIn.EndedAt is not null ? "ended" : today < standIn.FromOn ? "coming" : today <= standIn.ToOn ? "now" : "over",
        standIn.Version);
}
