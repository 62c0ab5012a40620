using System.Security.Claims;
using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.People;
using Iop.Identity.Sessions;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.OwnData;

/// <summary>A person puts right what is kept of her (rättar sina uppgifter): name, e-mail address, language. Everybody who keeps
/// a
/// copy is told.</summary>
internal static class CorrectOwnData
{
    private static readonly TimeSpan JustSignedIn = TimeSpan.FromMinutes(10);

    /// <param name="Password">The own, of whoever has one and changes the address.</param>
    public sealed record Request(string Name, string Email, string Language, string? Password = null);

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/my-data", Handle).WithName(nameof(CorrectOwnData));

    internal static async Task<Answer<ShowOwnData.View>> Handle(Request request, ClaimsPrincipal user, Caller caller,
        IfMatch ifMatch, OwnPassword password, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        var own = new PersonId(caller.Person);
        if (await ShowSession.Find(user, db, clock, cancel) is not { } session
            || await db.PersonForUpdate(caller.Person, cancel) is not { } person) return Refusal.NotFound;
        if (ifMatch.Misses(person.Version) is { } stale) return stale;
        if (new Fields().WhoItIs(request.Name, request.Email, request.Language).Refusal is { } malformed) return malformed;
        var hasJust = clock.GetUtcNow() - session.BegunAt <= JustSignedIn;
        var moves = Person.Normal(request.Email) != person.Email;
        if (moves && await password.OrAllOpened(caller, user, request.Password, clock, cancel) is { } no) return no;
        if (person.Correct(request.Name, request.Email, request.Language, hasJust) is { } refusal) return refusal;
        if (await db.People.AnyAsync(one => one.Email == person.Email && one.PersonId != own, cancel))
            return PersonRefusals.EmailNotPossible;
        if (moves) await db.OneTimeLinks.Where(one => one.PersonId == own).ExecuteDeleteAsync(cancel); // mailed to the old one
        foreach (var membership in await db.Memberships.Where(one => one.PersonId == own).ToListAsync(cancel))
        {
            membership.Retold();
            db.Announce(membership.MembershipId.Value, membership.Version, MembershipView.Fact(membership, person));
        }
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await ShowOwnData.Of(person, db, cancel), person.Version);
    }
}
