using Iop.Kernel;

namespace Iop.Identity.Domain;

public readonly record struct StandInId(Guid Value);

/// <summary>A person does what another may do in an organisation or unit, for some days (ersättare): on leave, ill, or between
/// two who hold the post.</summary>
public sealed class StandIn
{
    private StandIn()
    {
    }

    public StandInId StandInId { get; private init; }

    /// <summary>Whose roles are lent.</summary>
    public MembershipId MembershipId { get; private init; }

    public OrganisationRef OrganisationId { get; private init; }

    /// <summary>Who stands in.</summary>
    public PersonId PersonId { get; private init; }

    public DateOnly FromOn { get; private init; }

    /// <summary>The last day.</summary>
    public DateOnly ToOn { get; private init; }

    public Guid AppointedBy { get; private init; }

    public DateTimeOffset AppointedAt { get; private init; }

    public DateTimeOffset? EndedAt { get; private set; }

    public long Version { get; private set; }

    public static StandIn Appoint(
        StandInId id, Membership of, PersonId person, DateOnly fromOn, DateOnly toOn, Guid by, DateTimeOffset now) => new()
        {
            StandInId = id, MembershipId = of.MembershipId, OrganisationId = of.OrganisationId, PersonId = person,
            FromOn = fromOn,
            ToOn = toOn, AppointedBy = by, AppointedAt = now, Version = 1,
        };

    /// <summary>Null when the person may stand in for the other until that day.</summary>
    /// <param name="of">Whose roles are lent.</param>
    /// <param name="person">Who is to stand in.</param>
    /// <param name="isColleague">Belongs to the organisation with roles of the own.</param>
    /// <param name="toOn">The last day.</param>
    /// <param name="today">The day of asking.</param>
    public static Refusal? MayBeAppointed(Membership of, PersonId person, bool isColleague, DateOnly toOn, DateOnly today)
    {
        if (of.PersonId == person) return StandInRefusals.NotForOneself;
        // What is itself lent is not lent on, and the operator's role never.
        if (!of.OwnRoles.Exists(MayLend)) return StandInRefusals.NothingToLend;
        if (!isColleague) return StandInRefusals.NotAColleague;
        return toOn < today ? StandInRefusals.PeriodIsOver : null;
    }

    /// <summary>The operator's role is given by an operator, to each by name, and never lent.</summary>
    public static bool MayLend(string role) => role != Roles.Operator;

    public bool HoldsOn(DateOnly day) => EndedAt is null && FromOn <= day && day <= ToOn;

    public Refusal? End(DateOnly today, DateTimeOffset now)
    {
        if (EndedAt is not null || ToOn < today) return StandInRefusals.AlreadyOver;
        EndedAt = now;
        Version++;
        return null;
    }
}
