using Iop.OutcomeFinance.Domain.Terms;

namespace Iop.OutcomeFinance.Domain.Simulating;

/// <summary>How much one measure moves the money (känslighet): the payment with the measure at its tenth percentile and at its
/// ninetieth, everything else at its median.</summary>
/// <param name="Low">The payment in öre at the tenth percentile.</param>
/// <param name="High">The payment in öre at the ninetieth.</param>
internal sealed record Sensitivity(string Measure, long Low, long High)
{
    public const int LowAt = 100;
    public const int HighAt = 900;

    public long Swing => Math.Abs(High - Low);

    /// <summary>The one that moves the money most first.</summary>
    public static IReadOnlyList<Sensitivity> Of(Simulator simulator) =>
    [
        .. simulator.Uncertain.ToList().Select(measure => new Sensitivity(
                measure, Payment(simulator, measure, LowAt), Payment(simulator, measure, HighAt)))
            .OrderByDescending(one => one.Swing).ThenBy(one => one.Measure, StringComparer.Ordinal),
    ];

    private static long Payment(Simulator simulator, string measure, int at) =>
        simulator.At(cell => cell.Measure == measure ? at : 500).Result?.Total.Minor ?? 0;
}

internal enum ScenarioKind
{
    Expected,
    Best,
    Worst,
}

/// <summary>The three scenarios drawn from assumptions: every measure at its median, at its better or at its worse end
/// (p90 and p10; the other way round where lower is better).</summary>
internal static class Scenarios
{
    public static int At(this ScenarioKind kind, Cell cell) => kind switch
    {
        ScenarioKind.Expected => 500,
        ScenarioKind.Best => cell.LowerIsBetter ? Sensitivity.LowAt : Sensitivity.HighAt,
        _ => cell.LowerIsBetter ? Sensitivity.HighAt : Sensitivity.LowAt,
    };
}
