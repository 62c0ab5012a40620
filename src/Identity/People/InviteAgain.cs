using Iop.Identity.Domain;
using Iop.Identity.Memberships;
using Iop.Identity.Recovery;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.People;

/// <summary>An invitation is sent again (bjuder in igen): it was lost, or is too old. The earlier one dies. Whoever has come in,
/// by password or by a login, is not invited: that would be a way into somebody's account.</summary>
internal static class InviteAgain
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/people/{id:guid}/invitations", Handle).WithName(nameof(InviteAgain)).Creates();

    internal static async Task<Answer<RegisterPerson.Invited>> Handle(
        Guid id, Caller caller, MailServer mail, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (personId, own, only) = (new PersonId(id), new OrganisationRef(caller.Organisation), caller.OnlyUnit());
        var isOperator = caller.Has(Roles.Operator);
        if (!await db.Memberships.AnyAsync(one => one.PersonId == personId && one.Roles.Count > 0
            && (isOperator || (one.OrganisationId == own && (only == null || one.UnitId == only))), cancel))
            return Refusal.NotFound;
        if (caller.Lacks(Roles.Admin, Roles.Operator) is { } missing) return missing;
        var person = await db.People.SingleAsync(one => one.PersonId == personId, cancel);
        if (person.CanSignIn || await db.Logins.AnyAsync(one => one.PersonId == personId, cancel))
            return PersonRefusals.HasComeIn;
        // Without mail the link is in the answer: whoever gets it can come in for her, everywhere.
        if (!mail.IsSet && !isOperator && await db.Memberships.AnyAsync(one => one.PersonId == personId && one.Roles.Count > 0
            && (one.OrganisationId != own || (only != null && one.UnitId != only)), cancel))
            return PersonRefusals.HasRolesElsewhere;
        await db.OneTimeLinks.Where(one => one.PersonId == personId && one.Purpose == OneTimeLink.Invitation)
            .ExecuteDeleteAsync(cancel);
        return await RegisterPerson.Invite(person, mail, db, clock.GetUtcNow(), cancel);
    }
}
