namespace Iop.Identity.Domain;

/// <summary>What is guessed first: words that very many choose, with figures around them, rows of the keyboard, and what
/// everybody knows of the person. Length alone does not help against that.</summary>
public static class WeakPassword
{
    public const string Common = "password.common";
    public const string Own = "password.own";
    private const int DifferentMin = 5;
    private const int OwnWordMin = 3;
    private const int LeftMin = 8;
    private const int RowMin = 6;

    private static readonly string[] Words =
    [
        "password", "passwort", "lösenord", "losenord", "hemligt", "hemlighet", "secret", "admin", "administrator",
        "administratör", "welcome", "välkommen", "valkommen", "login", "letmein", "changeme", "sommar", "vinter", "höst", "vår",
        "summer", "winter", "autumn", "spring", "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti",
        "september", "oktober", "november", "december", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag",
        "sverige", "sweden", "stockholm", "göteborg", "malmö", "kommun", "kommunen", "region", "regionen", "förening",
        "föreningen", "samverkan", "iop", "dragon", "monkey", "football", "fotboll", "hockey", "iloveyou", "jagälskardig",
        "princess", "sunshine", "master", "superman", "batman", "qwerty", "test", "user", "guest", "hejsan", "hej",
    ];

    private static readonly string[] Rows =
    [
        "01234567890123456789012345678901234567890", "98765432109876543210987654321098765432109", "qwertyuiopåasdfghjklöäzxcvbnm",
        "qwertyuiopasdfghjklzxcvbnm", "abcdefghijklmnopqrstuvwxyzåäö", "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujm",
    ];

    /// <summary>Why it is refused, as a code; null when it is not.</summary>
    /// <param name="password">What was chosen.</param>
    /// <param name="own">The person's name and address.</param>
    public static string? Why(string password, params IEnumerable<string> own)
    {
        var said = password.Trim().ToLowerInvariant();
        if (IsCommon(said)) return Common;
        var left = own.SelectMany(Parts).OrderByDescending(word => word.Length)
            .Aggregate(said, (rest, word) => rest.Replace(word, "", StringComparison.Ordinal));
        return left.Length < said.Length && left.Count(char.IsLetterOrDigit) < LeftMin ? Own : null;
    }

    private static bool IsCommon(string said)
    {
        if (said.Distinct().Count() < DifferentMin || IsOfRows(said)) return true;
        return said.Any(char.IsLetter) && (IsOfWords(said) || IsOfWords(Plain(said)));
    }

    /// <summary>Nothing but such words, with figures and marks.</summary>
    private static bool IsOfWords(string said) => !Words.OrderByDescending(word => word.Length)
        .Aggregate(said, (rest, word) => rest.Replace(word, "", StringComparison.Ordinal)).Any(char.IsLetter);

    // p4ssw0rd is no better than password.
    private static string Plain(string said) =>
        said.Replace('0', 'o').Replace('4', 'a').Replace('3', 'e').Replace('$', 's').Replace('@', 'a');

    /// <summary>Nothing but pieces of rows as they stand on the keyboard or are counted.</summary>
    private static bool IsOfRows(string said)
    {
        for (var at = 0; at < said.Length;)
        {
            var length = said.Length - at;
            while (length > 0 && !Rows.Any(row => row.Contains(said.Substring(at, length), StringComparison.Ordinal))) length--;
            if (length < Math.Min(RowMin, said.Length - at)) return false;
            at += length;
        }
        return true;
    }

    private static IEnumerable<string> Parts(string said) =>
        said.ToLowerInvariant().Split([' ', '@', '.', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part.Length >= OwnWordMin);
}
