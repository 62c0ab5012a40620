using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Iop.Identity.SigningIn;

/// <summary>Secrets nobody can guess: 256 random bits as text. Only their hash is stored; with that much chance a plain hash is
/// enough.</summary>
internal static class Random256
{
    private const int Bytes = 32;

    public static string NewText() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    public static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(HashOf(one), HashOf(other));
}
