namespace Iop.Registry.Domain;

/// <summary>The eight areas in which partnerships intervene (insatsområden), and the ages they are for; exactly these, as in the
/// survey whose figures the register continues.</summary>
public static class InterventionArea
{
    public static IReadOnlyList<string> All { get; } =
        ["safety", "leisure-education", "health", "crime", "labour-integration", "disability", "basic-needs", "other"];

    public static IReadOnlyList<string> Ages { get; } = ["0-25", "26-65", "over-65", "all"];
}
