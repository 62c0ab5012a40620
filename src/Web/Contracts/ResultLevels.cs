namespace Iop.Web.Contracts;

/// <summary>What the terms pay at each level of a result, as it is drawn.</summary>
public sealed record ResultLevels(string? Currency, bool Scenario, IReadOnlyList<LevelsOfMeasure> Curves);

public sealed record LevelsOfMeasure(
    string Measure, string Type, string? Unit, string? Expected, IReadOnlyList<LevelOfMeasure> Points,
    IReadOnlyList<LevelOfMeasure> Turns);

public sealed record LevelOfMeasure(string At, string Total);
