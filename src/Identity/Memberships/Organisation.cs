using Iop.Identity.Domain;

namespace Iop.Identity.Memberships;

/// <summary>What Registry says of an organisation, as far as people who choose one need to know.</summary>
internal sealed class Organisation
{
    public required OrganisationRef OrganisationId { get; init; }

    public required string Name { get; set; }

    public required string Kind { get; set; }
}

/// <summary>An acting part of an organisation.</summary>
internal sealed class Unit
{
    public required UnitRef UnitId { get; init; }

    public required OrganisationRef OrganisationId { get; init; }

    public required string Name { get; set; }
}
