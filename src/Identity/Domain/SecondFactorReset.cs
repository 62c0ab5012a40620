using Iop.Kernel;

namespace Iop.Identity.Domain;

/// <summary>A lost second factor on its way to be replaced, or a first password on its way to whoever has none: one administrator
/// asks, another confirms, and neither is the person.</summary>
public sealed class SecondFactorReset
{
    /// <summary>How long it waits for the second.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromDays(7);

    private SecondFactorReset()
    {
    }

    public Guid ResetId { get; private init; }

    public PersonId PersonId { get; private init; }

    public OrganisationRef OrganisationId { get; private init; }

    public string Reason { get; private init; } = "";

    public Guid AskedBy { get; private init; }

    public DateTimeOffset AskedAt { get; private init; }

    public Guid? ConfirmedBy { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    public long Version { get; private set; }

    public static SecondFactorReset Ask(
        Guid id, PersonId person, OrganisationRef organisation, string reason, Guid by, DateTimeOffset now) => new()
        {
            ResetId = id, PersonId = person, OrganisationId = organisation, Reason = reason.Trim(), AskedBy = by, AskedAt = now,
            Version = 1,
        };

    public static Refusal? MayAsk(PersonId person, Guid by) => by == person.Value ? ResetRefusals.NotOnesOwn : null;

    public DateTimeOffset WaitsUntil => AskedAt + Waits;

    public bool IsOpen(DateTimeOffset now) => ConfirmedAt is null && now < WaitsUntil;

    public Refusal? Confirm(Guid by, DateTimeOffset now)
    {
        if (!IsOpen(now)) return ResetRefusals.NotOpen;
        if (by == PersonId.Value) return ResetRefusals.NotOnesOwn;
        if (by == AskedBy) return ResetRefusals.FourEyes;
        (ConfirmedBy, ConfirmedAt) = (by, now);
        Version++;
        return null;
    }
}

internal static class ResetRefusals
{
    public static Refusal NotOnesOwn { get; } = new("reset.not-ones-own");

    public static Refusal FourEyes { get; } = new("reset.four-eyes");

    public static Refusal OtherOrganisation { get; } = new("reset.other-organisation");

    public static Refusal NotOpen { get; } = new("reset.not-open");
}
