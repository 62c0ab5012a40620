using System.Globalization;
using Iop.Kernel;

namespace Iop.FollowUp.Domain.Measuring;

/// <summary>What is measured: a measure of the contract's terms, or a field of one of its collections.</summary>
internal sealed class Measure
{
    /// <summary>As many as the terms compute on.</summary>
    public const int CodesMax = 1_000;

    private static readonly string[] Numeric = ["money", "number", "count", "percent"];

    public required ContractRef ContractId { get; init; }

    public required int Position { get; set; }

    /// <summary>The measure, or collection/field.</summary>
    public required string Path { get; init; }

    /// <summary>money, number, count, percent, boolean, date, code or codes.</summary>
    public required string Type { get; init; }

    /// <summary>latest or additive.</summary>
    public required string Accumulation { get; init; }

    public string? Unit { get; init; }

    public required bool MayBeNegative { get; init; }

    /// <summary>Its collection's members are people: they are reported by opaque keys and in no other way.</summary>
    public bool PerPerson { get; init; }

    public FigureType WrittenAs => Numeric.Contains(Type, StringComparer.Ordinal) ? FigureType.Number
        : Type is "boolean" ? FigureType.Boolean : FigureType.Code;

    /// <summary>The collection it is a field of; null for a measure of its own.</summary>
    public string? Collection => Path.Split('/') is [var collection, _] ? collection : null;

    public Refusal? Refuses(Figure figure, string shown) =>
        figure.Type != WrittenAs ? FollowUpRefusals.FigureMalformed(shown, Type) : Fault(figure.Value) switch
        {
            null => null,
            FigureFault.Negative => FollowUpRefusals.FigureNegative(shown),
            FigureFault.NotWhole => FollowUpRefusals.FigureNotWhole(shown),
            _ => FollowUpRefusals.FigureMalformed(shown, Type),
        };

    /// <summary>Null when the value is written as the type is.</summary>
    public FigureFault? Fault(string value)
    {
        if (!IsReadable(value)) return FigureFault.Malformed;
        if (WrittenAs is not FigureType.Number) return null;
        if (!MayBeNegative && Figure.IsNegative(value)) return FigureFault.Negative;
        return Type is "count" && !Figure.IsWhole(value) ? FigureFault.NotWhole : null;
    }

    private bool IsReadable(string value) => Type switch
    {
        "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "codes" => value.Split(',') is { Length: <= CodesMax } codes && codes.All(code => Figure.IsCode(code.Trim())),
        "code" => Figure.IsCode(value),
        "boolean" => value is "true" or "false",
        _ => Figure.IsNumber(value),
    };
}

internal enum FigureFault
{
    Malformed,
    Negative,
    NotWhole,
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

    public static bool IsCode(string value) => value.Length is > 0 and <= KeyLengthMax;

    public static bool IsNegative(string value) =>
        value.StartsWith('-') && value.Any(letter => letter is >= '1' and <= '9');

    public static bool IsWhole(string value) => value.IndexOf('.', StringComparison.Ordinal) is var point
        && (point < 0 || value[(point + 1)..].All(letter => letter == '0'));

    /// <summary>A decimal string: a sign, digits, perhaps a point and digits. No thousands separators, no exponent.</summary>
    public static bool IsNumber(string text)
    {
        var digits = text.StartsWith('-') ? text[1..] : text;
        var parts = digits.Split('.');
        return parts.Length <= 2 && parts.All(part => part.Length > 0 && part.All(char.IsAsciiDigit))
            && parts.Sum(part => part.Length) <= DigitsMax;
    }
}
