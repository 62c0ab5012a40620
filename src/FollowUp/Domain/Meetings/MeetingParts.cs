namespace Iop.FollowUp.Domain.Meetings;

/// <summary>A meeting was moved, or called off, with the reason. Never changed.</summary>
internal sealed class MeetingChange
{
    public required MeetingId Meeting { get; init; }

    public required PartnershipRef Partnership { get; init; }

    public required int Number { get; init; }

    /// <summary>When it was to be before it was moved, or called off.</summary>
    public required DateOnly WasOn { get; init; }

    public required TimeOnly WasAt { get; init; }

    public required bool CalledOff { get; init; }

    public required string Reason { get; init; }

    public required Guid ByPerson { get; init; }

    public required Guid ByOrganisation { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>The minutes of a meeting (protokoll). Never changed: a correction has the next number, and the newest
/// holds.</summary>
internal sealed class MeetingMinutes
{
    public required MeetingId Meeting { get; init; }

    public required PartnershipRef Partnership { get; init; }

    public required int Number { get; init; }

    public required string Text { get; init; }

    public required string[] Decisions { get; init; }

    public required Guid ByPerson { get; init; }

    public required Guid ByOrganisation { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>What a party takes upon itself at a meeting (att göra), until a day.</summary>
internal sealed class MeetingAction
{
    public required MeetingActionId Id { get; init; }

    public required MeetingId Meeting { get; init; }

    public required PartnershipRef Partnership { get; init; }

    public required string What { get; init; }

    /// <summary>The party that answers for it.</summary>
    public required Guid Organisation { get; init; }

    public required DateOnly DueOn { get; init; }

    public required Guid ByPerson { get; init; }

    public required Guid ByOrganisation { get; init; }

    public required DateTimeOffset At { get; init; }

    public Guid? DoneByPerson { get; private set; }

    public DateTimeOffset? DoneAt { get; private set; }

    public bool IsDone => DoneAt is not null;

    /// <summary>The day before, on which its party is reminded.</summary>
    public DateOnly ReminderOn => DueOn.AddDays(-1);

    /// <summary>Whether its party is to be reminded, or to have been.</summary>
    public bool IsNear(DateOnly today) => !IsDone && today >= ReminderOn;

    internal void Finish(Actor by, DateTimeOffset now) => (DoneByPerson, DoneAt) = (by.Person, now);
}
