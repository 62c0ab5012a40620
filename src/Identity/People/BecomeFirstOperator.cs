using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.Proving;
using Iop.Identity.Recovery;
using Iop.Identity.SigningIn;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.People;

/// <summary>Whoever holds the one-time link, and shows a code of the authenticator app, becomes an operator, a member of the
/// operating organisation (driftorganisationen): the first one, or, by a link asked for on the machine, one more. An operator who
/// has lost everything comes back so.</summary>
internal static class BecomeFirstOperator
{
    public sealed record Request(
        string OneTimeToken, string Name, string Email, string Password, string Language, string Code, string Offer);

    public sealed record FirstOperator(Guid PersonId, Guid OrganisationId, IReadOnlyList<string> RecoveryCodes);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/bootstrap", Handle).WithName(nameof(BecomeFirstOperator)).AllowAnonymous();

    internal static async Task<Answer<FirstOperator>> Handle(
        Request request, IdentityDb db, Passwords passwords, OfferedSecrets offers, Attempts attempts, KnownDevices devices,
        AccountTrail trail, TimeProvider clock, CancellationToken cancel)
    {
        var (hash, now) = (Random256.HashOf(request.OneTimeToken), clock.GetUtcNow());
        await db.OneGiverAtATime(OrganisationRef.Operating, cancel);
        var link = await db.OneTimeLinks.AsNoTracking().FirstOrDefaultAsync(
            one => one.TokenHash == hash && one.PersonId == null && one.ExpiresAt > now, cancel);
        if (link is null) return LinkRefusals.NotValid;
        if (link.Purpose != OneTimeLink.Operator
            && await Guardians.Of(db, OrganisationRef.Operating, Roles.Operator).AnyAsync(cancel))
            return LinkRefusals.OperatorExists;
        if (new Fields().WhoItIs(request.Name, request.Email, request.Language)
            .Password(request.Password, own: [request.Name, request.Email]).Refusal is { } malformed) return malformed;
        var email = Person.Normal(request.Email);
        await db.OneClaimantAtATime(email, cancel);
        var known = await db.People.FirstOrDefaultAsync(one => one.Email == email, cancel);
        if (known is not null && !await OnlyOperates(known.PersonId, db, cancel)) return LinkRefusals.AddressInUse;
        var (proof, refusal) = await offers.Prove(request.Offer, request.Code, hash, email, null, cancel);
        if (proof is null) return refusal!;

        await db.OneTimeLinks.Where(one => one.PersonId == null).ExecuteDeleteAsync(cancel);
        var password = passwords.Hash(request.Password);
        var person = known ?? Person.Register(
            new PersonId(Guid.CreateVersion7(now)), request.Name, request.Email, request.Language);
        if (known is { CanSignIn: true }) await ComesBack(known, password, proof.Secret, db, devices, now, cancel);
        else if (person.TakeCredentials(password, proof.Secret) is { } already) return already;
        if (known is null) db.People.Add(person);
        await db.SaveChangesAsync(cancel);
        await attempts.UseOnce(person.PersonId, proof.Step, cancel);
        if (known is null) await GiveRole(person, db, trail, now, cancel);
        else
        {
            await trail.OfAccount(nameof(BecomeFirstOperator), person.PersonId,
                ["modified person passwordHash,totpSecret", "modified recovery_code", "modified session endedAt"], cancel);
        }
        return new FirstOperator(
            person.PersonId.Value, OrganisationRef.Operating.Value, await RecoveryCodes.Renew(person.PersonId, db, cancel));
    }

    /// <summary>An operator, and nothing in any other organisation: into those the machine is no way.</summary>
    private static async Task<bool> OnlyOperates(PersonId person, IdentityDb db, CancellationToken cancel)
    {
        var held = await db.Memberships.AsNoTracking().Where(one => one.PersonId == person && one.Roles.Count > 0)
            .ToListAsync(cancel);
        return held.Exists(one => one.OwnRoles.Contains(Roles.Operator))
            && held.TrueForAll(one => one.OrganisationId == OrganisationRef.Operating);
    }

    private static async Task ComesBack(
        Person person, string password, byte[] secret, IdentityDb db, KnownDevices devices, DateTimeOffset now,
        CancellationToken cancel)
    {
        person.ChoosePassword(password);
        person.TakeSecondFactor(secret);
        AccountLinks.Tell(db, person, AccountLinks.PasswordChanged, now);
        AccountLinks.Tell(db, person, AccountLinks.SecondFactorChanged, now);
        await db.OneTimeLinks.Where(one => one.PersonId == person.PersonId).ExecuteDeleteAsync(cancel);
        await ChooseNewPassword.SignOutEverywhere(person.PersonId, db, devices, now, cancel);
    }

    private static async Task GiveRole(
        Person person, IdentityDb db, AccountTrail trail, DateTimeOffset now, CancellationToken cancel)
    {
        var membership = Membership.Give(
            new MembershipId(Guid.CreateVersion7(now)), person.PersonId, OrganisationRef.Operating, null, [Roles.Operator], now);
        db.Memberships.Add(membership);
        db.Announce(membership.MembershipId.Value, membership.Version, MembershipView.Fact(membership, person));
        await trail.OfMembership(nameof(BecomeFirstOperator), membership, person.PersonId,
            ["added person", "added membership", "added recovery_code"], cancel);
    }
}
