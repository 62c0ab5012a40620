using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Registry.Domain;
using Iop.Registry.Entries;
using Iop.Registry.OpenData;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Organisations;

/// <summary>One organisation with its units, and the partnerships it takes part in.</summary>
internal static class ShowOrganisation
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/organisations/{id:guid}", Handle).WithName(nameof(ShowOrganisation)).AllowAnonymous();
        api.MapGet("/organisations/{id:guid}/entries", HandleEntries).WithName("ListEntriesOfOrganisation").AllowAnonymous()
            .FollowsTheRegister();
    }

    internal static async Task<Answer<OrganisationView>> Handle(Guid id, RegistryDb db, CancellationToken cancel)
    {
        var key = new OrganisationId(id);
        return await db.Organisations.AsNoTracking()
            .FirstOrDefaultAsync(known => known.OrganisationId == key, cancel) is { } organisation
            ? Answers.Ok(OrganisationView.Of(organisation), organisation.Version)
            : Refusal.NotFound;
    }

    internal static async Task<Answer<FindEntries.View>> HandleEntries(
        Guid id, Paging paging, RegistryDb db, HttpRequest request, CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        var key = new OrganisationId(id);
        if (!await db.Organisations.AnyAsync(known => known.OrganisationId == key, cancel)) return Refusal.NotFound;
        var its = db.Entries.Where(entry =>
            entry.Agreements.Any(agreement => agreement.Parties.Any(party => party.OrganisationId == key)));
        return await FindEntries.Page(its, paging, db, request, cancel);
    }
}
