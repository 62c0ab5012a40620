using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Simulating;

/// <summary>Every way a simulation can say no.</summary>
internal static class SimulationRefusals
{
    public static Refusal TermsFaulty { get; } = new("simulation.terms-faulty");

    public static Refusal TooManyAtOnce { get; } =
        new Refusal("simulation.too-many-at-once").With("most", SimulationRun.OpenMax);

    public static Refusal TooManyKept { get; } = new Refusal("simulation.too-many-kept").With("most", SimulationRun.KeptMax);

    public static Refusal TooLarge { get; } =
        new Refusal("simulation.too-large", RefusalKind.Malformed).With("most", Assumptions.CellsMax);

    public static Refusal NotUnderWay { get; } = new("simulation.not-under-way");

    public static Refusal NotDone { get; } = new("simulation.not-done");

    public static Refusal MeasureUnassumed(string measure) =>
        new Refusal("simulation.measure-unassumed", RefusalKind.Malformed).With("measure", measure);

    public static Refusal Field(string field, string code, object? limit = null) =>
        new("request.invalid", RefusalKind.Malformed) { Fields = [new Refusal.FieldError(field, code, limit?.ToString())] };
}
