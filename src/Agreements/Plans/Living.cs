using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Organisations;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Signing;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Plans;

/// <summary>An agreement as it is lived by: its text in force, and those who are its parties by that text.</summary>
internal sealed record Living(
    Agreement Agreement, AgreementText? Text, IReadOnlyList<Party> Parties, IReadOnlyList<Party> AllParties, PartyNames Names)
{
    /// <summary>What the parties put in per year, and what else a plan is held against. The term is the one that runs, which a
    /// notice may have cut short.</summary>
    public PlanFrame Frame => new(
        RunningPeriod,
        Parties.Select(party => party.Id).ToHashSet(),
        Activities.Keys.ToHashSet(),
        (Text?.Contributions ?? []).Aggregate(Money.Zero, (sum, one) => sum + Money.Ore(one.OrePerYear ?? 0)));

    /// <summary>The agreed activities by id; none when the agreement speaks of its interventions in words only.</summary>
    public IReadOnlyDictionary<Guid, string> Activities { get; } =
        (Text?.Activities ?? []).ToDictionary(activity => activity.ActivityId, activity => activity.Name);

    public IReadOnlyList<Party> ActingFor(Viewer viewer) =>
        [.. Parties.Where(party => party.IsActedForBy(viewer.Organisation, viewer.Unit))];

    public string NameOf(PartyId id) =>
        AllParties.FirstOrDefault(party => party.Id == id) is { } party ? Names.Of(party) : id.Value.ToString();

    public async Task<DecidingBody?> Body(AgreementsDb db, Guid id, CancellationToken cancel)
    {
        var (wanted, partnership, agreement) = (new BodyId(id), Agreement.PartnershipId, Agreement.Id);
        var body = await db.Bodies.AsNoTracking().SingleOrDefaultAsync(
            known => known.Id == wanted && known.PartnershipId == partnership
                && (known.AgreementId == null || known.AgreementId == agreement), cancel);
        return body is null ? null : new DecidingBody(
            body.Id, body.Name, body.Kind is not BodyKind.IdeaDriven && body.Visibility is Visibility.All);
    }

    public static async Task<Living> Of(AgreementsDb db, Agreement agreement, CancellationToken cancel)
    {
        // Before the first day the signed text stands; while another is written, the one in force goes on.
        var hash = agreement.InForceHash ?? agreement.VersionHash;
        var version = hash is null ? null : await db.Versions.AsNoTracking()
            .SingleOrDefaultAsync(known => known.AgreementId == agreement.Id && known.Hash == hash, cancel);
        var text = version is null ? null : FixedText.Read(version).Text;
        var all = await db.Parties.AsNoTracking().Where(party => party.PartnershipId == agreement.PartnershipId)
            .OrderBy(party => party.Id).ToListAsync(cancel);
        var links = await db.AgreementParties.AsNoTracking().Where(link => link.AgreementId == agreement.Id && link.InText)
            .Select(link => link.PartyId).ToListAsync(cancel);
        var parties = text is null
            ? all.Where(party => links.Contains(party.Id))
            : all.Where(party => text.Parties.Any(agreed => agreed.PartyId == party.Id.Value));
        return new Living(agreement, text, [.. parties], all, await PartyNames.For(db, all, cancel));
    }

    private Period RunningPeriod
    {
        get
        {
            var term = Agreement.Term ?? Domain.Life.Term.Of(Text?.Frame ?? Agreement.Frame);
            return new Period(term.From, term.AutoRenews ? null : term.To);
        }
    }
}
