using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Domain.History;
using Iop.Agreements.Domain.Pool;
using Iop.Agreements.Organisations;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.History;

/// <summary>What everybody and everything is called that the history points at, as far as the reader may see it.</summary>
internal static class HistoryNames
{
    public static async Task<Dictionary<string, string>> Of(
        IReadOnlyList<ChangeEntry> lines, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var ids = lines.SelectMany(line => HistoryWords.FieldsOf(line).Values.SelectMany(both => both).Append(line.Subject))
            .SelectMany(text => text?.Split('\n') ?? [])
            .Select(text => Guid.TryParse(text, out var id) ? id : (Guid?)null).OfType<Guid>()
            .Concat(lines.Select(line => line.PartyId?.Value).OfType<Guid>()).ToHashSet();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (lines.Count == 0) return names;
        await Things(names, lines[0].PartnershipId, ids, viewer, db, cancel);
        var asPeople = ids.Select(id => new PersonRef(id)).Concat(lines.Select(line => line.Person).OfType<PersonRef>());
        foreach (var (person, name) in await viewer.NamesOf(asPeople, cancel)) names[person.Value.ToString()] = name;
        var asParties = ids.Select(id => new PartyId(id)).ToList();
        var parties = await db.Parties.AsNoTracking().Where(party => asParties.Contains(party.Id)).ToListAsync(cancel);
        var called = await PartyNames.For(db, parties, cancel);
        foreach (var party in parties) names[party.Id.Value.ToString()] = called.Of(party);
        var asOrganisations = ids.Select(id => new OrganisationRef(id))
            .Concat(lines.Select(line => line.Organisation).OfType<OrganisationRef>()).Distinct().ToList();
        foreach (var known in await db.Organisations.AsNoTracking()
            .Where(known => asOrganisations.Contains(known.OrganisationId)).ToListAsync(cancel))
            names[known.OrganisationId.Value.ToString()] = known.Name;
        var asUnits = ids.Select(id => new UnitRef(id)).ToList();
        foreach (var known in await db.Units.AsNoTracking().Where(known => asUnits.Contains(known.UnitId)).ToListAsync(cancel))
            names[known.UnitId.Value.ToString()] = known.Name;
        return names;
    }

    /// <summary>Bodies, activities, attachments: as they were last called, also those that are gone. Then seats and criteria,
    /// which have no title of their own.</summary>
    private static async Task Things(
        Dictionary<string, string> names, PartnershipId partnership, IReadOnlyCollection<Guid> ids, Viewer viewer,
        AgreementsDb db, CancellationToken cancel)
    {
        var subjects = ids.Select(id => id.ToString()).ToList();
        var labelled = await db.History.AsNoTracking()
            .Where(line => line.PartnershipId == partnership && subjects.Contains(line.Subject) && line.Label != null)
            .OrderBy(line => line.Position).Select(line => new { line.Subject, line.Label }).ToListAsync(cancel);
        foreach (var line in labelled) names[line.Subject] = line.Label!;
        var asMembers = ids.Select(id => new MemberId(id)).ToList();
        var members = await db.BodyMembers.AsNoTracking().Where(member => asMembers.Contains(member.Id)).ToListAsync(cancel);
        var people = await viewer.NamesOf(members.Select(member => member.Person).OfType<PersonRef>(), cancel);
        foreach (var member in members)
            if ((member.Person is { } person ? people.GetValueOrDefault(person) : member.Name) is { } name)
                names[member.Id.Value.ToString()] = name;
        var asCriteria = ids.Select(id => new CriterionId(id)).ToList();
        foreach (var criterion in await db.PoolCriteria.AsNoTracking().Where(one => asCriteria.Contains(one.Id))
            .ToListAsync(cancel)) names[criterion.Id.Value.ToString()] = criterion.Text;
    }
}
