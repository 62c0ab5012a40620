namespace Iop.FollowUp.Domain.Participants;

/// <summary>What stands for a person in a contract's figures (deltagarnyckel): minted by chance, says nothing, and can be read
/// aloud. The last letter checks the others, so that a slip of the pen is told from another person's key.</summary>
internal static class ParticipantKey
{
    /// <summary>Of bytes of chance, one for each letter before the check letter.</summary>
    public const int Chance = 11;

    // No vowels, so that no key is a word; nothing that looks like something else.
    private const string Letters = "BCDFGHJKLMNPQRSTVWXYZ";
    private const string Signs = Letters + "23456789"; // 29, a prime: every slip of one sign, or of two that change places, shows
    private const int Group = 4;

    /// <summary>The first sign is a letter: no key looks like a personal identity number.</summary>
    public static string Mint(ReadOnlySpan<byte> chance)
    {
        Span<char> signs = stackalloc char[Chance + 1];
        signs[0] = Letters[chance[0] % Letters.Length];
        for (var at = 1; at < Chance; at++) signs[at] = Signs[chance[at] % Signs.Length];
        signs[Chance] = CheckOf(signs[..Chance]);
        return $"{signs[..Group]}-{signs[Group..(2 * Group)]}-{signs[(2 * Group)..]}";
    }

    /// <summary>As it was minted, however it was typed; null when it is no key.</summary>
    public static string? Read(string? typed)
    {
        if (typed is null || typed.Length > 40) return null;
        var signs = typed.Where(sign => sign is not ('-' or ' ')).Select(char.ToUpperInvariant).ToArray();
        return signs.Length == Chance + 1 && Letters.Contains(signs[0]) && signs.All(sign => Signs.Contains(sign))
            && CheckOf(signs.AsSpan(0, Chance)) == signs[Chance]
            ? $"{new string(signs, 0, Group)}-{new string(signs, Group, Group)}-{new string(signs, 2 * Group, Group)}"
            : null;
    }

    private static char CheckOf(ReadOnlySpan<char> signs)
    {
        var sum = 0;
        for (var at = 0; at < signs.Length; at++) sum += Signs.IndexOf(signs[at]) * (at + 1);
        return Signs[sum % Signs.Length];
    }
}
