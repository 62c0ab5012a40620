using Iop.Contracts.Identity;
using Iop.Identity.Domain;
using Iop.Identity.People;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Recovery;

/// <summary>Links that work once and reach a person by mail: to an account of her own, another password, another second factor,
/// another address. Only their hash is kept here. And word of what has happened to the account, with the way to it.</summary>
internal static class AccountLinks
{
    public const string Welcome = "welcome";
    public const string Password = "password";
    public const string SecondFactor = "second-factor";
    public const string Address = "address";
    public const string AddressChanged = "address-changed";
    public const string PasswordChanged = "password-changed";
    public const string SecondFactorChanged = "second-factor-changed";
    public const string LoginConnected = "login-connected";
    public const string NewDevice = "new-device";
    public const string OperatorLink = "operator-link";
    public static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(14);

    /// <summary>From its making, not from when it can be read: mail servers are away for an hour, and what waited then goes
    /// within the next.</summary>
    public static readonly TimeSpan PasswordLasts = TimeSpan.FromHours(4);

    public static readonly TimeSpan SecondFactorLasts = TimeSpan.FromDays(3);
    private const string AccountPage = "/konto";
    private static readonly TimeSpan WordLasts = TimeSpan.FromDays(7);

    private static readonly Dictionary<string, Sort> Sorts = new(StringComparer.Ordinal)
    {
        [Welcome] = new(OneTimeLink.Invitation, "/inbjudan/", InvitationLasts),
        [Password] = new(Password, "/nytt-losenord/", PasswordLasts),
        [SecondFactor] = new(SecondFactor, "/ny-engangskod/", SecondFactorLasts),
        [OneTimeLink.Invitation] = new(OneTimeLink.Invitation, "/inbjudan/", SecondFactorLasts), // to a first password
        [Address] = new(Address, "/ny-adress/", TimeSpan.FromDays(1)),
    };

    /// <summary>Makes one, and tells so that it is mailed.</summary>
    public static Made Make(IdentityDb db, Person person, string kind, DateTimeOffset now, string? newAddress = null)
    {
        var (token, sort) = (Random256.NewText(), Sorts[kind]);
        db.OneTimeLinks.Add(new OneTimeLink
        {
            TokenHash = Random256.HashOf(token), PersonId = person.PersonId, ExpiresAt = now + sort.Lasts,
            Purpose = sort.Purpose, Email = newAddress,
        });
        Announce(db, person, kind, newAddress ?? person.Email, sort.Page + token, now, now + sort.Lasts);
        return new Made(token, now + sort.Lasts);
    }

    /// <summary>The person says that she is reached at another address; the last one she has said is asked.</summary>
    public static async Task AskForAddress(
        IdentityDb db, Person person, string address, DateTimeOffset now, CancellationToken cancel)
    {
        await db.OneTimeLinks.Where(one => one.PersonId == person.PersonId && one.Purpose == Address).ExecuteDeleteAsync(cancel);
        Make(db, person, Address, now, address);
    }

    /// <summary>Something has happened to the account; its owner hears, so that it cannot have been another.</summary>
    /// <param name="db">Where it is announced.</param>
    /// <param name="person">The owner.</param>
    /// <param name="kind">What has happened.</param>
    /// <param name="now">When.</param>
    /// <param name="to">An address that the person has left; else her own.</param>
    public static void Tell(IdentityDb db, Person person, string kind, DateTimeOffset now, string? to = null) =>
        Announce(db, person, kind, to ?? person.Email, AccountPage, now, now + WordLasts);

    private static void Announce(
        IdentityDb db, Person person, string kind, string email, string path, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var id = Guid.CreateVersion7(now);
        db.Announce(id, 1, new AccountLinkMade
        {
            LinkId = id, Sequence = 1, PersonId = person.PersonId.Value, Name = person.Name, Email = email,
            Language = person.Language, Kind = kind, Path = path, ExpiresAt = expiresAt,
            PersonVersion = person.Version,
        });
    }

    internal sealed record Made(string Token, DateTimeOffset ExpiresAt);

    private sealed record Sort(string Purpose, string Page, TimeSpan Lasts);
}
