using Iop.Identity.Domain;

namespace Iop.Identity.Systems;

/// <summary>An organisation's own system, with the public half of its key.</summary>
internal sealed class SystemClient
{
    public required Guid SystemId { get; init; }

    public required string Name { get; set; }

    public required OrganisationRef OrganisationId { get; init; }

    public UnitRef? UnitId { get; init; }

    public required List<string> Roles { get; set; }

    public required string PublicJwk { get; init; }

    public required long Version { get; set; }
}
