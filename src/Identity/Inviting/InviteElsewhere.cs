using Iop.Identity.Domain;
using Iop.Identity.OwnData;
using Iop.Identity.People;
using Iop.Identity.Recovery;
using Iop.Identity.Storage;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Inviting;

/// <summary>The invitation went to a wrong address (rättar adressen): as long as she has not come in, those who may invite her
/// again put it right. What was sent before opens nothing any more, and nobody there is told: it was not hers. Whoever has roles
/// elsewhere too is put right by the operator: the new address comes in to all of them.</summary>
internal static class InviteElsewhere
{
    public sealed record Request(string Email);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/people/{id:guid}/address-corrections", Handle).WithName(nameof(InviteElsewhere)).Creates();

    internal static async Task<Answer<RegisterPerson.Invited>> Handle(
        Guid id, Request request, Caller caller, MailServer mail, IdentityDb db, TimeProvider clock, CancellationToken cancel)
    {
        var personId = new PersonId(id);
        var (person, no) = await InviteAgain.WhoIsInvited(personId, caller, db, cancel);
        if (person is null) return no!;
        if (new Fields().WhoItIs(person.Name, request.Email, person.Language).Refusal is { } malformed) return malformed;
        if (await InviteAgain.HasRolesBeyond(personId, caller, db, cancel)) return PersonRefusals.HasRolesElsewhere;
        var email = Person.Normal(request.Email);
        if (email == person.Email) return PersonRefusals.NothingToCorrect;
        await db.OneClaimantAtATime(email, cancel);
        if (await db.People.FirstOrDefaultAsync(one => one.Email == email, cancel) is { } known)
            return PersonRefusals.EmailTaken(known.PersonId, known.Name);
        await db.OneTimeLinks.Where(one => one.PersonId == personId).ExecuteDeleteAsync(cancel);
        person.MoveTo(email);
        await CorrectOwnData.Retell(person, db, cancel);
        return await RegisterPerson.Invite(person, mail, db, clock.GetUtcNow(), cancel);
    }
}
