using Iop.Contracts.Identity;
using Iop.Identity.Domain;
using Iop.Identity.People;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;

namespace Iop.Identity.Recovery;

/// <summary>Links that work once and reach a person by mail: to another password, another second factor, or to a first password.
/// Only their hash is kept here.</summary>
internal static class AccountLinks
{
    public const string Password = "password";
    public const string SecondFactor = "second-factor";
    public static readonly TimeSpan PasswordLasts = TimeSpan.FromHours(1);
    public static readonly TimeSpan SecondFactorLasts = TimeSpan.FromDays(3);

    private static readonly Dictionary<string, string> Pages = new(StringComparer.Ordinal)
    {
        [Password] = "/nytt-losenord/", [SecondFactor] = "/ny-engangskod/", [OneTimeLink.Invitation] = "/inbjudan/",
    };

    /// <summary>Makes one, and tells so that it is mailed.</summary>
    public static void Make(IdentityDb db, Person person, string kind, DateTimeOffset now)
    {
        var (token, lasts) = (Random256.NewText(), kind == Password ? PasswordLasts : SecondFactorLasts);
        db.OneTimeLinks.Add(new OneTimeLink
        {
            TokenHash = Random256.HashOf(token), PersonId = person.PersonId, ExpiresAt = now + lasts, Purpose = kind,
        });
        var id = Guid.CreateVersion7(now);
        db.Announce(id, 1, new AccountLinkMade
        {
            LinkId = id, Sequence = 1, PersonId = person.PersonId.Value, Name = person.Name, Email = person.Email,
            Language = person.Language, Kind = kind,
            Path = Pages[kind] + token, ExpiresAt = now + lasts, PersonVersion = person.Version,
        });
    }
}
