namespace Iop.OutcomeFinance.Domain.Invoicing;

internal enum AccountKind
{
    Bankgiro,
    Iban,
}

/// <summary>Where money is sent. Digits and letters alone, as they are stored.</summary>
internal sealed record PaymentAccount(AccountKind Kind, string Number);

/// <summary>Numbers of accounts and taxes that carry their own check.</summary>
internal static class Accounts
{
    private const int IbanLeast = 15;
    private const int IbanMost = 34;

    /// <summary>Without blanks and hyphens, in capitals.</summary>
    public static string? Plain(string? written) => string.IsNullOrWhiteSpace(written) ? null
        : string.Concat(written.Where(letter => !char.IsWhiteSpace(letter) && letter != '-')).ToUpperInvariant();

    /// <summary>Seven or eight digits, the last one a check digit (Luhn).</summary>
    public static bool IsBankgiro(string digits) =>
        digits.Length is 7 or 8 && digits.All(char.IsAsciiDigit) && LuhnHolds(digits);

    /// <summary>ISO 13616: two letters, two check digits, and the rest; 1 modulo 97.</summary>
    public static bool IsIban(string text)
    {
        if (text.Length is < IbanLeast or > IbanMost || !text.All(char.IsAsciiLetterOrDigit)) return false;
        if (!char.IsAsciiLetter(text[0]) || !char.IsAsciiLetter(text[1]) || !text[2..4].All(char.IsAsciiDigit)) return false;
        if (text.StartsWith("SE", StringComparison.Ordinal) && text.Length != 24) return false;
        var remainder = 0;
        foreach (var letter in text[4..] + text[..4])
        {
            remainder = char.IsAsciiDigit(letter)
                ? (remainder * 10 + (letter - '0')) % 97
                : (remainder * 100 + (char.ToUpperInvariant(letter) - 'A' + 10)) % 97;
        }
        return remainder == 1;
    }

    /// <summary>Swedish: SE, the organisation number, 01.</summary>
    public static string VatIdOf(string organisationNumber) => $"SE{organisationNumber}01";

    public static bool LuhnHolds(string digits)
    {
        var sum = 0;
        for (var at = 0; at < digits.Length; at++)
        {
            var value = (digits[^(at + 1)] - '0') * (at % 2 == 0 ? 1 : 2);
            sum += value > 9 ? value - 9 : value;
        }
        return sum % 10 == 0;
    }
}
