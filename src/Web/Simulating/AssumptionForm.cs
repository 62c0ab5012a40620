using Iop.Web.Contracts;
using Iop.Web.Gateway;
using Iop.Web.Parts;

namespace Iop.Web.Simulating;

/// <summary>Assumptions as people write them: a distribution and its values, parted by semicolons; a line of its own that begins
/// with
/// a period or a member for what differs there.</summary>
internal static class AssumptionForm
{
    public static string Shape(int measure) => $"shape{measure}";

    public static string Values(int measure) => $"values{measure}";

    public static string Members(int group) => $"members{group}";

    public static IReadOnlyList<string> Collections(IReadOnlyList<MeasureToAssume> measures) =>
        [.. measures.Where(one => one.Path.Contains('/', StringComparison.Ordinal)).Select(one => one.Path.Split('/')[0])
            .Distinct(StringComparer.Ordinal)];

    public static IReadOnlyList<string> ShapesOf(MeasureToAssume measure) => measure.Type switch
    {
        "boolean" => ["chance", "fixed"],
        "date" or "code" => ["fixed", "history"],
        _ => ["triangular", "normal", "history", "fixed"],
    };

    /// <summary>The request, and for each of its assumptions the field of the form it was read from.</summary>
    public static (object Request, IReadOnlyList<string> Fields) Read(
        Filled form, IReadOnlyList<MeasureToAssume> measures, Contract contract)
    {
        var groups = Collections(measures).Select((collection, at) => Group(collection, form.Text(Members(at)))).ToList();
        var (assumptions, fields) = (new List<Dictionary<string, object>>(), new List<string>());
        foreach (var (at, measure) in measures.Index())
        {
            var lines = (form.Text(Values(at)) ?? "")
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            foreach (var line in lines)
            {
                assumptions.Add(Line(measure, form.Text(Shape(at)) ?? "fixed", line, contract));
                fields.Add(Values(at));
            }
        }

        return (new { seed = form.Text("seed"), groups = groups.OfType<object>().ToList(), assumptions }, fields);
    }

    /// <summary>What was wrong, at the field where it was written.</summary>
    public static Problem AtFields(Problem problem, IReadOnlyList<string> fields, IReadOnlyList<MeasureToAssume> measures)
    {
        if (problem.Code == "simulation.measure-unassumed"
            && measures.Index()
            .FirstOrDefault(one =>
                problem.Detail?.Contains(one.Item.Path, StringComparison.Ordinal) is true) is { Item: not null } missing)
            return problem with { Errors = [new WrongField(Values(missing.Index), problem.Code, problem.Detail
                ?? problem.Title)] };
        return problem with
        {
            Errors = [.. problem.Errors.Select(error => Place(error.Field) is var (list, at)
                ? error with { Field = list == "groups" ? Members(at) : at < fields.Count ? fields[at] : error.Field }
                : error)],
        };
    }

    /// <summary>The shape and values of an earlier simulation, as they would be written.</summary>
    public static (string? Shape, string? Text) Written(Simulation? earlier, string measure)
    {
        var mine = earlier?.Assumptions.Where(one => one.Measure == measure).ToList() ?? [];
        return mine.Count == 0 ? (null, null) : (mine[0].Shape, string.Join('\n', mine.Select(Text)));
    }

    /// <summary>What the contract's own verified figures propose, as it would be written: all of them, equally likely; a single
    /// one as it is; of yes and no, how often it was yes.</summary>
    public static (string? Shape, string? Text) Proposed(MeasureToAssume measure) => (measure.History ?? [], measure.Type) switch
    {
        ([], _) => (null, null),
        (var answers, "boolean") => ("chance", (100 * answers.Count(one => one == "true") / answers.Count).ToString(
            System.Globalization.CultureInfo.InvariantCulture)),
        ([var only], _) => ("fixed", only),
        (var values, _) => ("history", string.Join("; ", values)),
    };

    public static string Text(Assumed one)
    {
        var values = one.Shape switch
        {
            "triangular" => [one.Low, one.Likely, one.High],
            "normal" => [one.Mean, one.Deviation, one.Low, one.High],
            "history" => one.Values ?? [],
            "chance" => [one.Percent],
            _ => (IReadOnlyList<string?>)[one.Value],
        };
        var where = string.Join(", ", new[] { one.Member, one.Period }.OfType<string>());
        return (where.Length == 0 ? "" : where + ": ") + string.Join("; ", values.OfType<string>());
    }

    public static string? MembersWritten(Simulation? earlier, string collection)
    {
        if (earlier?.Groups.FirstOrDefault(one => one.Collection == collection) is not { } group) return null;
        var counted = group.Members.Index().All(one => one.Item == $"{one.Index + 1}");
        return counted ? $"{group.Members.Count}" : string.Join("; ", group.Members);
    }

    private static object? Group(string collection, string? written) => written switch
    {
        null => null,
        _ when int.TryParse(written, null, out var count) => new { collection, count },
        _ => new { collection, members = Parts(written) },
    };

    private static Dictionary<string, object> Line(MeasureToAssume measure, string shape, string line, Contract contract)
    {
        var one = new Dictionary<string, object>(StringComparer.Ordinal) { ["measure"] = measure.Path, ["shape"] = shape };
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
        {
            foreach (var place in line[..colon].Split(',', StringSplitOptions.TrimEntries))
                one[contract.Periods?.Any(period => period.Key == place) is true ? "period" : "member"] = place;
            line = line[(colon + 1)..];
        }

        var isNumber = measure.Type is not ("boolean" or "date" or "code");
        var values = Parts(line)
            .Select(value => isNumber || shape == "chance" ? Typed.Amount(value.TrimEnd('%'))! : Answer(value)).ToList();
        string[] names = shape switch
        {
            "triangular" => ["low", "likely", "high"],
            "normal" => ["mean", "deviation", "low", "high"],
            "chance" => ["percent"],
            _ => ["value"],
        };
        if (shape == "history") one["values"] = values;
        else foreach (var (name, value) in names.Zip(values)) one[name] = value;
        return one;
    }

    private static string Answer(string value) =>
        value.ToUpperInvariant() switch { "JA" or "YES" => "true", "NEJ" or "NO" => "false", _ => value };

    private static List<string> Parts(string text) =>
        [.. text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static (string List, int At)? Place(string field)
    {
        var (open, close) = (field.IndexOf('[', StringComparison.Ordinal), field.IndexOf(']', StringComparison.Ordinal));
        return open > 0 && close > open && int.TryParse(field[(open + 1)..close], null, out var at) ? (field[..open], at) : null;
    }
}
