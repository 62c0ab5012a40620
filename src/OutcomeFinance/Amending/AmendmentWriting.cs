using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain.Amending;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Amending;

/// <summary>An amendment as an officer writes it, whole: why, who is party, which periods from its date, and the terms.</summary>
internal sealed record AmendmentRequest(
    string Reason, IReadOnlyList<DraftContract.PartyRequest> Parties, IReadOnlyList<DraftContract.PeriodRequest> Periods,
    string Terms);

/// <summary>From what an officer writes to an amendment that may follow what has been signed.</summary>
internal sealed class AmendmentWriting(OutcomeFinanceDb db, TimeProvider clock)
{
    public static Refusal? Malformed(AmendmentRequest request)
    {
        var fields = new Fields()
            .Text("reason", request.Reason, 4_000)
            .Count("parties", request.Parties.Count, 1, OutcomeContract.PartiesMax)
            .Count("periods", request.Periods.Count, 1, OutcomeContract.PeriodsMax)
            .OptionalText("terms", request.Terms, Limits.TextBytes);
        DraftContract.Look(fields, request.Parties, request.Periods);
        return fields.Refusal;
    }

    /// <summary>Writes it and lets in who is new; or why not.</summary>
    public async Task<Refusal?> Write(
        Amendment amendment, AmendmentRequest request, OutcomeContract contract, CancellationToken cancel)
    {
        var ids = request.Parties.Select(party => party.OrganisationId).Distinct().ToList();
        var known = await db.Organisations.Where(one => ids.Contains(one.OrganisationId))
            .ToDictionaryAsync(one => one.OrganisationId, cancel);
        if (ids.Find(id => !known.ContainsKey(id)) is var unknown && unknown != Guid.Empty)
            return ContractRefusals.OrganisationUnknown(unknown);
        var content = new AmendmentContent(
            [.. request.Parties.Select(party => Of(party, contract, known[party.OrganisationId]))],
            [.. request.Periods.Select(period => new AmendedPeriod(period.Key, period.From, period.To, period.Final))]);
        if (amendment.Write(request.Reason.Trim(), request.Terms, content, contract) is { } refusal) return refusal;
        if (Follows(contract, amendment) is { } misfit) return misfit;
        if (await Measured(db, contract, amendment, cancel) is { } measured) return measured;
        foreach (var party in content.Roster(contract).Parties
            .Where(party => contract.Parties.All(old => old.OrganisationId != party.OrganisationId))
            .DistinctBy(party => party.OrganisationId))
        {
            var side = party.Role is PartyRole.Funder ? "funder" : Words.Of(party.Kind);
            await db.LetIn(
                new Admission(contract.ContractId.Value, party.OrganisationId, side, clock.Today(), party.UnitId), cancel);
        }
        return null;
    }

    /// <summary>What has been measured is never amended.</summary>
    public static async Task<Refusal?> Measured(
        OutcomeFinanceDb db, OutcomeContract contract, Amendment amendment, CancellationToken cancel)
    {
        var measured = await db.Measurements.AsNoTracking().Where(one => one.ContractId == contract.ContractId)
            .Select(one => one.PeriodKey).Distinct().ToListAsync(cancel);
        return contract.Periods.FirstOrDefault(
            period => period.From >= amendment.HoldsFrom && measured.Contains(period.Key)) is { } touched
            ? AmendmentRefusals.PeriodMeasured(touched.Key) : null;
    }

    /// <summary>One currency for the whole contract, and a measure stays what it is.</summary>
    private static Refusal? Follows(OutcomeContract contract, Amendment amendment)
    {
        var terms = TermsReader.Read(amendment.Terms);
        if (terms.Program is not { } program) return null;
        foreach (var edition in contract.Editions)
        {
            var earlier = TermsReader.Read(edition.Terms);
            if (earlier.Program!.Currency != program.Currency) return AmendmentRefusals.CurrencyChanges;
            var before = earlier.Measures.ToDictionary(measure => measure.Path, StringComparer.Ordinal);
            if (terms.Measures.FirstOrDefault(measure => before.TryGetValue(measure.Path, out var was) && was != measure)
                is { } changed) return AmendmentRefusals.MeasureChanges(changed.Path);
        }
        return null;
    }

    private AmendedParty Of(DraftContract.PartyRequest party, OutcomeContract contract, Organisation organisation)
    {
        var role = Words.Read<PartyRole>(party.Role)!.Value;
        var same = contract.Parties.FirstOrDefault(old => old.OrganisationId == party.OrganisationId
            && old.UnitId == party.UnitId && old.Role == role
            && (role is PartyRole.Verifier || old.Alias == party.Alias)); // there is one verifier, whatever it is called
        return new AmendedParty(
            same?.Id.Value ?? Guid.CreateVersion7(clock.GetUtcNow()), party.OrganisationId, party.UnitId, organisation.Name,
            organisation.Kind, role, party.Alias);
    }
}
