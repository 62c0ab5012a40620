using MassTransit;

namespace Iop.Contracts.Registry;

/// <summary>Nobody needs to say any more that an entry of the register is right.</summary>
/// <remarks>Told by Registry, when it had asked. Heard by Notifications.</remarks>
[MessageUrn("iop:registry:entry-confirmation-settled:v1"), EntityName("iop.registry.entry-confirmation-settled.v1")]
public sealed record EntryConfirmationSettled
{
    public required Guid EntryId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    /// <summary>confirmed, rewritten, ended or merged.</summary>
    public required string How { get; init; }
}
