using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.People;
using Iop.Identity.Recovery;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Inviting;

/// <summary>An invitation is sent again (bjuder in igen): it was lost, or is too old. The earlier one dies. Whoever has come in,
/// by password or by a login, is not invited: that would be a way into somebody's account.</summary>
internal static class InviteAgain
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/people/{id:guid}/invitations", Handle).WithName(nameof(InviteAgain)).Creates();

    internal static async Task<Answer<RegisterPerson.Invited>> Handle(
        Guid id, Caller caller, MailServer mail, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        var personId = new PersonId(id);
        var (person, no) = await WhoIsInvited(personId, caller, db, cancel);
        if (person is null) return no!;
        // Without mail the link is in the answer: whoever gets it can come in for her, everywhere.
        if (!mail.IsSet && await HasRolesBeyond(personId, caller, db, cancel)) return PersonRefusals.HasRolesElsewhere;
        await db.OneTimeLinks.Where(one => one.PersonId == personId && one.Purpose == OneTimeLink.Invitation)
            .ExecuteDeleteAsync(cancel);
        return await RegisterPerson.Invite(person, mail, db, clock.GetUtcNow(), cancel);
    }

    /// <summary>Held: whoever comes in at the same time has come in before, or comes too late.</summary>
    internal static async Task<(Person? Person, Refusal? No)> WhoIsInvited(
        PersonId id, Caller caller, IdentityDb db, CancellationToken cancel)
    {
        var (own, only) = (new OrganisationRef(caller.Organisation), caller.OnlyUnit());
        var isOperator = caller.Has(Roles.Operator);
        if (!await db.Memberships.AnyAsync(one => one.PersonId == id && one.Roles.Count > 0
            && (isOperator || (one.OrganisationId == own && (only == null || one.UnitId == only))), cancel))
            return (null, Refusal.NotFound);
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return (null, missing);
        var person = (await db.PersonForUpdate(id.Value, cancel))!;
        return person.CanSignIn || await db.Logins.AnyAsync(one => one.PersonId == id, cancel)
            ? (null, PersonRefusals.HasComeIn) : (person, null);
    }

    /// <summary>Where the caller does not administer her; the operator does everywhere.</summary>
    internal static Task<bool> HasRolesBeyond(PersonId id, Caller caller, IdentityDb db, CancellationToken cancel)
    {
        var (own, only, isOperator) = (
            new OrganisationRef(caller.Organisation), caller.OnlyUnit(), caller.Has(Roles.Operator));
        return db.Memberships.AnyAsync(one => !isOperator && one.PersonId == id && one.Roles.Count > 0
            && (one.OrganisationId != own || (only != null && one.UnitId != only)), cancel);
    }
}
