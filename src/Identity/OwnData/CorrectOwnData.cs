using System.Security.Claims;
using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.People;
using Iop.Identity.Recovery;
using Iop.Identity.Sessions;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.OwnData;

/// <summary>A person puts right what is kept of her (rättar sina uppgifter): name, language, e-mail address. Everybody who keeps
/// a copy is told. Another address counts when the link that is mailed to it has been opened: before that it proves
/// nothing.</summary>
internal static class CorrectOwnData
{
    private static readonly TimeSpan JustSignedIn = TimeSpan.FromMinutes(10);

    /// <param name="Password">The own, of whoever has one and changes the address.</param>
    public sealed record Request(string Name, string Email, string Language, string? Password = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/my-data", Handle).WithName(nameof(CorrectOwnData));

    internal static async Task<Answer<ShowOwnData.View>> Handle(Request request, ClaimsPrincipal user, Caller caller,
        IfMatch ifMatch, OwnPassword password, MailServer mail, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (own, now) = (new PersonId(caller.Person), clock.GetUtcNow());
        if (await ShowSession.Find(user, db, clock, cancel) is not { } session
            || await db.PersonForUpdate(caller.Person, cancel) is not { } person) return Refusal.NotFound;
        if (ifMatch.Misses(person.Version) is { } stale) return stale;
        if (new Fields().WhoItIs(request.Name, request.Email, request.Language).Refusal is { } malformed) return malformed;
        var (email, hasJust) = (Person.Normal(request.Email), now - session.BegunAt <= JustSignedIn);
        var moves = email != person.Email;
        if (moves && await password.OrAllOpened(caller, user, request.Password, clock, cancel) is { } no) return no;
        if (moves && await MayMove(email, hasJust, mail, db, cancel) is { } stays) return stays;
        if (person.Correct(request.Name, request.Language) is not { } unchanged) await Retell(person, db, cancel);
        else if (!moves) return unchanged;
        if (moves) await AccountLinks.AskForAddress(db, person, email, now, cancel);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await ShowOwnData.Of(person, db, cancel), person.Version);
    }

    /// <summary>Everybody who keeps a copy hears how the person is called and reached now.</summary>
    internal static async Task Retell(Person person, IdentityDb db, CancellationToken cancel)
    {
        foreach (var membership in await db.Memberships.Where(one => one.PersonId == person.PersonId).ToListAsync(cancel))
        {
            membership.Retold();
            db.Announce(membership.MembershipId.Value, membership.Version, MembershipView.Fact(membership, person));
        }
    }

    /// <summary>Asked for by a session that is just begun: whoever finds an open one must not be able to take the account with
    /// it.</summary>
    private static async Task<Refusal?> MayMove(
        string email, bool hasJustSignedIn, MailServer mail, IdentityDb db, CancellationToken cancel)
    {
        if (!hasJustSignedIn) return PersonRefusals.SignInAgain;
        if (!mail.IsSet) return PersonRefusals.AddressNeedsMail;
        return await db.People.AnyAsync(one => one.Email == email, cancel) ? PersonRefusals.EmailNotPossible : null;
    }
}
