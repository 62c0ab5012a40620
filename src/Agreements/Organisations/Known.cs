using Iop.Agreements.Domain;
using Iop.Kernel;

namespace Iop.Agreements.Organisations;

/// <summary>What we have heard of an organisation. Registry owns it.</summary>
public sealed class KnownOrganisation
{
    public required OrganisationRef OrganisationId { get; init; }

    public required string Number { get; set; }

    public required string Name { get; set; }

    public required OrganisationKind Kind { get; set; }
}

public sealed class KnownUnit
{
    public required UnitRef UnitId { get; init; }

    public required OrganisationRef OrganisationId { get; init; }

    public required string Name { get; set; }
}

/// <summary>What a person is called. Identity owns it.</summary>
public sealed class KnownPerson
{
    public required PersonRef PersonId { get; init; }

    public required string Name { get; set; }
}
