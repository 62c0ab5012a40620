using Iop.Web.Gateway;

namespace Iop.Web.Statistics;

/// <summary>The register's figures, as the pages read them.</summary>
internal sealed class StatisticsApi(GatewayCalls gateway)
{
    public Task<Answer<FiguresOfDay>> On(DateOnly? day, CancellationToken cancel) =>
        gateway.Get<FiguresOfDay>("/registry/v1/statistics" + (day is { } on ? $"?on={on:yyyy-MM-dd}" : ""), cancel);

    public Task<Answer<FigureDefinitions>> Definitions(CancellationToken cancel) =>
        gateway.Get<FigureDefinitions>("/registry/v1/statistics/definitions", cancel);

    public Task<Answer<Listing<SnapshotFile>>> Snapshots(CancellationToken cancel) =>
        gateway.Get<Listing<SnapshotFile>>("/registry/v1/snapshots", cancel);

    public Task<Answer<AnsweredCoverage>> Coverage(CancellationToken cancel) =>
        gateway.Get<AnsweredCoverage>("/registry/v1/coverage", cancel);
}

/// <summary>A file of the register as it stood on a day.</summary>
public sealed record SnapshotFile(DateOnly TakenOn, string Name, int Rows, string Sha256, string Address);

public sealed record FiguresOfDay(
    DateOnly AsOf, IReadOnlyList<CoverageLevel> Coverage, int Synthetic, IReadOnlyList<Figure> Figures)
{
    public Figure? Find(string code) => Figures.FirstOrDefault(figure => figure.Code == code);
}

public sealed record CoverageLevel(string Body, int Known, int Complete, int Partly, int ConfirmedNone, int NeverAnswered);

public sealed record Figure(
    string Code, string Name, int Base, int LeftOut, IReadOnlyList<FigureLeftOut> Why, IReadOnlyList<FigureRow> Rows);

public sealed record FigureLeftOut(string Code, string Name, int Count);

public sealed record FigureRow(string Key, string Name, string Part, string PartName, int Count, int? Of, decimal? Value)
{
    public decimal? Share => Of is > 0 and var of ? 100m * Count / of : null;
}

public sealed record FigureDefinitions(IReadOnlyList<FigureDefinition> Items, IReadOnlyList<string> Rules);

public sealed record FigureDefinition(string Code, string Name, string Means, string Formula, string? Caveat);

public sealed record AnsweredCoverage(IReadOnlyList<CoverageLevel> Levels, IReadOnlyList<CoverageOfBody> Items);

public sealed record CoverageOfBody(Guid Id, string Name, string Body, string? Coverage, DateOnly? CoverageOn);
