namespace Iop.Notifications.Tests;

/// <summary>The rules by which a day makes a line. The edges of each are rows of ReminderDayTests.</summary>
public enum ClockRule
{
    /// <summary>It says what has just happened.</summary>
    None,

    /// <summary>180, 90 and 30 days before the last date of notice.</summary>
    NoticeDate,

    /// <summary>The same before the last day, where no last date of notice lies ahead.</summary>
    End,

    /// <summary>A week before a talk.</summary>
    TalkSoon,

    /// <summary>The day after a talk.</summary>
    TalkWasHeld,

    /// <summary>A day on which an agreement takes over, renews itself, goes on without a party, or has ended.</summary>
    Turn,

    /// <summary>A week before an indicator's report is due, and the day after.</summary>
    Report,

    /// <summary>The day after a measuring period, and a month later.</summary>
    Measurement,

    /// <summary>30 days before the last plan ends.</summary>
    PlanTurn,

    /// <summary>On the first of February, of the year before.</summary>
    YearGone,

    /// <summary>A week before a guest's last day.</summary>
    GuestEnds,

    /// <summary>A year after an entry was confirmed.</summary>
    EntryUnconfirmed,

    /// <summary>The day before a meeting.</summary>
    Meeting,

    /// <summary>The day before something is to be done after a meeting.</summary>
    MeetingAction,
}
