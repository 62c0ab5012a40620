using MassTransit;

namespace Iop.Contracts.Identity;

/// <summary>A new second factor, or a first password, waits for nobody any more.</summary>
/// <remarks>Told by Identity. Heard by Notifications.</remarks>
[MessageUrn("iop:identity:second-factor-reset-settled:v1"), EntityName("iop.identity.second-factor-reset-settled.v1")]
public sealed record SecondFactorResetSettled
{
    public required Guid ResetId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    /// <summary>confirmed or expired.</summary>
    public required string How { get; init; }
}
