using Iop.OutcomeFinance.Domain.Terms.Evaluation;
using Iop.OutcomeFinance.Domain.Terms.Measuring;
using Iop.OutcomeFinance.Domain.Terms.Numbers;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Checking;

/// <summary>What is worth a question before signing although the text can be computed.</summary>
internal sealed class ContractChecks(ProgramPlan program, Scope scope, Diagnostics diagnostics)
{
    private readonly Ranges _ranges = new(program);

    public void Run()
    {
        Unused();
        NegativeRows();
        TotalCap();
        FallingLevels();
        KindsOfMeasures();
        CountedAsPersons();
        Unsaid();
    }

    private void Unused()
    {
        foreach (var symbol in scope.All.Where(symbol => !symbol.Used))
        {
            switch (symbol)
            {
                case ValueSymbol { IsRow: true }:
                    break;
                case ValueSymbol { Figure: not null } or CollectionSymbol:
                    diagnostics.Warn(symbol.At, "terms.unused-measure", ("name", symbol.Name));
                    break;
                default:
                    diagnostics.Warn(symbol.At, "terms.unused-name", ("name", symbol.Name));
                    break;
            }
        }

        foreach (var field in scope.All.OfType<CollectionSymbol>().Where(one => one.Used).SelectMany(one => one.Fields.Values)
            .Where(one => !one.Used))
        {
            diagnostics.Warn(field.At, "terms.unused-measure", ("name", field.Name));
        }
    }

    private void NegativeRows()
    {
        foreach (var row in program.Rows.Where(row => !row.Source.MayBeNegative && _ranges.Of(row.Value).MayBeNegative))
        {
            diagnostics.Warn(row.Source.At, "terms.row-may-be-negative", ("name", row.Name));
        }
    }

    private void TotalCap()
    {
        if (program.PayoutSource.WithoutCap || HasCap(program.Payout) || _ranges.Of(program.Payout).Most is not null) return;
        diagnostics.Warn(program.PayoutSource.At, "terms.no-total-cap");
    }

    private static bool HasCap(Node node) =>
        (node is LimitedNode limited && limited.Steps.Any(step => step.CountsEarlier)) || node.Children.Any(HasCap);

    /// <summary>A level that pays less for a better result is a mistake or a trap.</summary>
    private void FallingLevels()
    {
        foreach (var lookup in Nodes().OfType<TableNode>()
            .Where(one => one.Table is { Marginal: false, Argument.Kind: ValueKind.Quantity }).DistinctBy(one => one.Table))
        {
            var lowerIsBetter = LowerIsBetter(lookup.Argument);
            for (var index = 1; index < lookup.Table.Bands.Length; index++)
            {
                var (below, above) = (lookup.Table.Bands[index - 1], lookup.Table.Bands[index]);
                if (above.Lower is not ConstantNode { Value: var boundary }) continue;
                if (At(below, boundary) is not { } before || At(above, boundary) is not { } after) continue;
                if (lowerIsBetter ? after > before : after < before)
                    diagnostics.Warn(above.Source.At, "terms.levels-fall", ("name", lookup.Table.Name));
            }
        }
    }

    private bool LowerIsBetter(Node argument)
    {
        var slots = new HashSet<string>(StringComparer.Ordinal);
        Names(argument, slots);
        var measures = program.Measures.Concat(program.Collections.SelectMany(one => one.Fields))
            .Where(one => slots.Contains(one.Name)).ToList();
        return measures.Count > 0 && measures.All(one => one.Properties.LowerIsBetter);
    }

    private static void Names(Node node, HashSet<string> names)
    {
        if (node is SlotNode slot) names.Add(slot.Name);
        if (node is FieldNode field) names.Add(field.Name);
        foreach (var child in node.Children) Names(child, names);
    }

    /// <summary>The value of a band at an argument, when it depends on nothing else.</summary>
    private static Fraction? At(BandPlan band, Value argument)
    {
        if (!IsConstant(band.Value)) return null;
        var frame = new Frame(new Run { Collections = [] }, 0, null) { Argument = argument };
        var value = band.Value.Of(frame);
        return value.IsMissing ? null : value.Number;
    }

    private static bool IsConstant(Node node) =>
        node is ConstantNode or ArgumentNode or ArithmeticNode or LimitedNode or ChoiceNode or NegationNode or ComparisonNode
            && node.Children.All(IsConstant);

    private IEnumerable<Node> Nodes() => program.Steps.Select(step => step.Value).Append(program.Payout)
        .Concat(program.AfterRows.Select(row => row.Value))
        .Concat(program.Collections.SelectMany(one => one.Computed.Select(computed => computed.Value)))
        .SelectMany(Below);

    private static IEnumerable<Node> Below(Node node) => node.Children.SelectMany(Below).Prepend(node);

    private void KindsOfMeasures()
    {
        var kinds = program.Measures.Concat(program.Collections.SelectMany(one => one.Fields))
            .Select(one => one.Properties.Kind).Where(kind => kind != MeasureKind.Unstated).Distinct().ToList();
        if (kinds is [MeasureKind.Activity]) diagnostics.Warn(program.PayoutSource.At, "terms.only-activity-pays");
        if (kinds is [MeasureKind.Economic]) diagnostics.Warn(program.PayoutSource.At, "terms.only-economic-pays");
    }

    /// <summary>What is a number of persons is published with care; what the text leaves open is taken for one.</summary>
    private void CountedAsPersons()
    {
        var members = program.Collections.Where(one => CountedPersons.Are(one, program.Tree)).ToList();
        foreach (var collection in program.Collections)
        {
            var reads = WordsForPeople.Counts(program.Tree, collection.Name);
            if (reads && collection.Persons == Persons.Unstated)
                diagnostics.Note(collection.At, "terms.persons-unstated", ("name", collection.Name));
            if (reads && collection.Persons == Persons.NotCounted)
                diagnostics.Warn(collection.At, "terms.persons-denied", ("name", collection.Name));
        }

        foreach (var figure in program.Measures.Concat(program.Collections.Except(members).SelectMany(one => one.Fields)))
        {
            if (figure.Properties.Persons == Persons.Unstated && CountedPersons.Are(figure))
                diagnostics.Note(figure.At, "terms.persons-unstated", ("name", figure.Name));
            if (figure.Properties.Persons == Persons.NotCounted && CountedPersons.ReadsAsPeople(figure))
                diagnostics.Warn(figure.At, "terms.persons-denied", ("name", figure.Name));
        }
    }

    /// <summary>Choices the text leaves to the defaults of the language.</summary>
    private void Unsaid()
    {
        var mayFall = !program.PayoutSource.ClawbackAllowed
            && program.Measures.Concat(program.Collections.SelectMany(one => one.Fields))
            .Any(one => one.Properties.MayBeNegative || !one.AddsUp);
        if (mayFall) diagnostics.Note(program.PayoutSource.At, "terms.no-clawback");
        if (program.Rows.Length > 1 && !program.PayoutSource.CutEqually && program.Payout is not KnownNode)
            diagnostics.Note(program.PayoutSource.At, "terms.cut-last-first");
    }
}
