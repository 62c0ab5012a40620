using Iop.Identity.Domain;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.People;

/// <summary>An admin or the operator registers a person, who gets an invitation (inbjudan) to choose a password.</summary>
internal static class RegisterPerson
{
    private static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(14);

    public sealed record Request(string Name, string Email, string Language);

    public sealed record Invited(Guid Id, string InvitationToken, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/people", Handle).WithName(nameof(RegisterPerson)).Creates();

    internal static async Task<Answer<Invited>> Handle(
        Request request, Caller caller, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        if (new Fields().WhoItIs(request.Name, request.Email, request.Language).Refusal is { } malformed) return malformed;
        var email = Person.Normal(request.Email);
        if (await db.People.FirstOrDefaultAsync(person => person.Email == email, cancel) is { } known)
            return PersonRefusals.EmailTaken(known.PersonId);

        var now = clock.GetUtcNow();
        var person = Person.Register(new PersonId(Guid.CreateVersion7(now)), request.Name, email, request.Language);
        var token = Random256.NewText();
        db.People.Add(person);
        await db.SaveChangesAsync(cancel);
        db.OneTimeLinks.Add(new OneTimeLink { TokenHash = Random256.HashOf(token), PersonId = person.PersonId,
            ExpiresAt = now + InvitationLasts });
        await db.SaveChangesAsync(cancel);
        return Answers.Created(
            $"/identity/v1/people/{person.PersonId.Value}", new Invited(person.PersonId.Value, token, now + InvitationLasts),
            person.Version);
    }
}
