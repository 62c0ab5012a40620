using Iop.Kernel;

namespace Iop.Agreements.Domain;

/// <summary>What a guest is there for.</summary>
public enum GuestPurpose
{
    /// <summary>Gives advice (rådgivare): another body's lawyer, a facilitator.</summary>
    Adviser,

    /// <summary>Follows the work (forskare).</summary>
    Researcher,

    /// <summary>Judges the whole (utvärderare).</summary>
    Evaluator,

    /// <summary>Tries what is lawful (jurist): a party's own from outside.</summary>
    Lawyer,
}

/// <summary>Who invites.</summary>
public sealed record GuestInviter(OrganisationRef Organisation, UnitRef? Unit, PersonRef Person);

/// <summary>Who is invited, why, for which days, and to read what beside the agreement and its life.</summary>
/// <param name="FollowUp">Plans, indicators and measurements.</param>
/// <param name="Payments">Signed outcome contracts with what is owed and booked.</param>
public sealed record GuestInvitation(
    string Name, GuestPurpose Purpose, string Reason, DateOnly FromOn, DateOnly ToOn, bool FollowUp, bool Payments);

/// <summary>Somebody from outside who reads one partnership for a limited time (gäst). Invited by name; who it is settles when
/// the invitation is accepted.</summary>
public sealed class Guest
{
    public const int NameMax = 100;
    public const int ReasonMax = 500;
    public const int DaysMax = 366;

    /// <summary>How long before the last day the inviter is told that it comes.</summary>
    public const int ReminderDays = 7;

    /// <summary>Nothing is awaited any more of the last day that the inviter was told of.</summary>
    public const string Settled = "settled";

    private Guest()
    {
    }

    public Guid GuestId { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    /// <summary>The organisation that invited.</summary>
    public OrganisationRef Inviter { get; private init; }

    /// <summary>The unit that did it, if it was not the whole organisation.</summary>
    public UnitRef? InviterUnit { get; private init; }

    /// <summary>Null for who was invited before it was kept.</summary>
    public PersonRef? InvitedBy { get; private init; }

    public string Name { get; private init; } = "";

    public GuestPurpose Purpose { get; private init; }

    /// <summary>Why the parties let somebody in.</summary>
    public string Reason { get; private init; } = "";

    public DateOnly FromOn { get; private init; }

    /// <summary>The last day.</summary>
    public DateOnly ToOn { get; private set; }

    /// <summary>Reads plans, indicators and measurements.</summary>
    public bool FollowUp { get; private set; }

    /// <summary>Reads the outcome contracts that the inviter is in, and what is paid by them.</summary>
    public bool Payments { get; private set; }

    public byte[] InvitationHash { get; private set; } = [];

    public DateTimeOffset InvitationExpiresAt { get; private set; }

    public Guid? OrganisationId { get; private init; }

    public Guid? PersonId { get; private init; }

    public DateTimeOffset? AcceptedAt { get; private init; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The next day on which the inviter is to hear of the last day: a week before it, and once that was told the day
    /// after it.</summary>
    public DateOnly? RemindOn { get; private set; }

    public long Version { get; private set; }

    public static Guest Invite(
        Guid id, PartnershipId partnership, GuestInviter by, GuestInvitation what, byte[] hash, DateTimeOffset expiresAt,
        DateOnly today) => new()
    {
        GuestId = id, PartnershipId = partnership, Inviter = by.Organisation, InviterUnit = by.Unit, InvitedBy = by.Person,
        Name = what.Name.Trim(), Purpose = what.Purpose, Reason = what.Reason.Trim(), FromOn = what.FromOn, ToOn = what.ToOn,
        FollowUp = what.FollowUp, Payments = what.Payments, InvitationHash = hash, InvitationExpiresAt = expiresAt, Version = 1,
        RemindOn = ReminderOn(what.FromOn, what.ToOn, today),
    };

    /// <summary>The day on which a last day, set today, is told of; none where it lies so near that whoever set it has it in
    /// mind.</summary>
    public static DateOnly? ReminderOn(DateOnly fromOn, DateOnly toOn, DateOnly today) =>
        toOn.AddDays(-ReminderDays) is var day && day > fromOn && day > today ? day : null;

    /// <summary>The inviter has heard that the last day comes, and awaits what becomes of it.</summary>
    public bool IsToldOf => RemindOn > ToOn;

    /// <summary>What the inviter is to hear today: soon, settled when the day has passed, or nothing. Each once for a last day
    /// that was set.</summary>
    public string? Remind(DateOnly today)
    {
        if (RemindOn is not { } day || today < day || AcceptedAt is null) return null;
        var (isOver, wasTold) = (today > ToOn, IsToldOf);
        RemindOn = isOver ? null : ToOn.AddDays(1);
        if (isOver && !wasTold) return null;
        Version++;
        return isOver ? Settled : "soon";
    }

    /// <summary>Another last day, sooner or later, and perhaps more or less to read. What is over does not begin again.</summary>
    public Refusal? Change(DateOnly toOn, bool followUp, bool payments, DateOnly today)
    {
        if (EndedAt is not null || ToOn < today) return GuestRefusals.AlreadyOver;
        if (toOn < today) return GuestRefusals.PeriodIsOver;
        (ToOn, FollowUp, Payments, RemindOn) = (toOn, followUp, payments, ReminderOn(FromOn, toOn, today));
        Version++;
        return null;
    }

    /// <summary>Follow-up and payments are read as the inviter reads them: nobody else gives them, or for longer.</summary>
    public bool IsGivenMoreBy(DateOnly toOn, bool followUp, bool payments) =>
        (followUp && !FollowUp) || (payments && !Payments) || ((followUp || payments) && toOn > ToOn);

    /// <summary>Another link in place of the one that was lost; whoever has said yes needs none.</summary>
    public Refusal? InviteAgain(byte[] hash, DateTimeOffset expiresAt, DateOnly today)
    {
        if (EndedAt is not null || ToOn < today) return GuestRefusals.AlreadyOver;
        if (AcceptedAt is not null) return GuestRefusals.AlreadyAccepted;
        (InvitationHash, InvitationExpiresAt) = (hash, expiresAt);
        Version++;
        return null;
    }

    /// <summary>The parties need not say why: a guest is there by their leave.</summary>
    public Refusal? End(DateOnly today, DateTimeOffset now)
    {
        if (EndedAt is not null || ToOn < today) return GuestRefusals.AlreadyOver;
        (EndedAt, RemindOn) = (now, null);
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

    public static Refusal AlreadyAccepted { get; } = new("guest.already-accepted");

    public static Refusal LinkIsAnothers { get; } = new("guest.link-is-anothers");

    public static Refusal InvitedByAnother { get; } = new("guest.invited-by-another");

    public static Refusal PeriodIsOver { get; } = new("guest.period-is-over");
}
