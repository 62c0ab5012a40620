using System.Globalization;
using System.Text;
using QRCoder;

namespace Iop.Web.Account;

/// <summary>The key of an app for one-time codes, as people and apps take it: a picture to be photographed, a link that the app
/// on the same phone opens, and letters to be typed.</summary>
internal static class AuthenticatorKey
{
    private const string Issuer = "IOP-plattformen";
    private const int GroupLength = 4;

    /// <summary>Modules of white around the picture, without which cameras do not find it.</summary>
    public const int Margin = 4;

    /// <summary>As authenticator apps read it (otpauth).</summary>
    public static string Link(string secret, string? account)
    {
        var label = Uri.EscapeDataString(account is null ? Issuer : $"{Issuer}:{account}");
        return $"otpauth://totp/{label}?secret={secret}&issuer={Uri.EscapeDataString(Issuer)}";
    }

    public static IReadOnlyList<string> Groups(string secret) =>
        [.. secret.Chunk(GroupLength).Select(letters => new string(letters))];

    /// <summary>The dark modules as one path, and how many modules a side has, margin included.</summary>
    public static (string Path, int Side) Picture(string link)
    {
        using var made = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M);
        var rows = made.ModuleMatrix;
        // What the library draws around it is left out: the margin is ours.
        var around = rows.FindIndex(row => row.Cast<bool>().Any(dark => dark));
        var side = rows.Count - (2 * around);
        var path = new StringBuilder();
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                if (rows[y + around][x + around])
                    path.Append(CultureInfo.InvariantCulture, $"M{x + Margin} {y + Margin}h1v1h-1z");
            }
        }
        return (path.ToString(), side + (2 * Margin));
    }
}
