namespace Iop.Web.Register;

/// <summary>The register's eight intervention areas and four ages, in the order of the survey they come from.</summary>
internal static class Areas
{
    public static IReadOnlyList<string> All { get; } =
        ["safety", "leisure-education", "health", "crime", "labour-integration", "disability", "basic-needs", "other"];

    public static IReadOnlyList<string> Ages { get; } = ["0-25", "26-65", "over-65", "all"];
}
