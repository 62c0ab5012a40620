namespace Iop.Identity.Domain;

/// <summary>What rests on one person: roles without which nothing is attested, signed or given, and that nobody else who has come
/// in holds there. If that person is away, work stops.</summary>
public static class Burden
{
    /// <summary>Several of these on one person and nobody else is too much.</summary>
    private const int TooMany = 2;

    /// <summary>The roles that are looked at.</summary>
    public static IReadOnlyList<string> Critical { get; } =
        [Kernel.Roles.Admin, Kernel.Roles.Controller, Kernel.Roles.Signatory];

    /// <summary>One who is alone in a role: in the whole organisation, or, as a controller, in a unit.</summary>
    public readonly record struct Alone(PersonId Person, string Role, UnitRef? Unit);

    /// <summary>Who is to be warned of, with which roles and where: several critical roles in the organisation; the only
    /// signature, as long as there is somebody who could be given it too; and the only controller of a unit.</summary>
    /// <param name="alone">All who are alone in a critical role.</param>
    /// <param name="hasOthers">Whether somebody else has come in for the organisation.</param>
    public static IReadOnlyList<(PersonId Person, UnitRef? Unit, IReadOnlyList<string> Roles)> Of(
        IReadOnlyCollection<Alone> alone, bool hasOthers)
    {
        var inAll = alone.Where(one => one.Unit is null).GroupBy(one => one.Person)
            .Where(held => held.Count() >= TooMany || (hasOthers && held.Any(one => one.Role == Kernel.Roles.Signatory)))
            .Select(held => (held.Key, (UnitRef?)null, InOrder(held.Select(one => one.Role)))).ToList();
        // Who is named for the whole is not named again for each unit.
        var named = inAll.Where(one => one.Item3.Contains(Kernel.Roles.Controller, StringComparer.Ordinal))
            .Select(one => one.Key).ToHashSet();
        return
        [
            .. inAll,
            .. alone.Where(one => one.Unit is not null && !named.Contains(one.Person))
                .Select(one => (one.Person, one.Unit, InOrder([one.Role]))),
        ];
    }

    private static IReadOnlyList<string> InOrder(IEnumerable<string> roles) =>
        [.. roles.Order(StringComparer.Ordinal)];
}
