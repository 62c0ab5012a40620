using Iop.Kernel;

namespace Iop.Identity.Domain;

public readonly record struct MembershipId(Guid Value);

public readonly record struct OrganisationRef(Guid Value)
{
    /// <summary>The operating organisation (driftorganisationen): there from the start, runs the platform, party to
    /// nothing.</summary>
    public static OrganisationRef Operating { get; } = new(new Guid("00000000-0000-7000-8000-000000000001"));
}

public readonly record struct UnitRef(Guid Value);

/// <summary>A person's roles in an organisation, or in one unit of it: own ones, and those of whom the person stands in for.
/// Without roles it has ended.</summary>
public sealed class Membership
{
    /// <summary>What follows a provider ends when the person has not signed in by it for so long: whoever is shut out there never
    /// comes back to be told so here.</summary>
    public static readonly TimeSpan FollowsUnheardFor = TimeSpan.FromDays(90);

    private Membership()
    {
    }

    public MembershipId MembershipId { get; private init; }

    public PersonId PersonId { get; private init; }

    public OrganisationRef OrganisationId { get; private init; }

    public UnitRef? UnitId { get; private init; }

    /// <summary>All that the person may do here now.</summary>
    public List<string> Roles { get; private set; } = [];

    /// <summary>What an admin has given.</summary>
    public List<string> OwnRoles { get; private set; } = [];

    /// <summary>What comes from standing in for others, today.</summary>
    public List<string> LentRoles { get; private set; } = [];

    public DateTimeOffset GivenAt { get; private init; }

    /// <summary>The provider whose word it follows; null when it was given by hand.</summary>
    public ProviderId? ProviderId { get; private set; }

    /// <summary>When that provider last spoke of the person here: at her sign-in by it.</summary>
    public DateTimeOffset? HeardAt { get; private set; }

    /// <summary>The day the person last signed in, or turned, to act here; no finer.</summary>
    public DateOnly? SignedInOn { get; private set; }

    public long Version { get; private set; }

    public static Membership Give(
        MembershipId id, PersonId person, OrganisationRef organisation, UnitRef? unit, IEnumerable<string> roles,
        DateTimeOffset now) => new()
        {
            MembershipId = id, PersonId = person, OrganisationId = organisation, UnitId = unit, OwnRoles = Sorted(roles),
            Roles = Sorted(roles), GivenAt = now, Version = 1,
        };

    /// <summary>Other roles of the person's own from now on; none at all ends the membership.</summary>
    /// <param name="roles">All the roles from now on.</param>
    /// <param name="lastOf">A role of which this is the organisation's last holder; it must stay.</param>
    public Refusal? Change(IEnumerable<string> roles, string? lastOf)
    {
        var wanted = Sorted(roles);
        if (lastOf is not null && !wanted.Contains(lastOf, StringComparer.Ordinal)) return MembershipRefusals.LastOf(lastOf);
        if (wanted.SequenceEqual(OwnRoles, StringComparer.Ordinal)) return MembershipRefusals.Unchanged;
        Takes(wanted);
        (ProviderId, HeardAt) = (null, null); // what is done by hand stays so
        Version++;
        return null;
    }

    public static Membership GiveBy(
        ProviderId provider, MembershipId id, PersonId person, OrganisationRef organisation, UnitRef? unit,
        IEnumerable<string> roles, DateTimeOffset now)
    {
        var given = Give(id, person, organisation, unit, roles, now);
        (given.ProviderId, given.HeardAt) = (provider, now);
        return given;
    }

    /// <summary>When what follows a provider ends by itself, if the provider does not speak of the person before; null when
    /// nothing follows.</summary>
    public DateTimeOffset? EndsUnheardAt => OwnRoles.Count > 0 ? HeardAt + FollowsUnheardFor : null;

    /// <summary>What was done by hand follows a provider again (följ igen). The roles stay until the next sign-in by it, and
    /// count from now on only for whoever comes in by it.</summary>
    /// <param name="provider">One by which the person comes in, and that gives roles here.</param>
    /// <param name="lastOf">A role of which this is the organisation's last holder: a provider could take it away.</param>
    /// <param name="now">From when on it is waited for.</param>
    public Refusal? FollowAgain(ProviderId provider, string? lastOf, DateTimeOffset now)
    {
        if (ProviderId == provider) return MembershipRefusals.Unchanged;
        if (lastOf is not null) return MembershipRefusals.LastOf(lastOf);
        (ProviderId, HeardAt) = (provider, now);
        Version++;
        return null;
    }

    /// <summary>The provider says what it says now; nothing ends it.</summary>
    /// <returns>Whether that is something else than before.</returns>
    public bool Follow(IEnumerable<string> roles)
    {
        var said = Sorted(roles);
        if (said.SequenceEqual(OwnRoles, StringComparer.Ordinal)) return false;
        Takes(said);
        Version++;
        return true;
    }

    /// <summary>What others lend from now on, all of it. True when that is something else than before.</summary>
    public bool Borrow(IEnumerable<string> roles)
    {
        var lent = Sorted(roles);
        if (lent.SequenceEqual(LentRoles, StringComparer.Ordinal)) return false;
        LentRoles = lent;
        Takes(OwnRoles);
        Version++;
        return true;
    }

    /// <summary>The person is called something else, or is reached elsewhere: it is told anew.</summary>
    public void Retold() => Version++;

    /// <summary>What the giver may give: an admin everything but the operator's role in the own organisation; the operator in
    /// the operating organisation, and elsewhere only the first admin, who then gives the rest.</summary>
    public static Refusal? MayBeGiven(
        IReadOnlyCollection<string> roles, OrganisationRef to, OrganisationRef giver, bool giverIsOperator, bool hasAdmin)
    {
        var toOperating = to == OrganisationRef.Operating;
        if (roles.Contains(Kernel.Roles.Operator, StringComparer.Ordinal) && !(giverIsOperator && toOperating))
            return MembershipRefusals.OperatorIsForOperators;
        if (to == giver) return null;
        if (!giverIsOperator) return Refusal.NotFound;
        if (hasAdmin) return MembershipRefusals.OrganisationHasAdmin;
        return roles.All(role => role == Kernel.Roles.Admin)
            ? null
            : MembershipRefusals.FirstIsAdmin;
    }

    private void Takes(List<string> own) => (OwnRoles, Roles) = (own, Sorted(own.Concat(LentRoles)));

    private static List<string> Sorted(IEnumerable<string> roles) =>
        [.. roles.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
