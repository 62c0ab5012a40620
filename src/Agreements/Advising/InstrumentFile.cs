using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Advising;
using Iop.Agreements.Organisations;
using Iop.Agreements.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Advising;

/// <summary>A partnership's answers to its instruments, as the database has them in this transaction.</summary>
internal sealed class InstrumentFile
{
    public required Partnership Partnership { get; init; }

    public required IReadOnlyList<Party> Parties { get; init; }

    public required PartyNames Names { get; init; }

    public required List<InstrumentAnswer> Answers { get; init; }

    public required List<Matter> Matters { get; init; }

    public required Catalogues Catalogues { get; init; }

    public Instrument? Find(string id) => Catalogues.Instrument(id, Answers.Select(answer => answer.Catalogue));

    public IEnumerable<Instrument> All => Catalogues.Instruments.Select(newest => Find(newest.Id)!);

    public IReadOnlyCollection<string> PartyIds => [.. Parties.Select(party => $"{party.Id.Value}")];

    public List<InstrumentAnswer> AnswersTo(Instrument instrument) =>
        [.. Answers.Where(answer => answer.Catalogue == instrument.Version)];

    /// <summary>What the questions are asked about: the catalogue's matters, then the parties' own; one nameless where they are
    /// asked once.</summary>
    public IReadOnlyList<string> MattersOf(Instrument instrument) => !instrument.HasMatters
        ? [""]
        : [.. instrument.Matters,
            .. Matters.Where(matter => matter.Catalogue == instrument.Version).OrderBy(matter => matter.MatterId)
            .Select(matter => $"{matter.MatterId}")];

    /// <summary>What the answers come to, matter by matter and, where each party answers, party by party.</summary>
    public IEnumerable<(string Matter, PartyId? Party, Finding Finding)> Findings(Instrument instrument) =>
        from matter in MattersOf(instrument)
        from party in instrument.PerParty ? Parties.Select(party => (PartyId?)party.Id) : [null]
        let replies = AnswersTo(instrument).Where(answer => answer.Matter == matter && answer.PartyId == party)
            .ToDictionary(answer => answer.QuestionId, answer => answer.Reply, StringComparer.Ordinal)
        select (matter, party, Finding.Of(instrument, replies));

    public string TagOf(Instrument instrument) =>
        $"{instrument.Version}.{MattersOf(instrument).Count}.{Parties.Count}.{AnswersTo(instrument).Sum(answer => answer.Version)}";

    public static async Task<InstrumentFile?> Of(Guid id, AgreementsDb db, Catalogues catalogues, CancellationToken cancel)
    {
        var wanted = new PartnershipId(id);
        if (await db.Partnerships.SingleOrDefaultAsync(one => one.Id == wanted, cancel) is not { } partnership) return null;
        return await Of(partnership, db, catalogues, cancel);
    }

    /// <summary>Held against every other change of the partnership until the transaction ends.</summary>
    public static async Task<InstrumentFile?> ForUpdate(Guid id, AgreementsDb db, Catalogues catalogues,
        CancellationToken cancel) =>
        await db.PartnershipForUpdate(id, cancel) is { } partnership ? await Of(partnership, db, catalogues, cancel) : null;

    private static async Task<InstrumentFile> Of(
        Partnership partnership, AgreementsDb db, Catalogues catalogues, CancellationToken cancel)
    {
        var parties = await db.Parties.Where(party => party.PartnershipId == partnership.Id).OrderBy(party => party.Id)
            .ToListAsync(cancel);
        return new InstrumentFile
        {
            Partnership = partnership,
            Parties = parties,
            Names = await PartyNames.For(db, parties, cancel),
            Answers = await db.InstrumentAnswers.Where(answer => answer.PartnershipId == partnership.Id).ToListAsync(cancel),
            Matters = await db.Matters.Where(matter => matter.PartnershipId == partnership.Id).ToListAsync(cancel),
            Catalogues = catalogues,
        };
    }
}
