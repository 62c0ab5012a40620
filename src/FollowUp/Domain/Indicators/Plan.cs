using Iop.Kernel;

namespace Iop.FollowUp.Domain.Indicators;

internal enum PlanState
{
    /// <summary>The agreement is in force: the parties follow each other up.</summary>
    Open,

    /// <summary>The agreement has ended. Late reports are still welcome; new indicators are not.</summary>
    Closed,
}

/// <summary>The follow-up of one agreement in force (uppföljningsplan).</summary>
internal sealed class Plan
{
    public const int IndicatorsMax = 100;

    public required PlanId Id { get; init; }

    public required PartnershipRef Partnership { get; init; }

    public required AgreementRef Agreement { get; init; }

    public required string Title { get; init; }

    public required DateOnly StartsOn { get; init; }

    public DateOnly? EndsOn { get; private set; }

    public PlanState State { get; private set; }

    public long Version { get; private set; } = 1;

    public Period Period => new(StartsOn, EndsOn);

    public static Plan For(PlanId id, PartnershipRef partnership, AgreementRef agreement, string title, Period period) =>
        new() { Id = id, Partnership = partnership, Agreement = agreement, Title = title, StartsOn = period.From,
            EndsOn = period.To };

    /// <summary>The agreement has ended. Being told twice changes nothing, and is not refused: the fact is the same.</summary>
    public void Close(DateOnly endedOn)
    {
        (State, EndsOn) = (PlanState.Closed, endedOn);
        Version++;
    }

    /// <summary>The agreement goes on until another day. A plan that has closed keeps its end.</summary>
    public void Follow(DateOnly? endsOn)
    {
        if (State is PlanState.Closed) return;
        EndsOn = endsOn;
        Version++;
    }

    /// <summary>Whether one more indicator may be followed.</summary>
    public Refusal? RefusesIndicator(int followedAlready) => (State, followedAlready) switch
    {
        (PlanState.Closed, _) => FollowUpRefusals.PlanClosed(EndsOn),
        (_, >= IndicatorsMax) => FollowUpRefusals.TooManyIndicators(IndicatorsMax),
        _ => null,
    };
}
