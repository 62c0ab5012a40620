using Iop.Agreements.Domain;
using Iop.Agreements.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Organisations;

/// <summary>What parties are called now: the organisation, and the unit where one acts.</summary>
internal sealed class PartyNames
{
    private readonly Dictionary<OrganisationRef, KnownOrganisation> _organisations;
    private readonly Dictionary<UnitRef, string> _units;

    private PartyNames(Dictionary<OrganisationRef, KnownOrganisation> organisations, Dictionary<UnitRef, string> units) =>
        (_organisations, _units) = (organisations, units);

    public string Of(Party party) => Of(party.Organisation, party.Unit);

    public string Of(OrganisationRef organisation, UnitRef? unit = null)
    {
        var name = _organisations.TryGetValue(organisation, out var known) ? known.Name : "";
        return unit is { } part && _units.TryGetValue(part, out var called) ? $"{name}, {called}" : name;
    }

    public string NumberOf(Party party) => _organisations[party.Organisation].Number;

    /// <summary>Names of organisations alone.</summary>
    public static async Task<PartyNames> Of(AgreementsDb db, IReadOnlyList<OrganisationRef> wanted, CancellationToken cancel)
    {
        var ids = wanted.Distinct().ToList();
        return new PartyNames(
            await db.Organisations.AsNoTracking().Where(known => ids.Contains(known.OrganisationId))
                .ToDictionaryAsync(known => known.OrganisationId, cancel),
            []);
    }

    public static async Task<PartyNames> For(AgreementsDb db, IReadOnlyList<Party> parties, CancellationToken cancel)
    {
        var organisations = parties.Select(party => party.Organisation).Distinct().ToList();
        var units = parties.Select(party => party.Unit).OfType<UnitRef>().ToList();
        return new PartyNames(
            await db.Organisations.AsNoTracking().Where(known => organisations.Contains(known.OrganisationId))
                .ToDictionaryAsync(known => known.OrganisationId, cancel),
            units.Count == 0
                ? []
                : await db.Units.AsNoTracking().Where(known => units.Contains(known.UnitId))
                    .ToDictionaryAsync(known => known.UnitId, known => known.Name, cancel));
    }
}
