using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Dialogue;

/// <summary>For whom the caller speaks at the table.</summary>
internal static class Speaking
{
    /// <summary>Null for somebody who acts for none of the parties.</summary>
    public static async Task<Speaker?> For(
        this Viewer viewer, PartnershipId partnership, AgreementsDb db, CancellationToken cancel)
    {
        var organisation = viewer.Organisation;
        var own = await db.Parties.Where(party => party.PartnershipId == partnership && party.Organisation == organisation)
            .OrderBy(party => party.Id).ToListAsync(cancel);
        return own.FirstOrDefault(party => party.IsActedForBy(viewer.Organisation, viewer.Unit)) is { } party
            ? new Speaker(viewer.Person, party.Organisation, party.Kind)
            : null;
    }
}
