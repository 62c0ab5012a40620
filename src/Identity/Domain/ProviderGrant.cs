namespace Iop.Identity.Domain;

/// <summary>What of a provider's word is looked at.</summary>
public enum GrantSource
{
    /// <summary>The claim <c>groups</c>.</summary>
    Group,

    /// <summary>The claim <c>roles</c>: an app role.</summary>
    AppRole,
}

/// <summary>Who has this group or app role at the provider has these roles in the organisation, or in one unit of it. Given by
/// the organisation itself, which so trusts the provider.</summary>
public sealed class ProviderGrant
{
    public required Guid GrantId { get; init; }

    public required ProviderId ProviderId { get; init; }

    public required GrantSource Source { get; init; }

    public required string Value { get; init; }

    public required OrganisationRef OrganisationId { get; init; }

    public required UnitRef? UnitId { get; init; }

    public required List<string> Roles { get; init; }

    /// <summary>What follows from a person's groups and app roles: all roles of each organisation and unit together.</summary>
    public static IReadOnlyList<(OrganisationRef Organisation, UnitRef? Unit, IReadOnlyList<string> Roles)> Applied(
        IEnumerable<ProviderGrant> grants, IReadOnlyCollection<string> groups, IReadOnlyCollection<string> appRoles) =>
    [
        .. grants
            .Where(grant => (grant.Source is GrantSource.Group ? groups : appRoles).Contains(grant.Value, StringComparer.Ordinal))
            .GroupBy(grant => (grant.OrganisationId, grant.UnitId))
            .Select(place => (place.Key.OrganisationId, place.Key.UnitId, (IReadOnlyList<string>)
                [.. place.SelectMany(grant => grant.Roles).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)])),
    ];
}
