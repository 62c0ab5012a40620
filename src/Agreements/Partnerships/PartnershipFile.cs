using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Organisations;
using Iop.Agreements.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Partnerships;

/// <summary>A partnership with its parties and the files of its agreements.</summary>
internal sealed record PartnershipFile(Partnership Partnership, IReadOnlyList<Party> Parties, PartyNames Names,
    IReadOnlyList<AgreementFile> Agreements, Surroundings Around)
{
    public PartnershipState State => PartnershipStates.Of(
        Parties.Count, [.. Agreements.Select(file => file.Agreement.State)], Partnership.Outcome);

    /// <summary>Whose steps the partnership shows: the newest that has not been taken back.</summary>
    public AgreementFile? Leading => Agreements.LastOrDefault(file => file.Agreement.State is not AgreementState.Withdrawn);

    public IReadOnlyList<Step> Steps => Domain.Steps.Of(Leading?.Agreement, Leading?.Gate, Leading?.Awaits ?? [],
        new Preparation(Parties.Count, Around.Talks > 0, Around.PartnersChosen, Around.InvolvedIn, Partnership.IsLight));

    public string Tag =>
        AgreementFile.Hash(new { Partnership.Version,
        Agreements = Agreements.Select(file => new { file.Tag, file.AssessmentTag }) });

    /// <summary>What the partnership itself waits for while nothing is drafted, and what its agreements wait for.</summary>
    public IEnumerable<(Await Await, AgreementId? Agreement)> Awaits()
    {
        if (Partnership.HasEnded() is not null) yield break;
        if (Agreements.All(file => file.Agreement.State is AgreementState.Withdrawn))
            yield return (new Await(Parties.Count > 1 ? "draft" : "party", [Kernel.Roles.Officer], null, null, 1,
                Partnership.StartedAt), null);
        foreach (var file in Agreements)
        {
            foreach (var waiting in file.Awaits) yield return (waiting, file.Agreement.Id);
        }
    }

    public static async Task<PartnershipFile> Of(AgreementsDb db, Catalogues? catalogues, Partnership partnership,
        CancellationToken cancel) =>
        (await OfAll(db, catalogues, [partnership], cancel))[0];

    /// <param name="catalogues">Null for a partnership that cannot have agreements yet.</param>
    public static async Task<IReadOnlyList<PartnershipFile>> OfAll(
        AgreementsDb db, Catalogues? catalogues, IReadOnlyList<Partnership> partnerships, CancellationToken cancel)
    {
        var ids = partnerships.Select(partnership => partnership.Id).ToList();
        var parties = await db.Parties.Where(party => ids.Contains(party.PartnershipId)).OrderBy(party => party.Id)
            .ToListAsync(cancel);
        var names = await PartyNames.For(db, parties, cancel);
        var agreements = catalogues is null
            ? []
            : await db.Agreements.Where(agreement => ids.Contains(agreement.PartnershipId)).OrderBy(agreement => agreement.Id)
                .ToListAsync(cancel);
        var around = await Surroundings.OfAll(db, ids, cancel);
        var files = agreements.Count == 0 ? [] : await AgreementFile.OfAll(db, catalogues!, agreements, cancel);
        return [.. partnerships.Select(partnership => new PartnershipFile(
            partnership,
            [.. parties.Where(party => party.PartnershipId == partnership.Id)],
            names,
            [.. files.Where(file => file.Agreement.PartnershipId == partnership.Id)],
            around[partnership.Id]))];
    }
}
