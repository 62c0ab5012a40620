using System.Globalization;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Evaluation;

/// <summary>Takes in the figures of one period after the other.</summary>
internal sealed class Intake(ProgramPlan program, Frame soFar, Frame? period)
{
    private readonly Value[] _known = [.. program.Measures.Select(measure => measure.NotGiven)];
    private string _path = "";
    private string? _key; // of a map's member; the path is written out only for an error

    public FigureProblem? Problem { get; private set; }

    /// <summary>False when a figure cannot be used; <see cref="Problem"/> says which.</summary>
    /// <param name="beforeTheseTerms">Only what replaces is remembered from before an amendment.</param>
    public bool Take(PeriodFigures figures, int index, bool beforeTheseTerms)
    {
        foreach (var collection in soFar.Run.Collections) collection.Given = false;
        for (var at = 0; at < program.Measures.Length; at++)
        {
            var measure = program.Measures[at];
            var given = figures.Values.TryGetValue(measure.Name, out var figure) && figure is not FigureNothing;
            if (beforeTheseTerms && Accumulates(measure)) continue;
            var value = measure.NotGiven;
            if (given && FigureReader.Read(measure, figure!, out value) is { } wrong)
                return Refuse(wrong, index, measure.Name, figure!);
            if (given) _known[at] = FigureReader.Joined(measure, _known[at], value);
            if (TooMany(_known[at])) return Refuse("figure.too-many-codes", index, measure.Name, figure!);
            var missing = !given && Accumulates(measure);
            soFar.Slots[measure.Index] = missing ? value : _known[at];
            if (period is not null) period.Slots[measure.Index] = Accumulates(measure) ? value : _known[at];
        }

        return beforeTheseTerms || (Collections(figures, index) && NothingElse(figures, index));
    }

    private static bool Accumulates(FigurePlan measure) => measure.AddsUp || measure.Written.Basic == BasicType.Codes;

    private static bool TooMany(Value value) => value.HasCodes && value.Codes.Count > Limits.CodesPerKey;

    private bool NothingElse(PeriodFigures figures, int index)
    {
        foreach (var (name, figure) in figures.Values)
        {
            if (program.MeasuresByName.ContainsKey(name) || program.CollectionsByName.ContainsKey(name)) continue;
            return Refuse("figure.unknown", index, name, figure);
        }

        return true;
    }

    private bool Collections(PeriodFigures figures, int index)
    {
        foreach (var collection in program.Collections)
        {
            if (!figures.Values.TryGetValue(collection.Name, out var figure) || figure is FigureNothing) continue;
            var state = soFar.Run.Collections[collection.Index];
            state.Given = true;
            (_path, _key) = (collection.Name, null);
            var taken = figure switch
            {
                FigureList list => List(collection, state, list),
                FigureMap map => Map(collection, state, map),
                _ => false,
            };
            if (!taken)
                return Problem is { } found ? Located(found, index) : Refuse("figure.collection", index, collection.Name, figure);
        }

        return true;
    }

    private bool List(CollectionPlan collection, CollectionState state, FigureList list)
    {
        for (var at = 0; at < list.Items.Count; at++)
        {
            (_path, _key) = (string.Create(CultureInfo.InvariantCulture, $"{collection.Name}[{at}]"), null);
            var item = list.Items[at];
            var key = item is FigureMap map && map.Entries.TryGetValue("id", out var id) && id is FigureText text
                ? text.Text
                : string.Create(CultureInfo.InvariantCulture, $"\0{++state.Positions}");
            if (!Member(collection, state, key, item, at)) return false;
        }

        return true;
    }

    private bool Map(CollectionPlan collection, CollectionState state, FigureMap map)
    {
        var at = 0;
        var isFirst = state.Members.Count == 0; // a map has each key once: nobody has to be looked for
        state.Expect(map.Entries.Count);
        foreach (var (key, item) in map.Entries)
        {
            (_path, _key) = (collection.Name, key);
            if (!Member(collection, state, key, item, isFirst ? -1 : at++)) return false;
        }

        return true;
    }

    private bool Member(CollectionPlan collection, CollectionState state, string key, Figure figure, int at)
    {
        var number = soFar.Run.PeriodNumber;
        var member = at < 0 ? null : state.Find(key, at);
        if (member is null)
        {
            if (state.Members.Count == Limits.Participants) return Wrong("figure.too-many-members");
            member = state.Add(key, Empty(collection), period is null ? [] : Empty(collection));
        }

        var first = member.LastGiven != number;
        member.LastGiven = number;
        if (first && period is not null) StartPeriod(collection, member);
        if (collection.Single is { } single && figure is not FigureMap) return Field(single, member, figure);
        if (figure is not FigureMap map) return Wrong("figure.member");
        var given = 0;
        foreach (var field in collection.Fields)
        {
            if (!map.Entries.TryGetValue(field.Name, out var one)) continue;
            given++;
            if (one is not FigureNothing && !Field(field, member, one)) return false;
        }

        if (given == map.Entries.Count) return true;
        foreach (var name in map.Entries.Keys)
        {
            if (name != "id" && collection.Fields.All(field => field.Name != name)) return Wrong("figure.unknown", name);
        }

        return true;
    }

    private static Value[] Empty(CollectionPlan collection)
    {
        var values = new Value[collection.Width];
        foreach (var field in collection.Fields) values[field.Index] = field.NotGiven;
        return values;
    }

    private static void StartPeriod(CollectionPlan collection, Member member)
    {
        foreach (var field in collection.Fields)
            member.Period[field.Index] = Accumulates(field) ? field.NotGiven : member.Cumulative[field.Index];
    }

    private bool Field(FigurePlan field, Member member, Figure figure)
    {
        if (FigureReader.Read(field, figure, out var value) is { } wrong) return Wrong(wrong, field.Name, figure);
        ref var known = ref member.Cumulative[field.Index];
        known = FigureReader.Joined(field, known, value);
        if (TooMany(known)) return Wrong("figure.too-many-codes", field.Name, figure);
        if (period is not null) member.Period[field.Index] = FigureReader.Joined(field, member.Period[field.Index], value);
        return true;
    }

    private bool Wrong(string code, string? name = null, Figure? figure = null)
    {
        if (_key is { } key) (_path, _key) = ($"{_path}.{Names.Shown(key)}", null);
        var path = name is null || _path.EndsWith($".{name}", StringComparison.Ordinal) ? _path : $"{_path}.{Names.Shown(name)}";
        Problem = new FigureProblem(code, path, Arguments(name ?? _path, figure));
        return false;
    }

    private bool Located(FigureProblem found, int index)
    {
        Problem = found with { Path = string.Create(CultureInfo.InvariantCulture, $"measurements[{index}].values.{found.Path}") };
        return false;
    }

    private bool Refuse(string code, int index, string name, Figure figure)
    {
        Problem = new FigureProblem(
            code, string.Create(CultureInfo.InvariantCulture, $"measurements[{index}].values.{Names.Shown(name)}"),
                Arguments(name, figure));
        return false;
    }

    private static Dictionary<string, string> Arguments(string name, Figure? figure) => new(StringComparer.Ordinal)
    {
        ["name"] = Names.Shown(name),
        ["figure"] = figure is FigureText text ? Names.Shown(text.Text) : "",
    };
}
