using Iop.Kernel;

namespace Iop.OutcomeFinance.Domain.Simulating;

/// <summary>Every way a scenario can say no.</summary>
internal static class ScenarioRefusals
{
    public static Refusal TooMany { get; } = new("scenario.too-many");
}
