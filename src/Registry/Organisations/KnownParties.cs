using Iop.Kernel;
using Iop.Registry.Domain;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Organisations;

/// <summary>Which registered organisations the parties of an entry are. One that is not registered has an id of its words, and
/// is recognised when it registers.</summary>
internal static class KnownParties
{
    public static async Task<IReadOnlyList<OrganisationId>> Identify(
        this RegistryDb db, IReadOnlyList<PartyWords> parties, CancellationToken cancel)
    {
        var numbers = parties.Select(party => party.Number).OfType<string>().ToList();
        var municipalities = parties.Where(party => party.Body == "municipality").Select(party => party.MunicipalityCode)
            .ToList();
        var regions = parties.Where(party => party.Body == "region").Select(party => party.CountyCode).ToList();
        var known = await db.Organisations.AsNoTracking().IgnoreAutoIncludes()
            .Where(one => numbers.Contains(one.Number)
                || (one.Body == "municipality" && municipalities.Contains(one.MunicipalityCode))
                || (one.Body == "region" && regions.Contains(one.CountyCode)))
            .Select(one => new { one.OrganisationId, one.Number, one.Body, one.MunicipalityCode, one.CountyCode })
            .ToListAsync(cancel);
        return
        [
            .. parties.Select(party => known.Find(one => one.Number == party.Number)?.OrganisationId
                ?? known.Find(one => one.Body is "municipality" or "region" && one.Body == party.Body
                    && (one.Body is "region"
                        ? one.CountyCode == party.CountyCode : one.MunicipalityCode == party.MunicipalityCode))
                    ?.OrganisationId
                ?? PartyIdentity.Of(party)),
        ];
    }

    /// <summary>Parties that were only words until now are this organisation.</summary>
    public static async Task Recognise(this RegistryDb db, Organisation organisation, CancellationToken cancel)
    {
        var words = new PartyWords(organisation.Name, organisation.Kind, organisation.Number);
        var byNumber = PartyIdentity.Of(words).Value;
        var byName = PartyIdentity.Of(words with { Number = null }).Value;
        var byCode = PartyIdentity.Of(words with
        {
            Body = organisation.Body, MunicipalityCode = organisation.MunicipalityCode, CountyCode = organisation.CountyCode,
        }).Value;
        var id = organisation.OrganisationId.Value;
        Guid[] before = [byNumber, byName, byCode];
        await db.Database.ExecuteSqlAsync(
            $"UPDATE entry_party SET organisation_id = {id} WHERE organisation_id = ANY ({before})",
            cancel);
    }

    /// <summary>A federation is another organisation, itself no branch.</summary>
    public static async Task<bool> IsFederation(this RegistryDb db, Guid? federation, Guid? branch, CancellationToken cancel)
    {
        if (federation is not { } id) return true;
        var key = new OrganisationId(id);
        return id != branch
            && await db.Organisations.AnyAsync(one => one.OrganisationId == key && one.FederationId == null, cancel);
    }
}
