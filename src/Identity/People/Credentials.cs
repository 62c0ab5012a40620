using Iop.Identity.Domain;
using Iop.Identity.Proving;
using Iop.Identity.SigningIn;
using Iop.Platform.Api;

namespace Iop.Identity.People;

/// <summary>What a person gets when choosing a password: the secret for the authenticator app, shown this once.</summary>
internal static class Credentials
{
    private const int PasswordMin = 12;
    public const int PasswordMax = 200;
    private const int EmailMax = 200;
    private const int NameMax = 100;

    /// <summary>Gives the person the password and a new authenticator secret; null when the person already has
    /// credentials.</summary>
    public static string? Give(Person person, string password, Passwords passwords, SecretBox box)
    {
        var secret = OneTimeCode.NewSecret();
        return person.TakeCredentials(passwords.Hash(password), box.Close(secret)) is null ? OneTimeCode.Readable(secret) : null;
    }

    public static Fields Password(this Fields fields, string password, string field = "password", params IEnumerable<string> own)
    {
        var weak = WeakPassword.Why(password, own);
        return fields.Text(field, password, PasswordMax)
            .Must(field, password.Length >= PasswordMin, "password.too-short")
            .Must(field, weak is not WeakPassword.Common, WeakPassword.Common)
            .Must(field, weak is not WeakPassword.Own, WeakPassword.Own);
    }

    public static Fields WhoItIs(this Fields fields, string name, string email, string language) => fields
        .Text("name", name, NameMax)
        .Text("email", email, EmailMax)
        .Must("email", LooksLikeAnAddress(email), "email.malformed")
        .OneOf("language", language, "sv", "en");

    private static bool LooksLikeAnAddress(string email) =>
        email.Trim() is var trimmed && trimmed.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        && at == trimmed.LastIndexOf('@') && at < trimmed.Length - 1 && !trimmed.Any(char.IsWhiteSpace);
}
