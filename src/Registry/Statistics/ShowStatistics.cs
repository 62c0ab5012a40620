using System.Globalization;
using System.Text;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Registry.Domain.Counting;
using Iop.Registry.OpenData;
using Iop.Registry.Organisations;
using Iop.Registry.Places;
using Iop.Registry.Storage;

namespace Iop.Registry.Statistics;

/// <summary>The register's statistics as of any day, each figure with its base and what was left out; and what each of them
/// means.</summary>
internal static class ShowStatistics
{
    public sealed record View(
        DateOnly AsOf, IReadOnlyList<DeclareCoverage.Level> Coverage, int Synthetic, IReadOnlyList<FigureView> Figures);

    public sealed record FigureView(
        string Code, string Name, int Base, int LeftOut, IReadOnlyList<LeftOutView> Why, IReadOnlyList<RowView> Rows);

    public sealed record LeftOutView(string Code, string Name, int Count);

    /// <summary>Counts as numbers, shares with numerator and denominator; a value (a median, per 100,000) as a decimal.</summary>
    public sealed record RowView(string Key, string Name, string Part, string PartName, int Count, int? Of, decimal? Value);

    public sealed record Definitions(IReadOnlyList<Definition> Items, IReadOnlyList<string> Rules);

    public sealed record Definition(string Code, string Name, string Means, string Formula, string? Caveat);

    private static readonly DateOnly First = new(1990, 1, 1);
    private const int RulesMax = 12;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/statistics", Handle).WithName(nameof(ShowStatistics)).AllowAnonymous().FollowsTheRegister();
        api.MapGet("/statistics/csv", Table).WithName("DownloadStatistics").AllowAnonymous().FollowsTheRegister()
            .Produces(StatusCodes.Status200OK, contentType: "text/csv");
        api.MapGet("/statistics/definitions", Define).WithName("ListDefinitions").AllowAnonymous().FollowsTheRegister();
    }

    internal static async Task<Answer<View>> Handle(
        DateOnly? on, RegistryDb db, TimeProvider clock, Texts texts, HttpRequest request, CancellationToken cancel)
    {
        var day = on ?? clock.Today();
        if (Outside(day, clock) is { } refusal) return refusal;
        return await Of(day, db, new Wording(texts, Texts.LanguageOf(request)), cancel);
    }

    internal static async Task<IResult> Table(
        DateOnly? on, RegistryDb db, TimeProvider clock, Texts texts, HttpRequest request, CancellationToken cancel)
    {
        var day = on ?? clock.Today();
        if (Outside(day, clock) is { } refusal) return (Answer<View>)refusal;
        var words = new Wording(texts, Texts.LanguageOf(request));
        var view = await Of(day, db, words, cancel);
        var table = new StringBuilder("\uFEFF").AppendLine(string.Join(';', words.Columns));
        foreach (var figure in view.Figures)
            foreach (var row in figure.Rows)
                table.AppendLine(string.Join(';', new[]
                {
                    Day(view.AsOf), figure.Code, figure.Name, row.Key, row.Name, row.Part, row.PartName, Whole(row.Count),
                    row.Of is { } of ? Whole(of) : "", row.Value?.ToString(CultureInfo.InvariantCulture).Replace('.', ',') ?? "",
                    Whole(figure.Base), Whole(figure.LeftOut),
                }.Select(CsvCell.Of)));
        return TypedResults.Bytes(Encoding.UTF8.GetBytes(table.ToString()), "text/csv; charset=utf-8", $"iop-{Day(day)}.csv");
    }

    internal static Answer<Definitions> Define(Texts texts, HttpRequest request)
    {
        var words = new Wording(texts, Texts.LanguageOf(request));
        var codes = CountingRules.Figures([], new DateOnly(2024, 12, 31), [], CountedFacts.Bodies).Select(figure => figure.Code);
        return new Definitions(
            [.. codes.Select(code => new Definition(code, words.Say($"figure.{code}"), words.Say($"figure.{code}.means"),
                words.Say($"figure.{code}.formula"), words.Find($"figure.{code}.caveat")))],
            [.. Enumerable.Range(1, RulesMax).Select(number => words.Find($"counting-rule.{number}")).OfType<string>()]);
    }

    private static async Task<View> Of(DateOnly day, RegistryDb db, Wording words, CancellationToken cancel)
    {
        var kept = await new FiguresOfADay(db).On(day, cancel);
        var coverage = await DeclareCoverage.LevelsOf(db, cancel);
        return new View(day, coverage, kept.Holds.Synthetic, [.. kept.Figures.Select(words.ViewOf)]);
    }

    private static Refusal? Outside(DateOnly day, TimeProvider clock) => day < First || day > clock.Today().AddYears(1)
        ? new Refusal("statistics.day-outside", RefusalKind.Malformed).With("first", Day(First))
        : null;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
