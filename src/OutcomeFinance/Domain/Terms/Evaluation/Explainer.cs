using System.Globalization;
using Iop.OutcomeFinance.Domain.Terms.Checking;
using Iop.OutcomeFinance.Domain.Terms.Numbers;
using Iop.OutcomeFinance.Domain.Terms.Printing;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Evaluation;

/// <summary>Writes down the steps from figures to öre. It asks the same nodes that computed the amounts, so it cannot tell
/// another story.</summary>
internal sealed class Explainer(ProgramPlan program)
{
    private readonly ExpressionPrinter _printer = new(program.Language);
    private readonly List<TraceStep> _steps = [];
    private string _period = "";
    private string _row = "";

    public IReadOnlyList<TraceStep> Steps => _steps;

    public void Step(string period, Step step, Frame frame)
    {
        (_period, _row) = (period, step.Name);
        Walk(step.Value, frame);
        Conclude(step is RowStep ? "trace.row" : "trace.value", step.Value, frame);
    }

    public void AfterRow(string period, AfterStep row, Frame frame)
    {
        (_period, _row) = (period, row.Name);
        Walk(row.Value, frame);
        Conclude("trace.after-row", row.Value, frame);
    }

    public void Payout(string period, Evaluator evaluator)
    {
        (_period, _row) = (period, Keyword.Payout.In(program.Language));
        Walk(program.Payout, evaluator.PayoutFrame);
        for (var at = 0; at < program.Rows.Length; at++)
        {
            var (gross, line) = (evaluator.Entitlements[at], evaluator.LineAmounts[at]);
            if (gross != line) Add("trace.cut", ("name", program.Rows[at].Name), ("from", Money(gross)), ("to", Money(line)));
        }

        var paid = Fraction.Of(evaluator.Paid, 100);
        Add("trace.payout", ("exact", Money(evaluator.PayoutNow)), ("paid", Money(paid)));
        Add("trace.due", ("paid", Money(paid)), ("before", Money(evaluator.Before)), ("due", Money(paid - evaluator.Before)));
    }

    /// <summary>What decided, from the inside out.</summary>
    private void Walk(Node node, Frame frame)
    {
        switch (node)
        {
            case SoFarNode:
                Walk(node.Children[0], frame.Cumulative);
                return;
            case ChoiceNode choice:
                Choice(choice, frame);
                return;
            case AggregateNode aggregate:
                Members(aggregate, frame);
                return; // what concerns single members is never shown
        }

        foreach (var child in node.Children) Walk(child, frame);
        switch (node)
        {
            case LimitedNode limited:
                Limits(limited, frame);
                break;
            case TableNode table:
                Band(table, frame);
                break;
            case CardNode card:
                Add("trace.card", ("card", card.Card.Name), ("value", Shown(card, frame)));
                break;
            case ArithmeticNode arithmetic:
                Add("trace.calculated", ("expression", Text(node)), ("numbers", Numbers(arithmetic, frame)),
                    ("value", Shown(node, frame)));
                break;
        }
    }

    private void Choice(ChoiceNode choice, Frame frame)
    {
        foreach (var (value, condition) in choice.Cases)
        {
            Walk(condition, frame);
            var holds = condition.Of(frame);
            Add(holds.IsMissing ? "trace.gate-unknown" : holds.IsYes ? "trace.gate-open" : "trace.gate-closed",
                ("condition", Text(condition)));
            if (holds.IsMissing) return;
            if (!holds.IsYes) continue;
            Walk(value, frame);
            return;
        }

        Walk(choice.Otherwise, frame);
    }

    private void Members(AggregateNode aggregate, Frame frame)
    {
        var tally = aggregate.Count(frame);
        Add(
            "trace.members",
            ("expression", Text(aggregate)), ("collection", aggregate.Collection.Name),
            ("members", Count(tally.Members)), ("chosen", Count(tally.Chosen)),
                ("value", ValueText.Of(tally.Result, aggregate.Type, program.Language)));
    }

    private void Limits(LimitedNode limited, Frame frame)
    {
        var value = limited.Inner.Of(frame);
        foreach (var step in limited.Steps)
        {
            if (value.IsMissing) return;
            var limitedTo = LimitedNode.Apply(step, value, frame);
            if (limitedTo.IsMissing) return;
            var decided = limitedTo.Number != value.Number;
            var code = step.Source.Kind switch
            {
                LimitKind.AtLeast => decided ? "trace.floor-decided" : "trace.floor-passed",
                LimitKind.AtMost => decided ? "trace.cap-decided" : "trace.cap-passed",
                _ => "trace.rounded",
            };
            Add(
                code,
                ("expression", Text(limited.Inner)), ("limit", _printer.LimitText(step.Source)),
                    ("bound", Shown(step.Bound, frame)),
                ("before", ValueText.Of(value, limited.Type, program.Language)),
                    ("value", ValueText.Of(limitedTo, limited.Type, program.Language)));
            value = limitedTo;
        }
    }

    private void Band(TableNode node, Frame frame)
    {
        var argument = node.Argument.Of(frame);
        if (argument.IsMissing) return;
        var shown = ValueText.Of(argument, node.Table.Argument, program.Language);
        if (node.Table.Marginal)
        {
            foreach (var band in node.Table.Bands)
            {
                var part = TableNode.PartWithin(frame, band, argument.Number);
                if (part.Sign <= 0) continue;
                var text = ValueText.Of(new Value(part), node.Table.Argument, program.Language);
                Add("trace.part", ("table", node.Table.Name), ("band", Printer.BoundsOf(band.Source, _printer)), ("part", text),
                    ("rate", Text(band.Value)));
            }
        }
        else if (node.BandOf(frame, argument, out _) is { } band)
        {
            var bounds = band.Source.Kind == BandKind.Otherwise
                ? Keyword.Otherwise.In(program.Language) : Printer.BoundsOf(band.Source, _printer);
            Add("trace.band", ("table", node.Table.Name), ("argument", shown), ("band", bounds), ("value", Shown(node, frame)));
        }
    }

    private void Conclude(string code, Node node, Frame frame)
    {
        var value = node.Of(frame);
        if (value.IsMissing) Add("trace.waits", ("name", _row), ("subject", value.Reason.Subject), ("reason", value.Reason.Code));
        else Add(code, ("name", _row), ("expression", Text(node)), ("value", ValueText.Of(value, node.Type, program.Language)));
    }

    private string Numbers(ArithmeticNode node, Frame frame)
    {
        var sign = node.Way switch
        {
            Operator.Add => "+",
            Operator.Subtract => "−",
            Operator.Divide => "/",
            Operator.Of => Keyword.Of.In(program.Language),
            _ => "×",
        };
        return $"{Shown(node.Children[0], frame)} {sign} {Shown(node.Children[1], frame)}";
    }

    private string Shown(Node node, Frame frame) => ValueText.Of(node.Of(frame), node.Type, program.Language);

    private string Text(Node node) => _printer.Value(node.Source);

    private string Money(Fraction amount) => $"{NumberText.Shown(amount, program.Language)} {program.Currency.Code}";

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Add(string code, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments) named[name] = value;
        _steps.Add(new TraceStep(_period, _row, code, named));
    }
}
