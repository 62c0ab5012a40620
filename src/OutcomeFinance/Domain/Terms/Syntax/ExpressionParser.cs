namespace Iop.OutcomeFinance.Domain.Terms.Syntax;

/// <summary>Reads expressions, weakest binding first: limits, choice, or, and, not, comparison, sum, product, sign,
/// "enligt".</summary>
internal sealed class ExpressionParser(TokenReader reader)
{
    private readonly OperandParser _operands = new(reader);

    /// <summary>A value with limits after it, as in a statement or within parentheses.</summary>
    public Expression Value()
    {
        reader.Deeper();
        var value = Choice();
        var limits = new List<Limit>();
        while (reader.Now.Is(",") && KindOfLimit(reader.Next) is { } kind)
        {
            reader.Take();
            limits.Add(new Limit(reader.Take().At, kind, Sum()));
            if (reader.Now.Is(Keyword.If)) throw Refuse("terms.limit-before-if");
        }

        reader.Shallower();
        return limits.Count == 0
            ? value
            : reader.Built(new Limited(value.At, value, limits), [value, .. limits.Select(limit => limit.Bound)]);
    }

    public Expression Sum()
    {
        var left = Product();
        while (reader.Now.Is("+") || reader.Now.Is("−"))
        {
            var sign = reader.Take();
            left = Join(sign.Text == "+" ? Operator.Add : Operator.Subtract, left, Product());
        }

        return left;
    }

    public Expression Condition()
    {
        var left = Both();
        while (reader.Accept(Keyword.Or)) left = Join(Operator.Or, left, Both());
        return left;
    }

    private Expression Choice()
    {
        var first = Condition();
        if (!reader.Accept(Keyword.If)) return first;
        var cases = new List<(Expression Value, Expression Condition)> { (first, Condition()) };
        while (true)
        {
            if (!reader.Now.Is(",")) throw Refuse("terms.otherwise-missing");
            reader.Take();
            if (reader.Accept(Keyword.Otherwise)) break;
            if (KindOfLimit(reader.Now) is not null) throw Refuse("terms.otherwise-missing");
            var value = Condition();
            reader.Expect(Keyword.If);
            cases.Add((value, Condition()));
        }

        var otherwise = Condition();
        return reader.Built(
            new Choice(first.At, cases, otherwise),
                [otherwise, .. cases.Select(one => one.Value), .. cases.Select(one => one.Condition)]);
    }

    private Expression Both()
    {
        var left = Not();
        while (reader.Accept(Keyword.And)) left = Join(Operator.And, left, Not());
        return left;
    }

    private Expression Not()
    {
        if (!reader.Now.Is(Keyword.Not)) return Compared();
        reader.Deeper();
        var at = reader.Take().At;
        var operand = Not();
        reader.Shallower();
        return reader.Built(new Negation(at, operand, Logical: true), operand);
    }

    private Expression Compared()
    {
        var first = Sum();
        if (reader.Accept(Keyword.Contains)) return Join(Operator.Contains, first, Sum());
        var rest = new List<(Comparator Comparator, Expression Right)>();
        while (ComparatorOf(reader.Now) is { } comparator)
        {
            reader.Take();
            rest.Add((comparator, Sum()));
        }

        return rest.Count == 0
            ? first : reader.Built(new Comparison(first.At, first, rest), [first, .. rest.Select(one => one.Right)]);
    }

    private Expression Product()
    {
        var left = Signed();
        while (true)
        {
            if (reader.Accept("×")) left = Join(Operator.Multiply, left, Signed());
            else if (reader.Accept("/")) left = Join(Operator.Divide, left, Signed());
            else if (reader.Accept(Keyword.Of)) left = Join(Operator.Of, left, Signed());
            else return left;
        }
    }

    private Expression Signed()
    {
        if (!reader.Now.Is("−")) return Postfix();
        reader.Deeper();
        var at = reader.Take().At;
        var operand = Signed();
        reader.Shallower();
        return reader.Built(new Negation(at, operand, Logical: false), operand);
    }

    private Expression Postfix()
    {
        var value = _operands.Operand(this);
        while (true)
        {
            if (reader.Accept(Keyword.AccordingTo))
                value = reader.Built(new Lookup(value.At, value, reader.Name("tabell")), value);
            else if (reader.Accept(Keyword.ToThePowerOf)) value = Join(Operator.Power, value, _operands.Operand(this));
            else if (reader.Accept(Keyword.SoFar)) value = reader.Built(new SoFar(value.At, value), value);
            else return value;
        }
    }

    private Operation Join(Operator way, Expression left, Expression right) =>
        reader.Built(new Operation(left.At, way, left, right), left, right);

    private StatementUnreadable Refuse(string code)
    {
        reader.Diagnostics.Error(reader.Now.At, code);
        return new StatementUnreadable();
    }

    private static LimitKind? KindOfLimit(Token token) => token.Kind != TokenKind.Keyword ? null : token.Keyword switch
    {
        Keyword.AtLeast => LimitKind.AtLeast,
        Keyword.AtMost => LimitKind.AtMost,
        Keyword.RoundedTo => LimitKind.Nearest,
        Keyword.RoundedUpTo => LimitKind.Up,
        Keyword.RoundedDownTo => LimitKind.Down,
        _ => null,
    };

    private static Comparator? ComparatorOf(Token token) => token.Kind != TokenKind.Symbol ? null : token.Text switch
    {
        "≥" => Comparator.AtLeast,
        ">" => Comparator.Above,
        "≤" => Comparator.AtMost,
        "<" => Comparator.Below,
        "=" => Comparator.Same,
        "≠" => Comparator.Different,
        _ => null,
    };
}
