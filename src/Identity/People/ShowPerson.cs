using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.People;

/// <summary>A person's name, for whoever acts for an organisation that the person belongs to.</summary>
internal static class ShowPerson
{
    public sealed record View(Guid Id, string Name);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/people/{id:guid}", Handle).WithName(nameof(ShowPerson));

    internal static async Task<Answer<View>> Handle(Guid id, Caller caller, IdentityDb db, CancellationToken cancel)
    {
        var (personId, organisation) = (new PersonId(id), new OrganisationRef(caller.Organisation));
        var isColleague = db.Memberships.Where(
            one => one.PersonId == personId && one.OrganisationId == organisation && one.Roles.Count > 0);
        var person = await db.People.AsNoTracking()
            .FirstOrDefaultAsync(one => one.PersonId == personId && (id == caller.Person || isColleague.Any()), cancel);
        return person is null ? Refusal.NotFound : Answers.Ok(new View(id, person.Name), person.Version);
    }
}
