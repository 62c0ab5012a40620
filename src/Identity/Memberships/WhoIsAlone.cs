using Iop.Identity.Domain;
using Iop.Identity.Storage;
using Iop.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Iop.Identity.Memberships;

/// <summary>Counts in the database, over all of an organisation's people, who is alone in a critical role. Nobody is counted on
/// who only stands in, nor who has never come in; whoever acts for the whole organisation acts for its units too.</summary>
internal static class WhoIsAlone
{
    public sealed record Found(PersonId Person, string Name, UnitRef? Unit, IReadOnlyList<string> Roles);

    public static async Task<IReadOnlyList<Found>> In(
        IdentityDb db, OrganisationRef organisation, UnitRef? only, CancellationToken cancel)
    {
        var (of, critical, unit) = (organisation.Value, Burden.Critical.ToArray(), only?.Value);
        var alone = await db.Database.SqlQuery<Row>($"""
            WITH holder AS (
              SELECT m.person_id, m.unit_id, held.role FROM membership m CROSS JOIN LATERAL unnest(m.own_roles) AS held (role)
              WHERE m.organisation_id = {of} AND held.role = ANY ({critical})
                AND (EXISTS (SELECT FROM person p WHERE p.person_id = m.person_id AND p.password_hash IS NOT NULL)
                  OR EXISTS (SELECT FROM login l WHERE l.person_id = m.person_id))),
            alone AS (
              SELECT (array_agg(person_id))[1] AS person_id, role, NULL::uuid AS unit_id
              FROM holder GROUP BY role HAVING count(DISTINCT person_id) = 1
              UNION ALL
              SELECT (array_agg(beside.person_id))[1], {Roles.Controller}, own.unit_id
              FROM (SELECT DISTINCT unit_id FROM holder WHERE role = {Roles.Controller} AND unit_id IS NOT NULL) own
              JOIN holder beside ON beside.role = {Roles.Controller}
                AND (beside.unit_id = own.unit_id OR beside.unit_id IS NULL)
              GROUP BY own.unit_id HAVING count(DISTINCT beside.person_id) = 1)
            SELECT a.person_id, p.name, a.role, a.unit_id FROM alone a JOIN person p USING (person_id)
            WHERE {unit}::uuid IS NULL OR a.unit_id = {unit}::uuid OR (a.unit_id IS NULL AND EXISTS (SELECT FROM membership m
              WHERE m.person_id = a.person_id AND m.organisation_id = {of} AND m.unit_id = {unit}::uuid
                AND cardinality(m.roles) > 0))
            ORDER BY p.name, a.person_id, a.unit_id NULLS FIRST, a.role
            """).ToListAsync(cancel);
        if (alone.Count == 0) return [];
        var people = await db.Memberships.Where(one => one.OrganisationId == organisation && one.OwnRoles.Count > 0
                && (db.People.Any(person => person.PersonId == one.PersonId && person.PasswordHash != null)
                    || db.Logins.Any(login => login.PersonId == one.PersonId)))
            .Select(one => one.PersonId).Distinct().Take(2).CountAsync(cancel);
        var names = alone.DistinctBy(row => row.person_id).ToDictionary(row => new PersonId(row.person_id), row => row.name);
        return [.. Burden.Of([.. alone.Select(row => new Burden.Alone(
                new PersonId(row.person_id), row.role, row.unit_id is { } there ? new UnitRef(there) : null))], people > 1)
            .Select(one => new Found(one.Person, names[one.Person], one.Unit, one.Roles))];
    }

    private sealed record Row(Guid person_id, string name, string role, Guid? unit_id);
}
