using MassTransit;

namespace Iop.Contracts.Identity;

/// <summary>Somebody has asked for a new second factor, or a first password, for another person; it waits for a second one to
/// confirm it.</summary>
/// <remarks>Told by Identity. Heard by Notifications.</remarks>
[MessageUrn("iop:identity:second-factor-reset-asked:v1"), EntityName("iop.identity.second-factor-reset-asked.v1")]
public sealed record SecondFactorResetAsked
{
    public required Guid ResetId { get; init; }

    /// <summary>The aggregate's version: a listener ignores what is older than it knows.</summary>
    public required long Sequence { get; init; }

    /// <summary>Whom it is for; she is not asked.</summary>
    public required Guid AboutPersonId { get; init; }

    public required string Name { get; init; }

    /// <summary>Who asked, and so cannot confirm.</summary>
    public required Guid AskedByPersonId { get; init; }

    /// <summary>The last day on which it can be confirmed.</summary>
    public required DateOnly LastOn { get; init; }

    /// <summary>Those who may confirm it.</summary>
    public required IReadOnlyList<SecondFactorResetConfirmer> MayConfirm { get; init; }
}

/// <summary>One who may confirm, acting for that organisation.</summary>
public sealed record SecondFactorResetConfirmer
{
    public required Guid PersonId { get; init; }

    public required Guid OrganisationId { get; init; }
}
