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
        // Days first: the first and the last there are have times of day that are no instants.
        var today = SwedishTime.DateIn(now);
        if (On < today) return MeetingRefusals.InThePast;
        if (On > today.AddYears(YearsAheadMax)) return MeetingRefusals.TooFarAhead(YearsAheadMax);
        // The hour that clocks skip in spring: the same instant has two names.
        if (IsSkipped) return MeetingRefusals.NoSuchTime;
        return Instant <= now ? MeetingRefusals.InThePast : null;
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
