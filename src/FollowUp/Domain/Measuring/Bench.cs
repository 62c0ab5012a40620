using Iop.Kernel;

namespace Iop.FollowUp.Domain.Measuring;

/// <summary>How a period stands for the one who verifies it.</summary>
internal enum Standing
{
    NotBegun,
    Running,

    /// <summary>It is over, and nobody has reported it yet.</summary>
    Awaited,

    /// <summary>It has been over for long, and nobody has reported it.</summary>
    Late,

    /// <summary>Reported: the verifier's turn.</summary>
    Waiting,

    /// <summary>The verifier's turn for long.</summary>
    WaitingLong,

    /// <summary>Sent back; a new measurement is to come.</summary>
    Returned,
    Verified,
}

/// <param name="Latest">The newest measurement of the period.</param>
/// <param name="Since">Since when it stands so; null where nothing is to be done.</param>
/// <param name="IsOutOfOrder">A later period is verified already, and this one is not: amounts will be adjusted.</param>
/// <param name="Missing">Measures that the newest measurement leaves out and no earlier one has given: the period is
/// incomplete, and rows of the terms wait for them.</param>
internal sealed record PeriodStanding(
    MeasuringPeriod Period, Standing Standing, DateOnly? Since, Measurement? Latest, bool IsOutOfOrder,
    IReadOnlyList<string> Missing);

/// <summary>The verifier's bench: every period of a contract, and what is to be done about it.</summary>
internal static class Bench
{
    /// <summary>Days after a period's end until it is late.</summary>
    public const int DaysToReport = 30;

    /// <summary>Days that a measurement may wait for its verifier.</summary>
    public const int DaysToVerify = 14;

    /// <param name="contract">What is measured.</param>
    /// <param name="measurements">All of the contract.</param>
    /// <param name="today">The Swedish date.</param>
    public static IReadOnlyList<PeriodStanding> Of(
        MeasuredContract contract, IReadOnlyList<Measurement> measurements, DateOnly today)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        var standings = new List<PeriodStanding>();
        var lastVerified = contract.Periods.LastOrDefault(period => Counting(measurements, period) is not null);
        foreach (var period in contract.Periods)
        {
            var latest = measurements.Where(one => one.PeriodKey == period.Key).MaxBy(one => one.Revision);
            var (standing, since) = StandingOf(period, latest, today);
            standings.Add(new PeriodStanding(
                period, standing, since, latest,
                lastVerified is not null && period.Position < lastVerified.Position && Counting(measurements, period) is null,
                latest is null or { State: MeasurementState.Returned } ? [] : Missing(contract, latest, given)));
            if (Counting(measurements, period) is { } counts) given.UnionWith(Given(counts));
        }
        return standings;
    }

    private static Measurement? Counting(IReadOnlyList<Measurement> measurements, MeasuringPeriod period) => measurements
        .Where(one => one.PeriodKey == period.Key && one.State is MeasurementState.Verified).MaxBy(one => one.Revision);

    private static (Standing Standing, DateOnly? Since) StandingOf(MeasuringPeriod period, Measurement? latest, DateOnly today)
    {
        if (latest is not null)
        {
            var reported = SwedishTime.DateIn(latest.ReportedAt);
            return latest.State switch
            {
                MeasurementState.Verified => (Standing.Verified, null),
                MeasurementState.Returned => (Standing.Returned, SwedishTime.DateIn(latest.VerifiedAt!.Value)),
                _ => (reported.AddDays(DaysToVerify) < today ? Standing.WaitingLong : Standing.Waiting, reported),
            };
        }
        if (period.From > today) return (Standing.NotBegun, null);
        if (period.To >= today) return (Standing.Running, null);
        return (period.To.AddDays(DaysToReport) < today ? Standing.Late : Standing.Awaited, period.To);
    }

    /// <summary>What replaces carries over from earlier periods; what adds up, and collections, are reported every
    /// time.</summary>
    private static List<string> Missing(MeasuredContract contract, Measurement latest, HashSet<string> earlier)
    {
        var now = Given(latest).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. contract.Measures.Select(measure => measure.Collection ?? measure.Path).Distinct(StringComparer.Ordinal)
                .Where(name => !now.Contains(name) && !(Carries(contract, name) && earlier.Contains(name))),
        ];
    }

    private static bool Carries(MeasuredContract contract, string name) =>
        contract.Measures.Any(measure => measure.Path == name && measure.Accumulation == "latest");

    private static IEnumerable<string> Given(Measurement measurement) => measurement.Figures
        .Select(figure => figure.Path.Split('/')[0])
        .Concat(measurement.ParticipantCounts.Select(count => count.Collection));
}
