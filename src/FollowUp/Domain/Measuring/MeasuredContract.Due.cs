namespace Iop.FollowUp.Domain.Measuring;

/// <summary>When outcomes are to be reported.</summary>
internal sealed partial class MeasuredContract
{
    private const int LateAfterDays = 30;

    /// <summary>Null as long as its claims are not final.</summary>
    public DateOnly? EndedOn { get; private set; }

    /// <summary>Of one from before there were reminders: periods that were over by then are not reminded of.</summary>
    public DateOnly? AskedFrom { get; private set; }

    /// <summary>From now on, and not of what is over.</summary>
    public void AskFrom(DateOnly today) => AskedFrom ??= today;

    /// <summary>The contract's claims are final: nothing more is expected.</summary>
    public void End(DateOnly endedOn) => EndedOn ??= endedOn;

    /// <summary>The periods that are over and that nobody has reported, and which of them are long over.</summary>
    public IEnumerable<(MeasuringPeriod Period, bool IsLate)> Awaited(IReadOnlySet<string> reported, DateOnly today) =>
        EndedOn is not null ? [] : Over(reported, today).Where(IsAskedFor)
            .Select(period => (period, period.To.AddDays(LateAfterDays) < today));

    public IReadOnlyList<MeasuringPeriod> Over(IReadOnlySet<string> reported, DateOnly today) =>
        [.. _periods.Where(period => period.To < today && !reported.Contains(period.Key))];

    /// <summary>The days on which there is something to tell of periods that nobody has reported.</summary>
    public IEnumerable<DateOnly> Turns() => _periods.Where(IsAskedFor)
        .SelectMany(period => new[] { period.To.AddDays(1), period.To.AddDays(LateAfterDays + 1) }).Distinct();

    private bool IsAskedFor(MeasuringPeriod period) => !(period.To < AskedFrom);
}
