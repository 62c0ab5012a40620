using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.Proving;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.People;

/// <summary>Whoever holds the one-time link, and shows a code of the authenticator app, becomes the first operator, a member of
/// the operating organisation (driftorganisationen).</summary>
internal static class BecomeFirstOperator
{
    public sealed record Request(
        string OneTimeToken, string Name, string Email, string Password, string Language, string Code, string Offer);

    public sealed record FirstOperator(Guid PersonId, Guid OrganisationId, IReadOnlyList<string> RecoveryCodes);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/bootstrap", Handle).WithName(nameof(BecomeFirstOperator)).AllowAnonymous();

    internal static async Task<Answer<FirstOperator>> Handle(
        Request request, IdentityDb db, Passwords passwords, OfferedSecrets offers, Attempts attempts, AccountTrail trail,
        TimeProvider clock, CancellationToken cancel)
    {
        var (hash, now) = (Random256.HashOf(request.OneTimeToken), clock.GetUtcNow());
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({OrganisationRef.Operating.Value.ToString()}, 4714))", cancel);
        if (!await db.OneTimeLinks.AnyAsync(
            link => link.TokenHash == hash && link.PersonId == null && link.ExpiresAt > now, cancel))
            return LinkRefusals.NotValid;
        if (await db.Memberships.AnyAsync(membership => membership.Roles.Contains(Roles.Operator), cancel))
            return LinkRefusals.OperatorExists;
        if (new Fields().WhoItIs(request.Name, request.Email, request.Language)
            .Password(request.Password, own: [request.Name, request.Email]).Refusal is { } malformed) return malformed;
        var (proof, refusal) = await offers.Prove(
            request.Offer, request.Code, hash, Person.Normal(request.Email), null, cancel);
        if (proof is null) return refusal!;

        var person = Person.Register(new PersonId(Guid.CreateVersion7(now)), request.Name, request.Email, request.Language);
        if (person.TakeCredentials(passwords.Hash(request.Password), proof.Secret) is { } already) return already;
        var membership = Membership.Give(
            new MembershipId(Guid.CreateVersion7(now)), person.PersonId, OrganisationRef.Operating, null, [Roles.Operator], now);
        db.People.Add(person);
        await db.SaveChangesAsync(cancel);
        db.Memberships.Add(membership);
        db.Announce(membership.MembershipId.Value, membership.Version, MembershipView.Fact(membership, person));
        await db.OneTimeLinks.Where(link => link.PersonId == null).ExecuteDeleteAsync(cancel);
        await attempts.UseOnce(person.PersonId, proof.Step, cancel);
        await trail.OfMembership(nameof(BecomeFirstOperator), membership, person.PersonId,
            ["added person", "added membership", "added recovery_code"], cancel);
        return new FirstOperator(
            person.PersonId.Value, OrganisationRef.Operating.Value, await RecoveryCodes.Renew(person.PersonId, db, cancel));
    }
}
