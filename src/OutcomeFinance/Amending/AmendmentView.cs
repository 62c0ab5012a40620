using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain.Amending;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Amending;

/// <summary>An amendment as the parties see it.</summary>
/// <param name="Kept">The periods before its date, which it does not touch.</param>
internal sealed record AmendmentView(
    Guid Id, Guid ContractId, string ContractTitle, int Number, string State, string Reason, DateOnly HoldsFrom,
    IReadOnlyList<PartyView> Parties, IReadOnlyList<DraftContract.PeriodRequest> Kept,
    IReadOnlyList<DraftContract.PeriodRequest> Periods, string Terms, CheckView Check, string Hash, string? VersionHash,
    string? PreviousHash, string? AbandonedBecause, IReadOnlyList<SignerView> Signers);

/// <summary>Who is to sign, and who has.</summary>
internal sealed record SignerView(
    Guid OrganisationId, Guid? UnitId, string Name, bool Mine, string? PersonName, DateTimeOffset? At);

/// <summary>Makes the view, for whoever asks and in their language.</summary>
internal sealed class AmendmentViews(OutcomeFinanceDb db, TermsReader reader, Caller caller)
{
    public async Task<AmendmentView> Of(OutcomeContract contract, Amendment amendment, CancellationToken cancel)
    {
        var terms = TermsReader.Read(amendment.Terms);
        var roster = amendment.Content.Roster(contract);
        var people = await db.PeopleCalled(contract.Signatures.Select(signature => signature.PersonId), cancel);
        return new AmendmentView(
            amendment.AmendmentId, contract.ContractId.Value, contract.Title, amendment.Number, Words.Of(amendment.State),
            amendment.Reason, amendment.HoldsFrom, [.. roster.Parties.Select(ContractViews.Of)],
            [.. contract.Periods.Where(period => period.From < amendment.HoldsFrom)
                .Select(period => new DraftContract.PeriodRequest(period.Key, period.From, period.To, period.Final))],
            [.. amendment.Content.Periods
                .Select(period => new DraftContract.PeriodRequest(period.Key, period.From, period.To, period.Final))],
            amendment.Terms, reader.View(terms, terms.InForce is { } inForce ? roster.RefusesNames(inForce) : null),
            amendment.VersionHash ?? ContractDocument.Of(contract, amendment).Hash, amendment.VersionHash,
            contract.Editions.LastOrDefault(edition => edition.Number < amendment.Number)?.VersionHash,
            amendment.AbandonedBecause,
            [.. Signers(contract, amendment).Select(party => Of(party, contract, amendment, people))]);
    }

    /// <summary>After all have signed, those who did.</summary>
    private static IEnumerable<Party> Signers(OutcomeContract contract, Amendment amendment) =>
        amendment.IsUnderWay ? contract.SignatoriesOf(amendment)
            : contract.Parties.Concat(amendment.Content.Roster(contract).Parties)
                .DistinctBy(party => (party.OrganisationId, party.UnitId))
                .Where(party => contract.Signatures.Any(one => one.VersionHash == amendment.VersionHash
                    && one.OrganisationId == party.OrganisationId && one.UnitId == party.UnitId));

    private SignerView Of(
        Party party, OutcomeContract contract, Amendment amendment, IReadOnlyDictionary<Guid, string> people)
    {
        var signature = contract.Signatures.FirstOrDefault(one => one.VersionHash == amendment.VersionHash
            && one.OrganisationId == party.OrganisationId && one.UnitId == party.UnitId);
        return new SignerView(
            party.OrganisationId, party.UnitId, party.Name, party.OrganisationId == caller.Organisation,
            signature is null ? null : people.GetValueOrDefault(signature.PersonId, ""), signature?.At);
    }
}
