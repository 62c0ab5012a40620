using Iop.Kernel;

namespace Iop.FollowUp.Domain.Meetings;

/// <summary>A Swedish day and time of day.</summary>
internal readonly record struct MeetingTime(DateOnly On, TimeOnly At)
{
    private const int YearsAheadMax = 5;

    /// <summary>In the hour that comes twice, the second.</summary>
    public DateTimeOffset Instant => SwedishTime.At(On, At);

    /// <summary>The day before, on which those who come are reminded.</summary>
    public DateOnly ReminderOn => On.AddDays(-1);

    /// <summary>Whether a reminder still says something: from the day before until the day itself.</summary>
    public bool IsNear(DateOnly today) => today >= ReminderOn && today <= On;

    /// <summary>A meeting can be called to a time that lies ahead and that clocks show.</summary>
    public Refusal? RefusesToBeSet(DateTimeOffset now)
    {
        // The hour that clocks skip in spring: the same instant has two names.
        if (On < DateOnly.MaxValue.AddDays(-1) && IsSkipped) return MeetingRefusals.NoSuchTime;
        if (Instant <= now) return MeetingRefusals.InThePast;
        return On > SwedishTime.DateIn(now).AddYears(YearsAheadMax) ? MeetingRefusals.TooFarAhead(YearsAheadMax) : null;
    }

    private bool IsSkipped
    {
        get
        {
            var later = At.AddHours(1, out var days);
            return SwedishTime.At(On.AddDays(days), later) == Instant;
        }
    }
}
