using Iop.OutcomeFinance.Domain.Terms.Numbers;

namespace Iop.OutcomeFinance.Domain.Terms.Syntax;

/// <summary>A node of an expression as it was written. Parentheses are not kept: the printer puts them where they are
/// needed.</summary>
internal abstract record Expression(Place At)
{
    /// <summary>The longest way down to a leaf.</summary>
    public int Height { get; init; } = 1;
}

/// <summary>A number with what it counts: <c>15,12 SEK per dag</c>.</summary>
/// <param name="Decimals">How many decimals were written.</param>
/// <param name="Unit">Null for a bare number, else a unit, a currency, <see cref="Units.Percent"/> or
/// <see cref="Units.Point"/>.</param>
/// <param name="Per">What stands after each "per".</param>
internal sealed record Quantity(Place At, Fraction Number, int Decimals, string? Unit, IReadOnlyList<string> Per)
    : Expression(At);

internal sealed record YesNo(Place At, bool Yes) : Expression(At);

internal sealed record DateValue(Place At, DateOnly Date) : Expression(At);

internal sealed record CodeValue(Place At, string Code) : Expression(At);

internal sealed record NameOf(Place At, string Name) : Expression(At);

/// <summary>A value the engine knows: paid earlier, the period's number …</summary>
internal sealed record Known(Place At, Keyword What) : Expression(At);

internal sealed record Negation(Place At, Expression Operand, bool Logical) : Expression(At);

internal enum Operator
{
    Add,
    Subtract,
    Multiply,
    Of,
    Divide,
    And,
    Or,
    Contains,
    Power,
}

internal sealed record Operation(Place At, Operator Operator, Expression Left, Expression Right) : Expression(At);

internal enum Comparator
{
    AtLeast,
    Above,
    AtMost,
    Below,
    Same,
    Different,
}

/// <summary>One comparison, or a chain of them: <c>20 % ≤ x &lt; 30 %</c>.</summary>
internal sealed record Comparison(Place At, Expression First, IReadOnlyList<(Comparator Comparator, Expression Right)> Rest)
    : Expression(At);

internal enum LimitKind
{
    AtLeast,
    AtMost,
    Nearest,
    Up,
    Down,
}

internal sealed record Limit(Place At, LimitKind Kind, Expression Bound);

/// <summary>A value and its limits, applied in the order they stand.</summary>
internal sealed record Limited(Place At, Expression Value, IReadOnlyList<Limit> Limits) : Expression(At);

/// <summary>The first value whose condition holds.</summary>
internal sealed record Choice(Place At, IReadOnlyList<(Expression Value, Expression Condition)> Cases, Expression Otherwise)
    : Expression(At);

internal enum AggregateKind
{
    Sum,
    Count,
    Share,
    Average,
    Largest,
    Smallest,
    All,
    Any,
}

/// <summary>One value from many: <c>summan av pris i deltagare där klar</c>. For all/any the value is the condition to
/// satisfy.</summary>
internal sealed record Aggregate(Place At, AggregateKind Kind, Expression? Value, string Collection, Expression? Where)
    : Expression(At);

/// <summary>A value read through a table or a rate card: <c>minskning enligt trappa</c>.</summary>
internal sealed record Lookup(Place At, Expression Value, string Table) : Expression(At);

/// <summary>Inside a row per period: the value on everything measured so far.</summary>
internal sealed record SoFar(Place At, Expression Value) : Expression(At);

/// <summary>The two units that are signs of the language rather than words of a text.</summary>
internal static class Units
{
    public const string Percent = "%";
    public const string Point = "%-point";
    public const string Days = "dagar";

    private static readonly Dictionary<string, string> BuiltIn = new(StringComparer.Ordinal)
    {
        ["dag"] = Days, ["dagar"] = Days, ["day"] = Days, ["days"] = Days,
    };

    /// <summary>Days are known in all their forms, because the difference of two dates is counted in them.</summary>
    public static bool TryBuiltIn(string word, out string unit) => BuiltIn.TryGetValue(word, out unit!);

    public static bool IsCurrency(string word) => word.Length == 3 && word.All(char.IsAsciiLetterUpper);
}
