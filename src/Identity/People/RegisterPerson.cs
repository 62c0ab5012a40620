using Iop.Identity.Domain;
using Iop.Identity.Recovery;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.People;

/// <summary>An admin or operator registers a person, who is invited by mail to choose a password. Where no mail server is set,
/// the inviter gets the link instead, once.</summary>
internal static class RegisterPerson
{
    public sealed record Request(string Name, string Email, string Language);

    /// <param name="Id">The person.</param>
    /// <param name="InvitationToken">Only where no mail server is set: what opens the invitation.</param>
    /// <param name="ExpiresAt">When the invitation is too old.</param>
    public sealed record Invited(Guid Id, string? InvitationToken, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/people", Handle).WithName(nameof(RegisterPerson)).Creates();

    internal static async Task<Answer<Invited>> Handle(
        Request request, Caller caller, MailServer mail, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        if (new Fields().WhoItIs(request.Name, request.Email, request.Language).Refusal is { } malformed) return malformed;
        var email = Person.Normal(request.Email);
        await db.OneClaimantAtATime(email, cancel);
        if (await db.People.FirstOrDefaultAsync(person => person.Email == email, cancel) is { } known)
            return PersonRefusals.EmailTaken(known.PersonId, known.Name);

        var now = clock.GetUtcNow();
        var person = Person.Register(new PersonId(Guid.CreateVersion7(now)), request.Name, email, request.Language);
        db.People.Add(person);
        await db.SaveChangesAsync(cancel);
        return await Invite(person, mail, db, now, cancel);
    }

    internal static async Task<Answer<Invited>> Invite(
        Person person, MailServer mail, IdentityDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var made = AccountLinks.Make(db, person, AccountLinks.Welcome, now);
        await db.SaveChangesAsync(cancel);
        return Answers.Created(
            $"/identity/v1/people/{person.PersonId.Value}",
            new Invited(person.PersonId.Value, mail.IsSet ? null : made.Token, made.ExpiresAt), person.Version);
    }
}
