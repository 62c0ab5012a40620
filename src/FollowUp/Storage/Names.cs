using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Storage;

/// <summary>Names of organisations, as Registry has told them.</summary>
internal static class Names
{
    public static async Task<IReadOnlyDictionary<Guid,
        string>> NamesOf(this FollowUpDb db, IEnumerable<Guid> organisations, CancellationToken cancel)
    {
        var wanted = organisations.Distinct().ToList();
        return await db.Organisations.AsNoTracking().Where(organisation => wanted.Contains(organisation.OrganisationId))
            .ToDictionaryAsync(organisation => organisation.OrganisationId, organisation => organisation.Name, cancel);
    }
}
