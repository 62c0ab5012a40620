namespace Iop.OutcomeFinance.Domain.Terms.Syntax;

/// <summary>Reads what operators stand between: numbers with units, names, parentheses, and values over a collection.</summary>
internal sealed class OperandParser(TokenReader reader)
{
    public Expression Operand(ExpressionParser expressions)
    {
        var token = reader.Now;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return Quantity();
            case TokenKind.Name:
                reader.Take();
                return reader.Built(new NameOf(token.At, token.Text));
            case TokenKind.Text:
                reader.Take();
                return reader.Built(new CodeValue(token.At, token.Text));
            case TokenKind.Date:
                reader.Take();
                return reader.Built(new DateValue(token.At, token.Date));
            case TokenKind.Keyword:
                return Keyworded(expressions);
            default:
                if (!reader.Accept("(")) throw reader.Unexpected("…");
                var inside = expressions.Value();
                reader.Expect(")");
                return inside;
        }
    }

    private Expression Keyworded(ExpressionParser expressions)
    {
        var token = reader.Now;
        if (KindOfAggregate(token.Keyword) is { } kind) return Aggregate(kind, expressions);
        switch (token.Keyword)
        {
            case Keyword.Yes or Keyword.No:
                reader.Take();
                return reader.Built(new YesNo(token.At, token.Keyword == Keyword.Yes));
            case Keyword.PreviouslyPaid or Keyword.PeriodNumber or Keyword.PeriodYear or Keyword.TotalPaid
                or Keyword.PaidUnderEarlierTerms or Keyword.SumOfRows:
                reader.Take();
                return reader.Built(new Known(token.At, token.Keyword));
            default:
                throw reader.Unexpected("…");
        }
    }

    private Aggregate Aggregate(AggregateKind kind, ExpressionParser expressions)
    {
        var at = reader.Take().At;
        Expression? value = null;
        if (kind is AggregateKind.Sum or AggregateKind.Average or AggregateKind.Largest or AggregateKind.Smallest)
        {
            value = expressions.Sum();
            reader.Expect(Keyword.In);
        }

        var collection = reader.Name(Keyword.Collection.In(reader.Language));
        var where = reader.Accept(Keyword.Where) ? expressions.Condition() : null;
        if (kind is AggregateKind.All or AggregateKind.Any)
        {
            reader.Expect(Keyword.Satisfy);
            value = expressions.Condition();
        }

        if (kind == AggregateKind.Share && where is null) reader.Expect(Keyword.Where);
        Expression[] children = [.. new[] { value, where }.OfType<Expression>()];
        return reader.Built(new Aggregate(at, kind, value, collection, where), children);
    }

    private Quantity Quantity()
    {
        var number = reader.Take();
        var unit = UnitAfterNumber();
        var per = new List<string>();
        while (unit is not null && reader.Now.Is(Keyword.Per))
        {
            reader.Take();
            per.Add(UnitAfterPer());
        }

        return reader.Built(new Quantity(number.At, number.Number, number.Decimals, unit, per));
    }

    private string? UnitAfterNumber()
    {
        if (reader.Accept("%") || reader.Accept(Keyword.Percent)) return Units.Percent;
        if (reader.Accept(Keyword.PercentagePoints) || reader.Accept(Keyword.PercentagePoint)) return Units.Point;
        return reader.Now.Kind == TokenKind.Name ? reader.Take().Text : null;
    }

    public string UnitAfterPer()
    {
        if (reader.Accept(Keyword.PercentagePoint) || reader.Accept(Keyword.PercentagePoints)) return Units.Point;
        return reader.Name(Keyword.Unit.In(reader.Language));
    }

    private static AggregateKind? KindOfAggregate(Keyword keyword) => keyword switch
    {
        Keyword.SumOf => AggregateKind.Sum,
        Keyword.NumberOf => AggregateKind.Count,
        Keyword.ShareOf => AggregateKind.Share,
        Keyword.AverageOf => AggregateKind.Average,
        Keyword.LargestOf => AggregateKind.Largest,
        Keyword.SmallestOf => AggregateKind.Smallest,
        Keyword.AllIn => AggregateKind.All,
        Keyword.AnyIn => AggregateKind.Any,
        _ => null,
    };
}
