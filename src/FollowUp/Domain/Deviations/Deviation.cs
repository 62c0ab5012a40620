using Iop.FollowUp.Domain.Indicators;
using Iop.Kernel;

namespace Iop.FollowUp.Domain.Deviations;

internal enum DeviationState
{
    /// <summary>Noted, and talked about.</summary>
    Raised,

    /// <summary>The parties have decided what it leads to: it is never changed after that.</summary>
    Decided,

    /// <summary>It was a mistake; it stays to be read.</summary>
    Withdrawn,
}

internal enum DeviationOutcome
{
    /// <summary>The plan is kept as it is.</summary>
    Keep,

    /// <summary>The intervention plan is to be adjusted.</summary>
    AdjustPlan,

    /// <summary>The parties are asked to renegotiate the agreement.</summary>
    ProposeRenegotiation,
}

/// <summary>Something turned out otherwise than planned (avvikelse): a result to learn from, never a breach.</summary>
internal sealed class Deviation
{
    public const int OfAPlanMax = 1_000;
    public const int LessonsMax = 100;

    private readonly List<DeviationLesson> _lessons = [];

    public required DeviationId Id { get; init; }

    public required PlanId Plan { get; init; }

    public required PartnershipRef Partnership { get; init; }

    /// <summary>What it shows in, if in one of the plan's indicators.</summary>
    public IndicatorId? Indicator { get; init; }

    public required string Title { get; init; }

    public required string WhatHappened { get; init; }

    public required DateOnly HappenedOn { get; init; }

    public required Guid RaisedByPerson { get; init; }

    public required Guid RaisedByOrganisation { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    public DeviationState State { get; private set; }

    public DeviationOutcome? Outcome { get; private set; }

    /// <summary>Why it was decided so, or withdrawn.</summary>
    public string? Reason { get; private set; }

    public Guid? ClosedByPerson { get; private set; }

    public Guid? ClosedByOrganisation { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public long Version { get; private set; } = 1;

    /// <summary>In the order they were noted.</summary>
    public IReadOnlyList<DeviationLesson> Lessons => _lessons;

    private DateOnly? ClosedOn => ClosedAt is { } at ? SwedishTime.DateIn(at) : null;

    /// <summary>Whether one more may be raised in a plan: while its agreement is in force.</summary>
    public static Refusal? RefusesToBeRaised(Plan plan, int raisedAlready, DateOnly happenedOn, DateOnly today) =>
        plan.State is PlanState.Closed ? DeviationRefusals.AgreementHasEnded(plan.EndsOn)
        : happenedOn > today ? DeviationRefusals.NotYetHappened(happenedOn)
        : raisedAlready >= OfAPlanMax ? DeviationRefusals.TooMany(OfAPlanMax) : null;

    /// <summary>A party adds what was learnt. What is decided or withdrawn is not added to.</summary>
    public Refusal? Learn(string text, Actor by, DateTimeOffset now)
    {
        if (RefusesChange() is { } closed) return closed;
        if (_lessons.Count >= LessonsMax) return DeviationRefusals.TooManyLessons(LessonsMax);
        _lessons.Add(new DeviationLesson
        {
            Deviation = Id, Partnership = Partnership, Number = _lessons.Count + 1, Text = text, ByPerson = by.Person,
            ByOrganisation = by.Organisation, At = now,
        });
        Version++;
        return null;
    }

    /// <summary>What the parties make of it, once.</summary>
    public Refusal? Decide(Plan plan, DeviationOutcome outcome, string reason, Actor by, DateTimeOffset now)
    {
        if (RefusesChange() is { } closed) return closed;
        if (plan.State is PlanState.Closed) return DeviationRefusals.AgreementHasEnded(plan.EndsOn);
        Outcome = outcome;
        Close(DeviationState.Decided, reason, by, now);
        return null;
    }

    /// <summary>Whoever raised it takes it back, before it is decided.</summary>
    public Refusal? Withdraw(string reason, Actor by, DateTimeOffset now)
    {
        if (by.Organisation != RaisedByOrganisation) return DeviationRefusals.RaisedByAnother;
        if (RefusesChange() is { } closed) return closed;
        Close(DeviationState.Withdrawn, reason, by, now);
        return null;
    }

    private Refusal? RefusesChange() => State switch
    {
        DeviationState.Raised => null,
        DeviationState.Decided => DeviationRefusals.AlreadyDecided(ClosedOn),
        _ => DeviationRefusals.AlreadyWithdrawn(ClosedOn),
    };

    private void Close(DeviationState state, string reason, Actor by, DateTimeOffset now)
    {
        (State, Reason, ClosedByPerson, ClosedByOrganisation, ClosedAt) = (state, reason, by.Person, by.Organisation, now);
        Version++;
    }
}

/// <summary>What a party has learnt of a deviation (lärdom). Never changed.</summary>
internal sealed class DeviationLesson
{
    public required DeviationId Deviation { get; init; }

    public required PartnershipRef Partnership { get; init; }

    public required int Number { get; init; }

    public required string Text { get; init; }

    public required Guid ByPerson { get; init; }

    public required Guid ByOrganisation { get; init; }

    public required DateTimeOffset At { get; init; }
}
