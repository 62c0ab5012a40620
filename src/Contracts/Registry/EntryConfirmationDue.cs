using MassTransit;

namespace Iop.Contracts.Registry;

/// <summary>A year has gone since anybody said that an entry of the register is right.</summary>
/// <remarks>Told by Registry. Heard by Notifications, which asks those who answer for the entry.</remarks>
[MessageUrn("iop:registry:entry-confirmation-due:v1"), EntityName("iop.registry.entry-confirmation-due.v1")]
public sealed record EntryConfirmationDue
{
    public required Guid EntryId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    public required string Title { get; init; }

    public required DateOnly LastConfirmedOn { get; init; }

    /// <summary>Who is asked: who wrote the entry, else its registered parties.</summary>
    public required IReadOnlyList<Guid> Organisations { get; init; }
}
