using System.Security.Cryptography;

namespace Iop.Identity.Domain;

/// <summary>Codes for a day without the authenticator app (återställningskod): eighty random bits each, written so that they
/// can be read out.</summary>
public static class RecoveryCode
{
    public const int PerPerson = 10;
    private const int Bytes = 10;
    private const int Letters = 16;
    private const int Group = 4;

    public static string New() => string.Join('-', OneTimeCode.Readable(RandomNumberGenerator.GetBytes(Bytes))
        .Chunk(Group).Select(letters => new string(letters)));

    /// <summary>The code as it was made, from what somebody typed; null when it cannot be one.</summary>
    public static string? Read(string typed)
    {
        var letters = new string([.. typed.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);
        return letters.Length == Letters
            ? string.Join('-', letters.Chunk(Group).Select(part => new string(part))) : null;
    }
}
