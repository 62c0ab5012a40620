using System.Security.Claims;
using Iop.Kernel;

namespace Iop.Platform.Identity;

/// <summary>Who asks: a person or system, acting for one organisation (and perhaps one unit of it) in certain roles.
/// Comes from the signed token, never from a request's body.</summary>
/// <param name="Person">The person's or system client's id; empty for anonymous callers.</param>
/// <param name="Organisation">The acting organisation; empty for anonymous callers.</param>
/// <param name="Unit">The acting unit, or none when acting for the whole legal person.</param>
/// <param name="Roles">Roles in that organisation or unit, from <see cref="Kernel.Roles"/>.</param>
/// <param name="IsSystem">One of the organisation's systems: nobody has signed in.</param>
public sealed record Caller(Guid Person, Guid Organisation, Guid? Unit, IReadOnlySet<string> Roles, bool IsSystem = false)
{
    public static Caller Anonymous { get; } = new(Guid.Empty, Guid.Empty, null, new HashSet<string>(StringComparer.Ordinal));

    public bool IsAnonymous => Person == Guid.Empty;

    public bool Has(string role) => Roles.Contains(role);

    /// <summary>Null when the caller has at least one of the roles; else a refusal (403) that names the first.</summary>
    public Refusal? Lacks(params ReadOnlySpan<string> anyOf)
    {
        foreach (var role in anyOf)
        {
            if (Roles.Contains(role)) return null;
        }
        return Refusal.RoleMissing(anyOf[0]);
    }

    /// <summary>Reads the claims of a validated token; anything incomplete is anonymous. A token without a session is a system's,
    /// and people's roles are not heard from it.</summary>
    public static Caller From(ClaimsPrincipal user)
    {
        if (!Guid.TryParse(user.FindFirstValue("sub"), out var person)) return Anonymous;
        if (!Guid.TryParse(user.FindFirstValue("org"), out var organisation)) return Anonymous;
        Guid? unit = Guid.TryParse(user.FindFirstValue("unit"), out var id) ? id : null;
        var isSystem = user.FindFirst("sid") is null;
        return new Caller(person, organisation, unit, user.FindAll("roles").Select(claim => claim.Value)
            .Where(role => !isSystem || !Kernel.Roles.OfPeople.Contains(role)).ToHashSet(StringComparer.Ordinal), isSystem);
    }
}
