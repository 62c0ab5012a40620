using Iop.OutcomeFinance.Domain.Terms.Evaluation;
using Iop.OutcomeFinance.Domain.Terms.Printing;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Checking;

/// <summary>Comparisons, limits, choices, and what reads collections, tables and rate cards.</summary>
internal sealed partial class ExpressionBinder
{
    /// <summary>Tables that lead into tables; keeps recursion shallow.</summary>
    private const int TablesInTables = 10;

    private Node Compared(Comparison comparison)
    {
        var first = Node(comparison.First);
        var left = first;
        var rest = new List<(Comparator, Node)>();
        foreach (var (comparator, expression) in comparison.Rest)
        {
            var right = Node(expression);
            if (TypeRules.Common(left.Type, right.Type) is not { } common)
                return Mismatch(comparison, left, right, ExpressionPrinter.Sign(comparator));
            var ordered = common.IsQuantity || common.IsFaulty || common.Kind == ValueKind.Date;
            if (common.Kind == ValueKind.Codes || (!ordered && comparator is not (Comparator.Same or Comparator.Different)))
            {
                return Refuse(comparison, "terms.no-order", ("type", common.In(language)));
            }

            rest.Add((comparator, right));
            left = right;
        }

        return new ComparisonNode(comparison, first, [.. rest]);
    }

    private Node Bounded(Limited limited)
    {
        var rowsBefore = _standing.Rows.Count;
        var value = Node(limited.Value);
        var onRows = _standing.IsPayout && _standing.Rows.Count > rowsBefore;
        var type = value.Type;
        var steps = new List<LimitStep>();
        foreach (var limit in limited.Limits)
        {
            var bound = Node(limit.Bound);
            if (!type.IsQuantity && !type.IsFaulty && type.Kind != ValueKind.Date)
                return Refuse(limited, "terms.no-order", ("type", type.In(language)));
            if (TypeRules.Common(type, bound.Type) is not { } common)
            {
                return Refuse(limit.Bound, "terms.limit-differs", ("found", bound.Type.In(language)),
                    ("wanted", type.In(language)));
            }

            var rounds = limit.Kind is LimitKind.Nearest or LimitKind.Up or LimitKind.Down;
            if (rounds && bound is not ConstantNode { Value.Number.Sign: > 0 } && !bound.Type.IsFaulty)
                return Refuse(limit.Bound, "terms.rounding-step");
            type = common;
            steps.Add(new LimitStep(limit, bound, CountsEarlier: onRows && limit.Kind == LimitKind.AtMost));
        }

        return new LimitedNode(limited, type, value, [.. steps]);
    }

    private Node Chosen(Choice choice)
    {
        var cases = choice.Cases.Select(one => (Value: Node(one.Value), Condition: Node(one.Condition))).ToArray();
        foreach (var (_, condition) in cases) Insist(condition, TermType.YesNo);
        var otherwise = Node(choice.Otherwise);
        var type = otherwise.Type;
        foreach (var (value, _) in cases)
        {
            if (TypeRules.Common(type, value.Type) is not { } common)
                return Mismatch(choice, value, otherwise, Keyword.Otherwise.In(language));
            type = common;
        }

        return new ChoiceNode(choice, type, cases, otherwise);
    }

    private Node Aggregated(Aggregate aggregate)
    {
        if (scope.Inside is not null || scope.Parameter is not null) return Refuse(aggregate, "terms.collection-inside");
        if (scope.Find(aggregate.Collection, aggregate.At) is not { } symbol) return Faulty(aggregate);
        if (symbol is not CollectionSymbol collection)
            return Refuse(aggregate, "terms.not-a-collection", ("name", aggregate.Collection));
        scope.Inside = collection;
        var value = aggregate.Value is null ? null : Node(aggregate.Value);
        var where = aggregate.Where is null ? null : Node(aggregate.Where);
        scope.Inside = null;
        if (where is not null) Insist(where, TermType.YesNo);
        var asks = aggregate.Kind is AggregateKind.All or AggregateKind.Any;
        if (asks) Insist(value!, TermType.YesNo);
        else if (value is { Type: { IsQuantity: false, IsFaulty: false } })
        return Refuse(value.Source, "terms.wrong-type", ("found", value.Type.In(language)),
            ("wanted", Keyword.Number.In(language)));
        var type = aggregate.Kind switch
        {
            AggregateKind.Count => TermType.Unit(units.Resolve(collection.Unit, aggregate.At)),
            AggregateKind.Share => TermType.Ratio,
            _ => value!.Type,
        };
        return new AggregateNode(aggregate, type, aggregate.Kind, collection.Plan, value, where);
    }

    private Node LookedUp(Lookup lookup)
    {
        var value = Node(lookup.Value);
        switch (scope.Find(lookup.Table, lookup.At))
        {
            case TableSymbol table:
                if (TypeRules.Common(value.Type, table.Plan.Argument) is null)
                {
                    return Refuse(lookup, "terms.wrong-type", ("found", value.Type.In(language)),
                        ("wanted", table.Plan.Argument.In(language)));
                }

                _standing.TableDepth = Math.Max(_standing.TableDepth, table.Depth + 1);
                _standing.PeriodOnly |= table.PeriodOnly;
                if (table.Depth >= TablesInTables) return Refuse(lookup, "terms.too-deep", ("most", $"{TablesInTables}"));
                return new TableNode(lookup, table.Plan.Result, table.Plan, value);
            case CardSymbol card:
                Insist(value, TermType.Codes);
                _standing.PeriodOnly |= card.PeriodOnly;
                LearnCodes(value, card.Plan);
                return new CardNode(lookup, card.Type, card.Plan, value);
            case null:
                return Faulty(lookup);
            default:
                return Refuse(lookup, "terms.not-a-table", ("name", lookup.Table));
        }
    }

    /// <summary>Codes on no card that reads them are refused when figures arrive.</summary>
    private void LearnCodes(Node codes, CardPlan card)
    {
        var figure = codes switch
        {
            FieldNode field => scope.Inside?.Fields.GetValueOrDefault(field.Name)?.Figure,
            SlotNode slot => (scope.Find(slot.Name, codes.Source.At) as ValueSymbol)?.Figure,
            _ => null,
        };
        if (figure is null) return;
        figure.Codes ??= new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in card.Entries)
        {
            figure.Codes.Add(entry.Code);
            figure.Codes.UnionWith(entry.Requires);
        }
    }

    private Node Cumulative(SoFar soFar)
    {
        if (scope.Inside is not null || scope.Parameter is not null) return Refuse(soFar, "terms.so-far-inside");
        var outside = _standing.PeriodOnly;
        var inside = Node(soFar.Value);
        if (_standing.PeriodOnly && !outside) return Refuse(soFar, "terms.only-per-period", ("word", Keyword.SoFar.In(language)));
        return new SoFarNode(soFar, inside);
    }
}
