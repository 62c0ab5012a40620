namespace Iop.Notifications.Domain;

/// <summary>A deadline as it is known now: moved and cancelled by what is told of it, in whatever order that comes.</summary>
public sealed class KeptDeadline
{
    private KeptDeadline()
    {
    }

    public Guid DeadlineId { get; private init; }

    public Guid CircleId { get; private init; }

    public Guid SubjectId { get; private init; }

    public string Kind { get; private init; } = "";

    public string Key { get; private init; } = "";

    /// <summary>None: told of as cancelled before it was told of.</summary>
    public DateOnly? FallsOn { get; private set; }

    /// <summary>When it begins on its day; none for a whole day.</summary>
    public DateTimeOffset? StartsAt { get; private set; }

    public string Title { get; private set; } = "";

    public string Path { get; private init; } = "";

    /// <summary>The sequence of the newest fact that told of it.</summary>
    public long Occasion { get; private set; }

    /// <summary>How many times it has moved, been renamed or been cancelled.</summary>
    public int Revision { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public bool IsCancelled { get; private set; }

    public static KeptDeadline Of(Guid id, Guid circle, Deadline told, long occasion, DateTimeOffset now) => new()
    {
        DeadlineId = id, CircleId = circle, SubjectId = told.Subject, Kind = told.Kind, Key = told.Key, FallsOn = told.On,
        StartsAt = told.StartsAt, Title = told.Title, Path = told.Path, Occasion = occasion, ChangedAt = now,
        IsCancelled = told.On is null,
    };

    /// <summary>What is older than is known changes nothing; a day that has passed is not cancelled afterwards.</summary>
    public void Hear(Deadline told, long occasion, DateOnly today, DateTimeOffset now)
    {
        if (occasion <= Occasion) return;
        Occasion = occasion;
        if (told.On is null && FallsOn < today) return;
        // A cancelled one keeps its day and time: calendars must be told which it was.
        var (on, at, isCancelled) = told.On is null ? (FallsOn, StartsAt, true) : (told.On, told.StartsAt, false);
        if ((on, at, isCancelled, told.Title) == (FallsOn, StartsAt, IsCancelled, Title)) return;
        (FallsOn, StartsAt, IsCancelled, Title, ChangedAt) = (on, at, isCancelled, told.Title, now);
        Revision++;
    }

    public Deadline AsCancelled() => new(Kind, SubjectId, Key, null, Title, Path);
}
