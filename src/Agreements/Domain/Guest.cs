using Iop.Kernel;

namespace Iop.Agreements.Domain;

/// <summary>What a guest is there for.</summary>
public enum GuestPurpose
{
    /// <summary>Gives advice (rådgivare): another body's lawyer, a facilitator.</summary>
    Adviser,

    /// <summary>Follows the work (forskare).</summary>
    Researcher,
}

/// <summary>Somebody from outside who reads one partnership for a limited time (gäst). Invited by name; who it is settles when
/// the
/// invitation is accepted.</summary>
public sealed class Guest
{
    public const int NameMax = 100;
    public const int ReasonMax = 500;
    public const int DaysMax = 366;

    private Guest()
    {
    }

    public Guid GuestId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    /// <summary>The organisation that invited.</summary>
    public OrganisationRef Inviter { get; private init; }

    public string Name { get; private init; } = "";

    public GuestPurpose Purpose { get; private init; }

    /// <summary>Why the parties let somebody in.</summary>
    public string Reason { get; private init; } = "";

    public DateOnly FromOn { get; private init; }

    /// <summary>The last day.</summary>
    public DateOnly ToOn { get; private init; }

    public byte[] InvitationHash { get; private init; } = [];

    public DateTimeOffset InvitationExpiresAt { get; private init; }

    public Guid? OrganisationId { get; private init; }

    public Guid? PersonId { get; private init; }

    public DateTimeOffset? AcceptedAt { get; private init; }

    public DateTimeOffset? EndedAt { get; private set; }

    public long Version { get; private set; }

    public static Guest Invite(
        Guid id, PartnershipId partnership, OrganisationRef inviter, string name, GuestPurpose purpose, string reason,
        (DateOnly From, DateOnly To) days, (byte[] Hash, DateTimeOffset ExpiresAt) invitation) => new()
        {
            GuestId = id, PartnershipId = partnership, Inviter = inviter, Name = name.Trim(), Purpose = purpose,
            Reason = reason.Trim(), FromOn = days.From, ToOn = days.To, InvitationHash = invitation.Hash,
            InvitationExpiresAt = invitation.ExpiresAt, Version = 1,
        };

    /// <summary>The parties need not say why: a guest is there by their leave.</summary>
    public Refusal? End(DateOnly today, DateTimeOffset now)
    {
        if (EndedAt is not null || ToOn < today) return GuestRefusals.AlreadyOver;
        EndedAt = now;
        Version++;
        return null;
    }

    /// <summary>invited, coming, here, over or ended (before its last day).</summary>
    public string StateOn(DateOnly today) => this switch
    {
        { EndedAt: not null } => "ended",
        _ when ToOn < today => "over",
        { AcceptedAt: null } => "invited",
        _ => today < FromOn ? "coming" : "here",
    };
}

internal static class GuestRefusals
{
    public static Refusal AlreadyOver { get; } = new("guest.already-over");

    public static Refusal PeriodIsOver { get; } = new("guest.period-is-over");
}
