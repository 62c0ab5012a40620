namespace Iop.Notifications.Mailing;

/// <summary>A mail on its way to a person: about one line of the inbox, or about what a day brought.</summary>
internal sealed class Mail
{
    public const string Sent = "sent";

    /// <summary>What it was about was done, or put away, before it left.</summary>
    public const string Unneeded = "unneeded";

    /// <summary>The mail server says that it will never take it.</summary>
    public const string Refused = "refused";

    /// <summary>No server took it in all the time it was tried.</summary>
    public const string GivenUp = "given-up";

    /// <summary>Handed over whole twice, with the same Message-ID, and neither time did the server say whether it took
    /// it.</summary>
    public const string Unanswered = "unanswered";

    public required Guid MailId { get; init; }

    public required Guid PersonId { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>The line it is about; null for a day's gathered news.</summary>
    public Guid? LineId { get; init; }

    /// <summary>The link of a person's account that it brings.</summary>
    public Guid? LinkId { get; init; }

    /// <summary>The morning whose mail it is, with what came after <see cref="Since"/> and no later than
    /// <see cref="Until"/>.</summary>
    public DateOnly? Day { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is tried next.</summary>
    public required DateTimeOffset DueAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>When somebody last had it tried again: the days for which it is tried count from then.</summary>
    public DateTimeOffset? AgainAt { get; set; }

    /// <summary>While it is being handed over, until when the server may answer.</summary>
    public DateTimeOffset? HeldUntil { get; set; }

    /// <summary>How often it was handed over without an answer.</summary>
    public int PerhapsTaken { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? Outcome { get; set; }

    /// <summary>What the server answered last, without addresses: its code, and its words where they are not about the
    /// receiver.</summary>
    public string? Trouble { get; set; }
}

/// <summary>How a person wants mail about an organisation's matters.</summary>
internal sealed class MailChoice
{
    /// <summary>Each task at once, news once a day: so for whoever has not chosen.</summary>
    public const string AtOnce = "at-once";

    /// <summary>Tasks and news together, once a day.</summary>
    public const string Daily = "daily";

    /// <summary>The inbox only.</summary>
    public const string Never = "never";

    public static IReadOnlyList<string> All { get; } = [AtOnce, Daily, Never];

    public required Guid PersonId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string How { get; set; }

    public required DateTimeOffset ChosenAt { get; set; }
}
