using System.Globalization;
using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Printing;

/// <summary>Writes expressions in one of the languages, with only the parentheses that are needed.</summary>
internal sealed class ExpressionPrinter(TermsLanguage language)
{
    // How tightly each form binds; a looser form inside a tighter one needs parentheses.
    private const int LimitedLevel = 0, ChoiceLevel = 1, OrLevel = 2, AndLevel = 3, NotLevel = 4, CompareLevel = 5, SumLevel = 6,
        ProductLevel = 7,
        SignLevel = 8, PostfixLevel = 9, OperandLevel = 10;

    /// <summary>As it stands after "=": limits and choices need no parentheses.</summary>
    public string Value(Expression expression) => Print(expression, LimitedLevel);

    public string Sum(Expression expression) => Print(expression, SumLevel);

    public string Name(string name) => Names.IsPlain(name, language) ? name : $"[{name}]";

    public string Word(Keyword keyword) => keyword.In(language);

    private string Print(Expression expression, int least)
    {
        var text = Bare(expression);
        return LevelOf(expression) < least ? $"({text})" : text;
    }

    private string Bare(Expression expression) => expression switch
    {
        Quantity quantity => QuantityText(quantity),
        YesNo yesNo => Word(yesNo.Yes ? Keyword.Yes : Keyword.No),
        DateValue date => date.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        CodeValue code => $"\"{code.Code}\"",
        NameOf name => Name(name.Name),
        Known known => Word(known.What),
        Negation { Logical: true } negation => $"{Word(Keyword.Not)} {Print(negation.Operand, NotLevel)}",
        Negation negation => "−" + Print(negation.Operand, SignLevel),
        Operation operation => OperationText(operation),
        Comparison comparison => ComparisonText(comparison),
        Limited limited => LimitedText(limited),
        Choice choice => ChoiceText(choice),
        Aggregate aggregate => AggregateText(aggregate),
        Lookup lookup => $"{Print(lookup.Value, PostfixLevel)} {Word(Keyword.AccordingTo)} {Name(lookup.Table)}",
        SoFar soFar => $"{Print(soFar.Value, PostfixLevel)} {Word(Keyword.SoFar)}",
        _ => throw new InvalidOperationException(expression.GetType().Name),
    };

    private static int LevelOf(Expression expression) => expression switch
    {
        Limited => LimitedLevel,
        Choice => ChoiceLevel,
        Aggregate { Where: not null } or Aggregate { Kind: AggregateKind.All or AggregateKind.Any } => ChoiceLevel,
        Operation { Operator: Operator.Or } => OrLevel,
        Operation { Operator: Operator.And } => AndLevel,
        Negation { Logical: true } => NotLevel,
        Comparison or Operation { Operator: Operator.Contains } => CompareLevel,
        Operation { Operator: Operator.Add or Operator.Subtract } => SumLevel,
        Operation { Operator: Operator.Power } => PostfixLevel,
        Operation => ProductLevel,
        Negation => SignLevel,
        Lookup or SoFar => PostfixLevel,
        _ => OperandLevel,
    };

    private string QuantityText(Quantity quantity)
    {
        var grouped = quantity.Unit is not null || quantity.Number >= Numbers.Fraction.Of(10_000);
        var text = NumberText.Exact(quantity.Number, quantity.Decimals, grouped, language);
        if (quantity.Unit is null) return text;
        text += quantity.Unit switch
        {
            Units.Percent => " %",
            Units.Point => " " + Word(Keyword.PercentagePoints),
            var unit => " " + Name(unit),
        };
        return text + Per(quantity.Per);
    }

    public string Per(IReadOnlyList<string> units) => string.Concat(units.Select(unit =>
        $" {Word(Keyword.Per)} {(unit == Units.Point ? Word(Keyword.PercentagePoint) : Name(unit))}"));

    private string OperationText(Operation operation)
    {
        var (sign, level) = operation.Operator switch
        {
            Operator.Add => ("+", SumLevel),
            Operator.Subtract => ("−", SumLevel),
            Operator.Multiply => ("×", ProductLevel),
            Operator.Divide => ("/", ProductLevel),
            Operator.Of => (Word(Keyword.Of), ProductLevel),
            Operator.And => (Word(Keyword.And), AndLevel),
            Operator.Or => (Word(Keyword.Or), OrLevel),
            Operator.Power => (Word(Keyword.ToThePowerOf), PostfixLevel),
            _ => (Word(Keyword.Contains), CompareLevel),
        };
        var left = operation.Operator == Operator.Contains ? SumLevel : level;
        return $"{Print(operation.Left, left)} {sign} {Print(operation.Right, level + 1)}";
    }

    private string ComparisonText(Comparison comparison) =>
        Print(comparison.First, SumLevel)
            + string.Concat(comparison.Rest.Select(one => $" {Sign(one.Comparator)} {Print(one.Right, SumLevel)}"));

    public static string Sign(Comparator comparator) => comparator switch
    {
        Comparator.AtLeast => "≥",
        Comparator.Above => ">",
        Comparator.AtMost => "≤",
        Comparator.Below => "<",
        Comparator.Same => "=",
        _ => "≠",
    };

    private string LimitedText(Limited limited) =>
        Print(limited.Value, ChoiceLevel) + string.Concat(limited.Limits.Select(limit => ", " + LimitText(limit)));

    public string LimitText(Limit limit) => $"{Word(WordOf(limit.Kind))} {Print(limit.Bound, SumLevel)}";

    private static Keyword WordOf(LimitKind kind) => kind switch
    {
        LimitKind.AtLeast => Keyword.AtLeast,
        LimitKind.AtMost => Keyword.AtMost,
        LimitKind.Nearest => Keyword.RoundedTo,
        LimitKind.Up => Keyword.RoundedUpTo,
        _ => Keyword.RoundedDownTo,
    };

    private string ChoiceText(Choice choice)
    {
        var cases = choice.Cases.Select(one => $"{Print(one.Value, OrLevel)} {Word(Keyword.If)} {Print(one.Condition, OrLevel)}");
        return $"{string.Join(", ", cases)}, {Word(Keyword.Otherwise)} {Print(choice.Otherwise, OrLevel)}";
    }

    private string AggregateText(Aggregate aggregate)
    {
        var collection = Name(aggregate.Collection);
        var where = aggregate.Where is null ? "" : $" {Word(Keyword.Where)} {Print(aggregate.Where, OrLevel)}";
        var word = Word(WordOf(aggregate.Kind));
        return aggregate.Kind switch
        {
            AggregateKind.Count or AggregateKind.Share => $"{word} {collection}{where}",
            AggregateKind.All or AggregateKind.Any =>
                $"{word} {collection}{where} {Word(Keyword.Satisfy)} {Print(aggregate.Value!, OrLevel)}",
            _ => $"{word} {Print(aggregate.Value!, SumLevel)} {Word(Keyword.In)} {collection}{where}",
        };
    }

    private static Keyword WordOf(AggregateKind kind) => kind switch
    {
        AggregateKind.Sum => Keyword.SumOf,
        AggregateKind.Count => Keyword.NumberOf,
        AggregateKind.Share => Keyword.ShareOf,
        AggregateKind.Average => Keyword.AverageOf,
        AggregateKind.Largest => Keyword.LargestOf,
        AggregateKind.Smallest => Keyword.SmallestOf,
        AggregateKind.All => Keyword.AllIn,
        _ => Keyword.AnyIn,
    };
}
