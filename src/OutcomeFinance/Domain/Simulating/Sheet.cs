using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Domain.Terms.Evaluation;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Simulating;

/// <summary>The figures of one run, for all periods, members and measures. Filled anew for every run, never built anew.</summary>
internal sealed class Sheet
{
    private readonly SimulatedContract _contract;
    private readonly Assumptions _assumptions;
    private readonly List<Cell> _cells = [];
    private readonly HashSet<string> _measured = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Measure, string? Member, string? Period), (Assumption One, string Path)> _byPlace = [];

    private Sheet(SimulatedContract contract, Assumptions assumptions) => (_contract, _assumptions) = (contract, assumptions);

    public IReadOnlyList<PeriodFigures> Figures { get; private set; } = [];

    /// <summary>Measures that can turn out in more than one way, in the order of the terms.</summary>
    public IEnumerable<string> Uncertain => _cells.Where(cell => !cell.Draw.IsCertain).Select(cell => cell.Measure)
        .Distinct(StringComparer.Ordinal);

    public static Sheet? Of(SimulatedContract contract, Assumptions assumptions, out Refusal? refusal)
    {
        var sheet = new Sheet(contract, assumptions);
        refusal = sheet.Place() ?? sheet.Build();
        return refusal is null ? sheet : null;
    }

    public void DrawAll(Xoshiro256 generator)
    {
        foreach (var cell in _cells) cell.Set(generator);
    }

    /// <summary>Every figure where so many thousandths of its outcomes lie below.</summary>
    public void SetAll(Func<Cell, int> thousandths)
    {
        foreach (var cell in _cells) cell.Set(thousandths(cell));
    }

    private ProgramPlan Plan => _contract.Program.Plan;

    /// <summary>Every assumption speaks of something the contract has, once.</summary>
    private Refusal? Place()
    {
        var measures = Plan.Measures.Select(one => one.Name).Concat(Plan.Collections.SelectMany(
            collection => FieldsOf(collection).Select(field => PathOf(collection, field)))).ToHashSet(StringComparer.Ordinal);
        foreach (var (at, group) in _assumptions.Groups.Index())
        {
            if (Plan.Collections.All(one => one.Name != group.Collection))
                return SimulationRefusals.Field($"groups[{at}].collection", "simulation.collection-unknown");
            if (group.Members.Distinct(StringComparer.Ordinal).Count() != group.Members.Count)
                return SimulationRefusals.Field($"groups[{at}].members", "simulation.member-twice");
        }

        foreach (var (at, one) in _assumptions.Measures.Index())
        {
            var path = $"assumptions[{at}]";
            if (!measures.Contains(one.Measure)) return SimulationRefusals.Field($"{path}.measure", "simulation.measure-unknown");
            if (one.Period is { } period && _contract.Periods.All(known => known.Key != period))
                return SimulationRefusals.Field($"{path}.period", "simulation.period-unknown");
            if (one.Member is { } member && !MembersOf(one.Measure.Split('/')[0]).Contains(member, StringComparer.Ordinal))
                return SimulationRefusals.Field($"{path}.member", "simulation.member-unknown");
            if (!_byPlace.TryAdd((one.Measure, one.Member, one.Period), (one, path)))
                return SimulationRefusals.Field($"{path}.measure", "simulation.assumed-twice");
        }

        return null;
    }

    private Refusal? Build()
    {
        var figures = new List<PeriodFigures>();
        foreach (var period in _contract.Periods)
        {
            var values = new Dictionary<string, Figure>(StringComparer.Ordinal);
            figures.Add(period.Verified ?? new PeriodFigures(period.Key, period.Final, values));
            if (period.Verified is not null) continue;
            foreach (var measure in Plan.Measures)
            {
                if (Add(values, measure.Name, measure, measure.Name, null, period.Key) is { } refusal) return refusal;
            }

            foreach (var collection in Plan.Collections)
            {
                if (Members(values, collection, period.Key) is { } refusal) return refusal;
            }

            if (_cells.Count > Assumptions.CellsMax) return SimulationRefusals.TooLarge;
        }

        Figures = figures;
        if (_contract.Periods.All(period => period.Verified is not null)) return null;
        return Everything().FirstOrDefault(measure => !_measured.Contains(measure) && !IsCarried(measure)) is { } missing
            ? SimulationRefusals.MeasureUnassumed(missing) : null;
    }

    /// <summary>It replaces, and has a value from before the amendment.</summary>
    private bool IsCarried(string measure) => Plan.MeasuresByName.TryGetValue(measure, out var figure)
        && !figure.AddsUp && figure.Written.Basic != BasicType.Codes
        && _contract.Earlier.Any(period => period.Values.ContainsKey(measure));

    private IEnumerable<string> Everything() => Plan.Measures.Select(one => one.Name)
        .Concat(Plan.Collections.SelectMany(one => FieldsOf(one).Select(field => PathOf(one, field))));

    private Refusal? Members(Dictionary<string, Figure> values, CollectionPlan collection, string period)
    {
        var members = new Dictionary<string, Figure>(StringComparer.Ordinal);
        foreach (var member in MembersOf(collection.Name))
        {
            var fields = new Dictionary<string, Figure>(StringComparer.Ordinal);
            foreach (var field in FieldsOf(collection))
            {
                var (into, key) = collection.Single is null ? (fields, field.Name) : (members, member);
                if (Add(into, key, field, PathOf(collection, field), member, period) is { } refusal) return refusal;
            }

            if (fields.Count > 0) members[member] = new FigureMap(fields);
        }

        if (members.Count > 0) values[collection.Name] = new FigureMap(members);
        return null;
    }

    private Refusal? Add(
        Dictionary<string, Figure> into, string key, FigurePlan figure, string measure, string? member, string period)
    {
        if (Closest(measure, member, period) is not { } assumed) return null;
        _measured.Add(measure);
        if (AssumptionReader.Read(assumed.One, assumed.Path, figure, Plan.Currency, out var refusal) is not { } draw)
            return refusal;
        var cell = new Cell(into, key, draw, measure, figure.Properties.LowerIsBetter);
        cell.Set(500);
        _cells.Add(cell);
        return null;
    }

    private (Assumption One, string Path)? Closest(string measure, string? member, string period)
    {
        foreach (var (one, other) in ((string?, string?)[])[(member, period), (member, null), (null, period), (null, null)])
        {
            if (_byPlace.TryGetValue((measure, one, other), out var found)) return found;
        }

        return null;
    }

    private IReadOnlyList<string> MembersOf(string collection) =>
        _assumptions.Groups.FirstOrDefault(group => group.Collection == collection)?.Members ?? [];

    private static IReadOnlyList<FigurePlan> FieldsOf(CollectionPlan collection) =>
        collection.Single is { } only ? [only] : collection.Fields;

    private static string PathOf(CollectionPlan collection, FigurePlan field) => $"{collection.Name}/{field.Name}";
}

/// <summary>One figure of a run and what it is drawn from.</summary>
internal sealed class Cell(Dictionary<string, Figure> into, string key, Draw draw, string measure, bool lowerIsBetter)
{
    private readonly FigureNumber _number = new();
    private Figure? _last;

    public Draw Draw => draw;

    public string Measure => measure;

    public bool LowerIsBetter => lowerIsBetter;

    public void Set(Xoshiro256 generator) => Set(draw.Next(generator, _number));

    public void Set(int thousandths) => Set(draw.Quantile(thousandths));

    private void Set(Figure figure)
    {
        if (ReferenceEquals(figure, _last)) return;
        into[key] = _last = figure;
    }
}
