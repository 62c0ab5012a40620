using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;

namespace Iop.Web.Statistics;

/// <summary>The register's figures for everybody: as of any day, with what they rest on and what they mean.</summary>
internal static class StatisticsPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/statistik", Show);
        app.MapGet("/statistik/definitioner", Define);
        app.MapGet("/statistik/tackning", Coverage);
        app.MapGet("/oppna-data", OpenData);
    }

    private static async Task<IResult> Show(string? dag, StatisticsApi api, Visitor visitor, CancellationToken cancel)
    {
        var figures = await api.On(Typed.Day(dag), cancel);
        if (figures.Problem is { } no) return no.AsPage(visitor);
        var definitions = await api.Definitions(cancel);
        return Page.Of<StatisticsPage>(new { Figures = figures.Value, Definitions = definitions.Value });
    }

    private static async Task<IResult> Define(StatisticsApi api, Visitor visitor, CancellationToken cancel)
    {
        var definitions = await api.Definitions(cancel);
        return definitions.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<DefinitionsPage>(new { Definitions = definitions.Value });
    }

    private static async Task<IResult> OpenData(StatisticsApi api, Visitor visitor, CancellationToken cancel)
    {
        var snapshots = await api.Snapshots(cancel);
        return snapshots.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<OpenDataPage>(new { Snapshots = snapshots.Value!.Items });
    }

    private static async Task<IResult> Coverage(StatisticsApi api, Visitor visitor, CancellationToken cancel)
    {
        var coverage = await api.Coverage(cancel);
        return coverage.Problem is { } no ? no.AsPage(visitor) : Page.Of<CoveragePage>(new { Coverage = coverage.Value });
    }
}
