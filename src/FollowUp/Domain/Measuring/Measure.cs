using System.Globalization;
using Iop.Kernel;

namespace Iop.FollowUp.Domain.Measuring;

/// <summary>What is measured: a measure of the contract's terms, or a field of one of its collections.</summary>
internal sealed class Measure
{
    private static readonly string[] Numeric = ["money", "number", "count", "percent"];

    public required ContractRef ContractId { get; init; }

    public required int Position { get; init; }

    /// <summary>The measure, or collection/field.</summary>
    public required string Path { get; init; }

    /// <summary>money, number, count, percent, boolean, date or code.</summary>
    public required string Type { get; init; }

    /// <summary>latest or additive.</summary>
    public required string Accumulation { get; init; }

    public string? Unit { get; init; }

    public required bool MayBeNegative { get; init; }

    public Refusal? Refuses(Figure figure)
    {
        var wanted = Numeric.Contains(Type, StringComparer.Ordinal) ? FigureType.Number : Type is "boolean" ? FigureType.Boolean
            : FigureType.Code;
        if (figure.Type != wanted || !figure.IsReadable) return FollowUpRefusals.FigureMalformed(figure.Path, Type);
        if (Type is "date" && !DateOnly.TryParseExact(
            figure.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return FollowUpRefusals.FigureMalformed(figure.Path, Type);
        if (wanted is not FigureType.Number) return null;
        if (!MayBeNegative && figure.IsNegative) return FollowUpRefusals.FigureNegative(figure.Path);
        return Type is "count" && !figure.IsWhole ? FollowUpRefusals.FigureNotWhole(figure.Path) : null;
    }
}

internal enum FigureType
{
    Number,
    Boolean,
    Code,
}

/// <summary>One measured figure. Its value is text, exactly as reported: nobody rounds on the way.</summary>
internal sealed class Figure
{
    private const int DigitsMax = 30;
    private const int KeyLengthMax = 60;

    public required MeasurementId Measurement { get; init; }

    public required ContractRef ContractId { get; init; }

    /// <summary>The measure, or collection/key/field for figures within a collection.</summary>
    public required string Path { get; init; }

    public required FigureType Type { get; init; }

    public required string Value { get; init; }

    /// <summary>The path without the key, as the contract names the measure; null when the path is no path.</summary>
    public string? MeasurePath => Path.Split('/') switch
    {
        [var measure] => measure,
        [var collection, { Length: > 0 and <= KeyLengthMax }, var measured] => $"{collection}/{measured}",
        _ => null,
    };

    public bool IsReadable => Type switch
    {
        FigureType.Number => IsNumber(Value),
        FigureType.Boolean => Value is "true" or "false",
        _ => Value.Length is > 0 and <= KeyLengthMax,
    };

    public bool IsNegative => Value.StartsWith('-') && Value.Any(letter => letter is >= '1' and <= '9');

    public bool IsWhole => Value.IndexOf('.', StringComparison.Ordinal) is var point
        && (point < 0 || Value[(point + 1)..].All(letter => letter == '0'));

    /// <summary>A decimal string: a sign, digits, perhaps a point and digits. No thousands separators, no exponent.</summary>
    private static bool IsNumber(string text)
    {
        var digits = text.StartsWith('-') ? text[1..] : text;
        var parts = digits.Split('.');
        return parts.Length <= 2 && parts.All(part => part.Length > 0 && part.All(char.IsAsciiDigit))
            && parts.Sum(part => part.Length) <= DigitsMax;
    }
}
