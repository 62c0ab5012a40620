using System.Security.Cryptography;
using System.Text;

namespace Iop.Identity.SigningIn;

/// <summary>Keeps secrets that must be read again (those of authenticator apps) encrypted: AES-256-GCM with a key derived from
/// the installation's secret.</summary>
internal sealed class SecretBox(IConfiguration configuration)
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        Convert.FromBase64String(configuration["Sealing:Secret"]
            ?? throw new InvalidOperationException("Sealing:Secret is missing (32 bytes, base64).")),
        KeyBytes, info: Encoding.ASCII.GetBytes("identity one-time-code secrets"));

    /// <param name="secret">What is kept.</param>
    /// <param name="boundTo">What it belongs to: it opens only together with the same.</param>
    public byte[] Close(byte[] secret, ReadOnlySpan<byte> boundTo = default)
    {
        var box = new byte[NonceBytes + TagBytes + secret.Length];
        var nonce = box.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(nonce, secret, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), boundTo);
        return box;
    }

    public byte[] Open(byte[] box, ReadOnlySpan<byte> boundTo = default)
    {
        if (box.Length < NonceBytes + TagBytes) throw new CryptographicException("Too short to be a box.");
        var secret = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        aes.Decrypt(
            box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), secret, boundTo);
        return secret;
    }
}
