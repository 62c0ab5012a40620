namespace Iop.Kernel;

/// <summary>A Swedish organisation number: ten digits with a check digit (Luhn), third digit at least 2.
/// A personal identity number is refused: it is personal data.</summary>
public readonly record struct OrganisationNumber
{
    private OrganisationNumber(string digits) => Digits = digits;

    /// <summary>Ten digits, as stored.</summary>
    public string Digits { get; }

    /// <summary>Reads <c>NNNNNN-NNNN</c>, ten digits, or <c>16</c> and ten digits.</summary>
    /// <returns>Null and the number, or why not: <c>organisation-number.malformed</c>, <c>.personal</c>,
    /// <c>.check-digit</c>.</returns>
    public static Refusal? TryParse(string? text, out OrganisationNumber number)
    {
        number = default;
        if (text is null || text.Length > LongestText) return Malformed;
        var digits = text.Trim().Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (!digits.All(char.IsAsciiDigit)) return Malformed;
        if (digits.Length == 12 && digits.StartsWith("16", StringComparison.Ordinal)) digits = digits[2..];
        if (digits.Length == 12 && digits[..2] is "18" or "19" or "20") return Personal;
        if (digits.Length != 10) return Malformed;
        if (digits[2] < '2') return Personal;
        if (!CheckDigitHolds(digits)) return new Refusal("organisation-number.check-digit", RefusalKind.Malformed);
        number = new OrganisationNumber(digits);
        return null;
    }

    /// <summary>A clearly marked test number (group digit, 0, 9999, serial, check digit): allowed outside Production
    /// only.</summary>
    public bool IsTestNumber => Digits.AsSpan(1, 5).SequenceEqual("09999");

    /// <summary>As Swedes write it: <c>NNNNNN-NNNN</c>.</summary>
    public override string ToString() => $"{Digits[..6]}-{Digits[6..]}";

    private const int LongestText = 20;

    private static readonly Refusal Malformed = new("organisation-number.malformed", RefusalKind.Malformed);
    private static readonly Refusal Personal = new("organisation-number.personal", RefusalKind.Malformed);

    private static bool CheckDigitHolds(string digits)
    {
        var sum = 0;
        for (var place = 0; place < digits.Length; place++)
        {
            var value = (digits[place] - '0') * (place % 2 == 0 ? 2 : 1);
            sum += value > 9 ? value - 9 : value;
        }
        return sum % 10 == 0;
    }
}
