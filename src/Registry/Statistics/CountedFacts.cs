using Iop.Kernel;
using Iop.Registry.Domain;
using Iop.Registry.Domain.Counting;
using Iop.Registry.Places;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Statistics;

/// <summary>The register's rows as the counting rules want them.</summary>
internal static class CountedFacts
{
    public static PublicBodies Bodies { get; } = new(PlaceList.Municipalities.Count, PlaceList.Counties.Count);

    public static async Task<IReadOnlyList<CountedEntry>> Read(RegistryDb db, CancellationToken cancel)
    {
        var parties = (await Parties(db, cancel)).ToLookup(party => party.EntryId, party => party.Party);
        var entries = await db.Database.SqlQuery<EntryRow>($"""
            SELECT e.entry_id AS "EntryId", e.chain_id AS "ChainId", e.starts_on AS "StartsOn", e.start_year AS "StartYear",
                   e.ends_on AS "EndsOn", e.end_year AS "EndYear", e.open_ended AS "OpenEnded", e.auto_renews AS "AutoRenews",
                   e.ended_on AS "EndedOn", coalesce(e.last_confirmed_on, e.published_at::date) AS "ConfirmedOn",
                   e.provenance = 'signed-here' AS "IsFollowedHere", e.area AS "Area", e.target_age AS "TargetAge",
                   CASE WHEN e.provenance = 'signed-here' THEN coalesce(c.renewals, 0)::int ELSE e.renewals END AS "Renewals",
                   r.ore AS "PublicOrePerYear"
            FROM entry e
            LEFT JOIN (SELECT a.entry_id, count(*) AS renewals FROM entry_change c JOIN entry_agreement a USING (agreement_id)
                       WHERE c.kind = 'renewal' GROUP BY a.entry_id) c USING (entry_id)
            LEFT JOIN (SELECT a.entry_id, sum(r.ore_per_year)::bigint AS ore FROM entry_resource r
                       JOIN entry_agreement a USING (agreement_id)
                       LEFT JOIN entry_party p ON p.agreement_id = r.agreement_id AND p.party_id = r.party_id
                       WHERE r.kind = 'money' AND coalesce(p.kind, r.side) = 'Public' GROUP BY a.entry_id) r USING (entry_id)
            WHERE e.merged_into_entry_id IS NULL
            """).ToListAsync(cancel);
        return
        [
            .. entries.Select(row => new CountedEntry(row.EntryId, row.ChainId,
                new EntryLife(row.StartsOn, row.StartYear, row.EndsOn, row.EndYear, row.OpenEnded, row.AutoRenews, row.EndedOn,
                    row.ConfirmedOn, row.IsFollowedHere),
                row.Area, row.TargetAge, row.Renewals, row.PublicOrePerYear, [.. parties[row.EntryId]])),
        ];
    }

    public static async Task<IReadOnlyList<Inhabitants>> People(RegistryDb db, CancellationToken cancel) =>
        await db.Set<InhabitantsRow>().AsNoTracking().Select(row => new Inhabitants(row.PlaceCode, row.Year, row.Count))
            .ToListAsync(cancel);

    public static async Task<long> Changes(RegistryDb db, CancellationToken cancel) => await db.Database
        .SqlQuery<long>($"SELECT coalesce(sum(changes), 0)::bigint AS \"Value\" FROM register_change").SingleAsync(cancel);

    private static async Task<IReadOnlyList<(Guid EntryId, CountedParty Party)>> Parties(RegistryDb db, CancellationToken cancel)
    {
        // What a registered organisation says of itself goes before what an entry says of it.
        var rows = await db.Database.SqlQuery<PartyRow>($"""
            SELECT a.entry_id AS "EntryId", p.organisation_id AS "Legal", p.kind AS "Kind", coalesce(o.name, p.name) AS "Name",
                   coalesce(o.body, p.body) AS "Body", coalesce(o.municipality_code, p.municipality_code) AS "MunicipalityCode",
                   coalesce(o.county_code, p.county_code) AS "CountyCode", o.federation_id AS "FederationId",
                   f.name AS "FederationName",
                   p.federation AS "Federation"
            FROM entry_party p JOIN entry_agreement a USING (agreement_id)
            LEFT JOIN organisation o USING (organisation_id) LEFT JOIN organisation f ON f.organisation_id = o.federation_id
            """).ToListAsync(cancel);
        var federations = await db.Organisations.AsNoTracking().IgnoreAutoIncludes()
            .Where(one => one.Kind == OrganisationKind.IdeaDriven)
            .Select(one => new { one.Name, one.OrganisationId }).ToListAsync(cancel);
        var byName = federations.DistinctBy(one => PartyIdentity.Normalised(one.Name), StringComparer.Ordinal)
            .ToDictionary(one => PartyIdentity.Normalised(one.Name), one => one.OrganisationId.Value, StringComparer.Ordinal);
        return [.. rows.Select(row => (row.EntryId, PartyOf(row, byName)))];
    }

    private static CountedParty PartyOf(PartyRow row, Dictionary<string, Guid> byName)
    {
        var place = row.Body is "region" ? row.CountyCode : row.Body is "municipality" ? row.MunicipalityCode : null;
        var (key, name) = row switch
        {
            { FederationId: { } id } => ($"{id}", row.FederationName!),
            { Federation: { } said } => (byName.TryGetValue(PartyIdentity.Normalised(said), out var known)
                ? $"{known}" : $"name:{PartyIdentity.Normalised(said)}", said),
            _ => ($"{row.Legal}", row.Name),
        };
        return new CountedParty(row.Legal, Enum.Parse<OrganisationKind>(row.Kind), row.Name, row.Body, place, key, name);
    }

    private sealed record EntryRow(
        Guid EntryId, Guid ChainId, DateOnly? StartsOn, int? StartYear, DateOnly? EndsOn, int? EndYear, bool OpenEnded,
        bool AutoRenews, DateOnly? EndedOn, DateOnly ConfirmedOn, bool IsFollowedHere, string? Area, string? TargetAge,
        int? Renewals, long? PublicOrePerYear);

    private sealed record PartyRow(
        Guid EntryId, Guid Legal, string Kind, string Name, string? Body, string? MunicipalityCode, string? CountyCode,
        Guid? FederationId, string? FederationName, string? Federation);
}
