using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.People;

/// <summary>The names of people and systems that work or have worked for the acting organisation, many at once: for pages that
/// tell who did what. Others are left out.</summary>
internal static class NamePeople
{
    private const int IdsMax = 200;

    public sealed record List(IReadOnlyList<ShowPerson.View> Items);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/people", Handle).WithName(nameof(NamePeople));

    internal static async Task<Answer<List>> Handle(Guid[] id, Caller caller, IdentityDb db, CancellationToken cancel)
    {
        if (new Fields().Count("id", id.Length, 0, IdsMax).Refusal is { } malformed) return malformed;
        var (people, organisation) = (id.Select(one => new PersonId(one)).ToList(), new OrganisationRef(caller.Organisation));
        var colleagues = db.Memberships.Where(one => one.OrganisationId == organisation).Select(one => one.PersonId);
        var own = new PersonId(caller.Person);
        var found = await db.People.AsNoTracking()
            .Where(one => people.Contains(one.PersonId) && (one.PersonId == own || colleagues.Contains(one.PersonId)))
            .Select(one => new { one.PersonId, one.Name }).ToListAsync(cancel);
        var systems = await db.Systems.AsNoTracking()
            .Where(one => id.Contains(one.SystemId) && one.OrganisationId == organisation)
            .Select(one => new ShowPerson.View(one.SystemId, one.Name)).ToListAsync(cancel);
        return new List([.. found.Select(one => new ShowPerson.View(one.PersonId.Value, one.Name)), .. systems]);
    }
}
