namespace Iop.Agreements.Domain.Life;

/// <summary>How long before the last date of notice the parties are reminded.</summary>
public static class NoticeReminders
{
    /// <summary>Days before, longest first.</summary>
    public static IReadOnlyList<int> Before { get; } = [180, 90, 30];

    /// <summary>From here on a talk that nobody has booked is asked for.</summary>
    public const int TalkIsDueWithin = 90;

    /// <summary>The reminder that is due on a day: the shortest whose time has come; null before the first and after the
    /// date.</summary>
    public static int? Due(DateOnly lastDate, DateOnly today)
    {
        var left = lastDate.DayNumber - today.DayNumber;
        if (left < 0) return null;
        var due = Before.Where(days => left <= days).ToList();
        return due.Count == 0 ? null : due.Min();
    }
}
