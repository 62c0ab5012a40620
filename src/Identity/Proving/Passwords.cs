using Iop.Identity.Domain;
using Iop.Identity.SigningIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Iop.Identity.Proving;

/// <summary>Passwords as ASP.NET Core Identity hashes them: PBKDF2 with SHA-512, 128-bit salt, as many rounds as OWASP asks
/// for.</summary>
internal sealed class Passwords
{
    private const int Rounds = 210_000;
    private readonly PasswordHasher<Person> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));
    private readonly string _nobodys;

    public Passwords() => _nobodys = Hash(Random256.NewText());

    public string Hash(string password) => _hasher.HashPassword(null!, password);

    /// <summary>Takes as long for somebody unknown as for somebody known.</summary>
    public Match Verify(Person? person, string password) =>
        (_hasher.VerifyHashedPassword(null!, person?.PasswordHash ?? _nobodys, password), person?.PasswordHash) switch
    {
        (_, null) or (PasswordVerificationResult.Failed, _) => Match.No,
        (PasswordVerificationResult.SuccessRehashNeeded, _) => Match.YesButHashAgain,
        _ => Match.Yes,
    };

    internal enum Match
    {
        No,
        Yes,
        YesButHashAgain,
    }
}
