using System.Text.RegularExpressions;
using Iop.Web.FollowUp;
using Iop.Web.Gateway;
using Iop.Web.Parts;
using Iop.Web.Texts;

namespace Iop.Web.Contracts;

/// <summary>What a reporter has typed of collections: cohorts row by row, people as a pasted table of keys.</summary>
internal static partial class MeasuredTables
{
    public const int CohortsMax = 100;

    public static string People(string collection) => "people:" + collection;

    public static string Nobody(string collection) => "nobody:" + collection;

    public static string Cohort(string collection, int row) => $"cohort:{collection}:{row}";

    public static string Cohort(string collection, int row, string field) => $"cohort:{collection}:{row}:{field}";

    public static IEnumerable<IGrouping<string, MeasureOfContract>> Collections(MeasuredContract contract) =>
        (contract.Measures ?? []).Where(measure => measure.Path.Contains('/', StringComparison.Ordinal))
            .GroupBy(measure => measure.Path.Split('/')[0], StringComparer.Ordinal);

    public static bool CountsPeople(this IGrouping<string, MeasureOfContract> collection) =>
        collection.Any(measure => measure.PerPerson);

    public static string FieldOf(MeasureOfContract measure) =>
        measure.Path[(measure.Path.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>Figures of cohorts that have a name.</summary>
    public static IEnumerable<(MeasureOfContract Measure, string Path, string Typed)> Cohorts(MeasuredContract contract,
        Filled form) =>
        from collection in Collections(contract)
        where !collection.CountsPeople()
        from row in Enumerable.Range(0, CohortsMax)
        let name = form.Text(Cohort(collection.Key, row))
        where name is not null
        from measure in collection
        let typed = form.Text(Cohort(collection.Key, row, FieldOf(measure)))
        where typed is not null
        select (measure, $"{collection.Key}/{name}/{FieldOf(measure)}", typed);

    public static IReadOnlyList<(string Collection, PastedTable Table)> Pasted(MeasuredContract contract, Filled form) =>
    [
        .. from collection in Collections(contract)
           let pasted = form.Text(People(collection.Key))
           let nobody = form.Text(Nobody(collection.Key)) is not null
           where pasted is not null || nobody
           select (collection.Key, pasted is not null ? Read(pasted, collection)
               : new PastedTable([.. collection.Select(FieldOf)], [], [])),
    ];

    private static PastedTable Read(string pasted, IGrouping<string, MeasureOfContract> collection)
    {
        var table = PastedTable.Read(pasted, [.. collection.Select(FieldOf)]);
        var measures = table.Head.Select(name => collection.FirstOrDefault(measure => FieldOf(measure) == name)).ToList();
        return table with
        {
            Rows = [.. table.Rows.Select(row => (IReadOnlyList<string>)[.. row.Select((cell, at) =>
                at > 0 && at <= measures.Count && measures[at - 1] is { } measure && cell.Length > 0
                    ? ReportMeasurement.ValueOf(measure, cell) : cell)])],
        };
    }

    /// <summary>Errors of the service point into a request that nobody has seen: told by line of what was pasted.</summary>
    public static Problem ByLine(Problem problem, IReadOnlyList<(string Collection, PastedTable Table)> pasted, Words words) =>
        problem with
        {
            Errors = [.. problem.Errors.Select(error => Place().Match(error.Field) is { Success: true } place
                && int.Parse(place.Groups["table"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) is var at
                && at < pasted.Count ? Told(error, place, pasted[at], words) : error)],
        };

    private static WrongField Told(
        WrongField error, Match place, (string Collection, PastedTable Table) pasted, Words words)
    {
        var where = place.Groups["row"] is { Success: true } row && Number(row) < pasted.Table.Lines.Count
            ? words["people.line", pasted.Table.Lines[Number(row)]]
            : words["people.head"];
        if (place.Groups["cell"] is { Success: true } cell && Number(cell) - 1 < pasted.Table.Head.Count)
            where += ", " + pasted.Table.Head[Number(cell) - 1];
        return error with { Field = People(pasted.Collection), Message = $"{where}: {error.Message}" };
    }

    private static int Number(Group digits) =>
        int.Parse(digits.ValueSpan, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^participants\[(?<table>\d{1,3})\](\.rows\[(?<row>\d{1,6})\](\[(?<cell>\d{1,3})\])?)?",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();
}
