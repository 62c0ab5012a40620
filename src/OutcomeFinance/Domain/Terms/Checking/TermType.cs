using Iop.OutcomeFinance.Domain.Terms.Syntax;

namespace Iop.OutcomeFinance.Domain.Terms.Checking;

/// <summary>What a number without a unit means. A ratio came out of a division and may be read as a number or as a
/// percentage.</summary>
internal enum Flavour
{
    Number,
    Percent,
    Points,
    Ratio,

    /// <summary>A bare 0, which is nothing of anything.</summary>
    Zero,
}

internal enum ValueKind
{
    Quantity,
    YesNo,
    Date,
    Code,
    Codes,

    /// <summary>The type of what is already reported as wrong; it fits everywhere.</summary>
    Faulty,
}

/// <summary>The type of a value: a quantity with units to whole powers, or one of the kinds that do not count anything.</summary>
/// <param name="Dimension">Units and their powers in order, empty for plain numbers: "SEK", "SEK·personer^-1".</param>
internal sealed record TermType(ValueKind Kind, Dimension Dimension, Flavour Flavour)
{
    public static TermType Number { get; } = Plain(Flavour.Number);

    public static TermType Percent { get; } = Plain(Flavour.Percent);

    public static TermType Points { get; } = Plain(Flavour.Points);

    public static TermType Ratio { get; } = Plain(Flavour.Ratio);

    public static TermType Zero { get; } = Plain(Flavour.Zero);

    public static TermType YesNo { get; } = new(ValueKind.YesNo, Dimension.None, Flavour.Number);

    public static TermType Date { get; } = new(ValueKind.Date, Dimension.None, Flavour.Number);

    public static TermType Code { get; } = new(ValueKind.Code, Dimension.None, Flavour.Number);

    public static TermType Codes { get; } = new(ValueKind.Codes, Dimension.None, Flavour.Number);

    public static TermType Faulty { get; } = new(ValueKind.Faulty, Dimension.None, Flavour.Number);

    public bool IsFaulty => Kind == ValueKind.Faulty;

    public bool IsQuantity => Kind == ValueKind.Quantity;

    public bool IsPlain => IsQuantity && Dimension.IsNone;

    public bool IsZero => IsPlain && Flavour == Flavour.Zero;

    public static TermType Of(Dimension dimension) =>
        dimension.IsNone ? Ratio : new TermType(ValueKind.Quantity, dimension, Flavour.Number);

    public static TermType Unit(string unit) => Of(Dimension.Of(unit));

    /// <summary>As a reader would say it.</summary>
    public string In(TermsLanguage language) => Kind switch
    {
        ValueKind.YesNo => $"{Keyword.Yes.In(language)}/{Keyword.No.In(language)}",
        ValueKind.Date => Keyword.Date.In(language),
        ValueKind.Code => Keyword.Code.In(language),
        ValueKind.Codes => Keyword.Codes.In(language),
        ValueKind.Faulty => "?",
        _ when !Dimension.IsNone => Dimension.In(language),
        _ => Flavour switch
        {
            Flavour.Percent or Flavour.Ratio => Keyword.Percent.In(language),
            Flavour.Points => Keyword.PercentagePoints.In(language),
            _ => Keyword.Number.In(language),
        },
    };

    private static TermType Plain(Flavour flavour) => new(ValueKind.Quantity, Dimension.None, flavour);
}

/// <summary>Units with their powers, in alphabetical order.</summary>
internal sealed record Dimension
{
    private readonly (string Unit, int Power)[] _powers;
    private readonly string _key;

    private Dimension(IEnumerable<(string Unit, int Power)> powers)
    {
        _powers = [.. powers.Where(one => one.Power != 0).OrderBy(one => one.Unit, StringComparer.Ordinal)];
        _key = string.Join('·', _powers.Select(one => FormattableString.Invariant($"{one.Unit}^{one.Power}")));
    }

    public static Dimension None { get; } = new([]);

    public bool IsNone => _powers.Length == 0;

    public static Dimension Of(string unit) => new([(unit, 1)]);

    public int PowerOf(string unit) => _powers.FirstOrDefault(one => one.Unit == unit).Power;

    public Dimension Times(Dimension other, int power = 1) => IsNone && power == 1 ? other : other.IsNone ? this : new Dimension(
        _powers.Concat(other._powers.Select(one => (one.Unit, one.Power * power)))
            .GroupBy(one => one.Item1, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Sum(one => one.Item2))));

    public bool Equals(Dimension? other) => other is not null && _key == other._key;

    public override int GetHashCode() => _key.GetHashCode(StringComparison.Ordinal);

    public string In(TermsLanguage language)
    {
        var above =
            string.Join(" × ", _powers.Where(one => one.Power > 0).SelectMany(one => Enumerable.Repeat(one.Unit, one.Power)));
        var below = _powers.Where(one => one.Power < 0).SelectMany(one => Enumerable.Repeat(one.Unit, -one.Power))
            .Select(unit => $" {Keyword.Per.In(language)} {(unit == Units.Point ? Keyword.PercentagePoint.In(language) : unit)}");
        return (above.Length == 0 ? "1" : above) + string.Concat(below);
    }
}
