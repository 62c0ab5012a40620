using Iop.Identity.Domain;
using Iop.Identity.SigningIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Iop.Identity.Proving;

/// <summary>Passwords as ASP.NET Core Identity hashes them: PBKDF2 with SHA-512, 128-bit salt, as many rounds as OWASP asks
/// for.</summary>
internal sealed class Passwords
{
    public const int Rounds = 210_000;
    private readonly PasswordHasher<Person> _hasher;
    private readonly string _nobodys;

    /// <summary>Fewer rounds (<c>Passwords:Rounds</c>) are for trying things out, and refused where people's passwords
    /// are.</summary>
    public Passwords(IConfiguration configuration, IHostEnvironment environment)
    {
        var rounds = configuration.GetValue("Passwords:Rounds", Rounds);
        if (rounds < Rounds && !environment.IsDevelopment())
            throw new InvalidOperationException($"Passwords:Rounds is {rounds}; outside Development it is at least {Rounds}.");
        _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = rounds }));
        _nobodys = Hash(Random256.NewText());
    }

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
