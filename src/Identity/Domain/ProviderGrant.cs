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

    /// <summary>The same when the provider has left the groups out: nobody has said that they are gone, so what a group can have
    /// given stays with whoever has it; the app roles say the rest.</summary>
    /// <param name="grants">All of the provider.</param>
    /// <param name="appRoles">Those of the person there.</param>
    /// <param name="following">The person's memberships that follow the provider.</param>
    public static IReadOnlyList<(OrganisationRef Organisation, UnitRef? Unit, IReadOnlyList<string> Roles)> AppliedWithoutGroups(
        IReadOnlyCollection<ProviderGrant> grants, IReadOnlyCollection<string> appRoles, IEnumerable<Membership> following)
    {
        var kept =
            from held in following
            let byGroup = grants.Where(grant => grant.Source is GrantSource.Group
                && grant.OrganisationId == held.OrganisationId && grant.UnitId == held.UnitId).SelectMany(grant => grant.Roles)
            select (Organisation: held.OrganisationId, Unit: held.UnitId,
                Roles: (IReadOnlyList<string>)[.. held.OwnRoles.Intersect(byGroup, StringComparer.Ordinal)]);
        return
        [
            .. Applied(grants, [], appRoles).Concat(kept).Where(place => place.Roles.Count > 0)
                .GroupBy(place => (place.Organisation, place.Unit))
                .Select(place => (place.Key.Organisation, place.Key.Unit, (IReadOnlyList<string>)
                    [.. place.SelectMany(one => one.Roles).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)])),
        ];
    }
}
