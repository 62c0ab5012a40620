using Iop.Identity.Domain;
using Iop.Platform.Api;

namespace Iop.Identity.People;

/// <summary>What a person says of herself, and which password she may choose.</summary>
internal static class Credentials
{
    private const int PasswordMin = 12;
    public const int PasswordMax = 200;
    private const int EmailMax = 200;
    private const int NameMax = 100;

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
