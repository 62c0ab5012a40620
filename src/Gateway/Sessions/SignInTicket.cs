using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Iop.Gateway.Sessions;

/// <summary>What must be remembered while somebody is away at Identity to sign in: kept encrypted in the browser itself, for
/// ten minutes, so that any replica can finish what another began.</summary>
internal sealed class SignInTicket(GatewaySettings settings, TimeProvider clock)
{
    public sealed record Content(string State, string Nonce, string Verifier, string ReturnUrl, long At);

    private static readonly TimeSpan LifeMax = TimeSpan.FromMinutes(10);
    private const string Cookie = "iop-signin";
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256, System.Text.Encoding.UTF8.GetBytes(settings.ClientSecret), 32, info: "iop-signin"u8.ToArray());

    public void Write(HttpResponse response, string state, string nonce, string verifier, string returnUrl)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(
            new Content(state, nonce, verifier, returnUrl, clock.GetUtcNow().ToUnixTimeSeconds()));
        var box = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceLength));
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(box.AsSpan(0, NonceLength), plain, box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength));
        response.Cookies.Append(Cookie, Base64Url.EncodeToString(box), Options(LifeMax));
    }

    /// <summary>The ticket, if this browser has one that is genuine and fresh. It is good once.</summary>
    public Content? Take(HttpContext http)
    {
        var text = http.Request.Cookies[Cookie];
        http.Response.Cookies.Delete(Cookie, Options(null));
        if (string.IsNullOrEmpty(text) || !Base64Url.IsValid(text)) return null;
        var box = Base64Url.DecodeFromChars(text);
        if (box.Length <= NonceLength + TagLength) return null;
        var plain = new byte[box.Length - NonceLength - TagLength];
        try
        {
            using var aes = new AesGcm(_key, TagLength);
            aes.Decrypt(box.AsSpan(0, NonceLength), box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength),
                plain);
        }
        catch (CryptographicException)
        {
            return null;
        }
        var content = JsonSerializer.Deserialize<Content>(plain);
        return content is null || clock.GetUtcNow().ToUnixTimeSeconds() - content.At > LifeMax.TotalSeconds ? null : content;
    }

    private CookieOptions Options(TimeSpan? life) => new()
    {
        HttpOnly = true, Secure = settings.IsHttps, SameSite = SameSiteMode.Lax, Path = "/session", MaxAge = life,
        IsEssential = true,
    };
}
