namespace Iop.Identity.Domain;

/// <summary>What rests on one person: critical roles that nobody else in the organisation holds. If that person is away, nothing
/// is attested, signed or given.</summary>
public static class Burden
{
    /// <summary>Several of these on one person and nobody else is too much.</summary>
    private const int TooMany = 2;

    private static readonly string[] Critical = [Kernel.Roles.Admin, Kernel.Roles.Controller, Kernel.Roles.Signatory];

    /// <summary>Persons who alone hold several critical roles, and which. Standing in for somebody does not count: it
    /// ends.</summary>
    public static IReadOnlyDictionary<PersonId, IReadOnlyList<string>> Of(IReadOnlyCollection<Membership> memberships) =>
        Critical.Select(role => (Role: role, Holders: HoldersOf(role, memberships))).Where(one => one.Holders.Count == 1)
            .GroupBy(one => one.Holders[0], one => one.Role).Where(alone => alone.Count() >= TooMany)
            .ToDictionary(alone => alone.Key, alone => (IReadOnlyList<string>)[.. alone]);

    private static List<PersonId> HoldersOf(string role, IReadOnlyCollection<Membership> memberships) =>
        [.. memberships.Where(one => one.OwnRoles.Contains(role, StringComparer.Ordinal)).Select(one => one.PersonId).Distinct()];
}
