using Iop.FollowUp.Domain.Indicators;
using Iop.Kernel;

namespace Iop.FollowUp.Domain.Meetings;

internal enum MeetingState
{
    /// <summary>Called: it is to be held, or is waiting for its minutes.</summary>
    Called,

    CalledOff,

    /// <summary>It has minutes.</summary>
    Held,
}

/// <summary>The parties meet to follow each other up (möte): called to a day and time, afterwards with minutes, decisions and
/// what the parties are to do.</summary>
internal sealed class Meeting
{
    public const int OfAPlanMax = 1_000;
    public const int DecisionsMax = 50;
    public const int ActionsMax = 100;
    private const int ChangesMax = 200;

    private readonly List<MeetingChange> _changes = [];
    private readonly List<MeetingMinutes> _minutes = [];
    private readonly List<MeetingAction> _actions = [];

    public required MeetingId Id { get; init; }

    public required PlanId Plan { get; init; }

    public required PartnershipRef Partnership { get; init; }

    public required string Topic { get; init; }

    public required string Agenda { get; init; }

    public DateOnly HeldOn { get; private set; }

    public TimeOnly StartsAt { get; private set; }

    public string? Place { get; private set; }

    /// <summary>Where it is held, or held as well, on the web.</summary>
    public string? Link { get; private set; }

    public MeetingState State { get; private set; }

    public required Guid CalledByPerson { get; init; }

    public required Guid CalledByOrganisation { get; init; }

    public required DateTimeOffset CalledAt { get; init; }

    public long Version { get; private set; } = 1;

    public MeetingTime Time => new(HeldOn, StartsAt);

    /// <summary>How it was moved and called off, in order.</summary>
    public IReadOnlyList<MeetingChange> Changes => _changes;

    /// <summary>All there have been; the last holds.</summary>
    public IReadOnlyList<MeetingMinutes> Minutes => _minutes;

    public IReadOnlyList<MeetingAction> Actions => _actions;

    /// <summary>Whether one more may be called to: while the agreement is in force.</summary>
    public static Refusal? RefusesToBeCalled(Plan plan, int calledAlready) =>
        plan.State is PlanState.Closed ? MeetingRefusals.AgreementHasEnded(plan.EndsOn)
        : calledAlready >= OfAPlanMax ? MeetingRefusals.TooMany(OfAPlanMax) : null;

    /// <summary>When and where a new meeting is to be held.</summary>
    public Refusal? Set(MeetingTime time, string? place, string? link, DateTimeOffset now)
    {
        if (time.RefusesToBeSet(now) is { } refusal) return refusal;
        (HeldOn, StartsAt, Place, Link) = (time.On, time.At, place, link);
        return null;
    }

    public Refusal? Move(MeetingTime time, string? place, string? link, string reason, Actor by, DateTimeOffset now)
    {
        if (RefusesChange() is { } closed) return closed;
        if (time.RefusesToBeSet(now) is { } refusal) return refusal;
        if ((time, place, link) == (Time, Place, Link)) return MeetingRefusals.SameTime;
        Note(calledOff: false, reason, by, now);
        (HeldOn, StartsAt, Place, Link) = (time.On, time.At, place, link);
        return null;
    }

    public Refusal? CallOff(string reason, Actor by, DateTimeOffset now)
    {
        if (RefusesChange() is { } closed) return closed;
        Note(calledOff: true, reason, by, now);
        State = MeetingState.CalledOff;
        return null;
    }

    /// <summary>Writes the minutes once it has begun, or corrects them: what was written before is kept.</summary>
    public Refusal? Write(string text, string[] decisions, Actor by, DateTimeOffset now)
    {
        if (State is MeetingState.CalledOff) return MeetingRefusals.CalledOff;
        if (Time.Instant > now) return MeetingRefusals.NotYetHeld;
        if (_minutes.Count >= ChangesMax) return MeetingRefusals.TooMany(ChangesMax);
        if (_minutes.MaxBy(one => one.Number) is { } last && last.Text == text
            && last.Decisions.SequenceEqual(decisions, StringComparer.Ordinal)) return MeetingRefusals.NothingChanged;
        _minutes.Add(new MeetingMinutes
        {
            Meeting = Id, Partnership = Partnership, Number = _minutes.Count + 1, Text = text, Decisions = decisions,
            ByPerson = by.Person, ByOrganisation = by.Organisation, At = now,
        });
        State = MeetingState.Held;
        Version++;
        return null;
    }

    /// <summary>What a party is to do, as the minutes say.</summary>
    public Refusal? Ask(MeetingActionId id, string what, Guid organisation, DateOnly dueOn, IReadOnlySet<Guid> parties, Actor by,
        DateTimeOffset now)
    {
        if (State is MeetingState.CalledOff) return MeetingRefusals.CalledOff;
        if (State is not MeetingState.Held) return MeetingRefusals.NoMinutes;
        if (dueOn < SwedishTime.DateIn(now)) return MeetingRefusals.DueInThePast;
        if (!parties.Contains(organisation)) return MeetingRefusals.NotAParty;
        if (_actions.Count >= ActionsMax) return MeetingRefusals.TooManyActions(ActionsMax);
        _actions.Add(new MeetingAction
        {
            Id = id, Meeting = Id, Partnership = Partnership, What = what, Organisation = organisation, DueOn = dueOn,
            ByPerson = by.Person, ByOrganisation = by.Organisation, At = now,
        });
        Version++;
        return null;
    }

    /// <summary>The party that answers for it has done it.</summary>
    public Refusal? Finish(MeetingAction action, Actor by, DateTimeOffset now)
    {
        if (action.Organisation != by.Organisation) return MeetingRefusals.AnothersAction;
        if (action.IsDone) return MeetingRefusals.ActionDone;
        action.Finish(by, now);
        Version++;
        return null;
    }

    private Refusal? RefusesChange() => State switch
    {
        MeetingState.Held => MeetingRefusals.AlreadyHeld,
        MeetingState.CalledOff => MeetingRefusals.CalledOff,
        _ => _changes.Count >= ChangesMax ? MeetingRefusals.TooMany(ChangesMax) : null,
    };

    private void Note(bool calledOff, string reason, Actor by, DateTimeOffset now)
    {
        _changes.Add(new MeetingChange
        {
            Meeting = Id, Partnership = Partnership, Number = _changes.Count + 1, WasOn = HeldOn, WasAt = StartsAt,
            CalledOff = calledOff, Reason = reason, ByPerson = by.Person, ByOrganisation = by.Organisation, At = now,
        });
        Version++;
    }
}
