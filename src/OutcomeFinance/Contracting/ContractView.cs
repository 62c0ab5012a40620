using Iop.Kernel;
using Iop.OutcomeFinance.Calculating;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Amending;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Domain.Simulating;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Contracting;

/// <summary>An outcome contract as its parties see it.</summary>
public sealed record ContractView(
    Guid Id, string Title, Guid? PartnershipId, string? Currency, string State, IReadOnlyList<PartyView> Parties,
    IReadOnlyList<PeriodView> Periods, string Terms,
    CheckView Check, IReadOnlyList<LegalApprovalView> LegalApprovals, IReadOnlyList<SignatureView> Signatures, string DraftHash,
    string? VersionHash,
    IReadOnlyList<AwaitedView> Awaits, TotalsView? Totals, IReadOnlyList<InvestmentView> Investments,
    IReadOnlyList<PublicCostView> PublicCosts, string? PublicCostsTotal, IReadOnlyList<AmendmentLineView> Amendments,
    DateOnly? GuestUntil = null);

public sealed record PartyView(Guid Id, Guid OrganisationId, Guid? UnitId, string Name, string Kind, string Role, string? Alias);

/// <summary>A period with what was verified and what it came to; <c>Due</c> is null as long as nothing has been
/// verified.</summary>
public sealed record PeriodView(
    string Key, DateOnly From, DateOnly To, bool Final, string? Due, bool? Complete, int? Revision, DateTimeOffset? VerifiedAt,
    string? DerivationUrl);

public sealed record LegalApprovalView(
    Guid OrganisationId, string OrganisationName, Guid PersonId, string PersonName, string Reason, DateTimeOffset At,
    bool CoversThisDraft);

public sealed record SignatureView(
    Guid OrganisationId, Guid? UnitId, string PartyName, Guid PersonId, string PersonName, DateTimeOffset At,
    MandateView Mandate, string Seal);

public sealed record MandateView(string Basis, DateOnly DecidedOn, string? Paragraph = null, string? CaseNumber = null);

/// <summary>A funder pays in so much on a day.</summary>
public sealed record InvestmentView(Guid PartyId, string Name, DateOnly On, string Amount, string Currency);

/// <summary>A public cost that the contract finances.</summary>
public sealed record PublicCostView(string Body, int Year, string Amount, string Currency, string Description);

/// <summary>An amendment: from when, why, and how far it has come. What was before the date stays as it was.</summary>
public sealed record AmendmentLineView(
    int Number, string State, DateOnly HoldsFrom, string FirstPeriod, string Reason, string Terms, string? VersionHash);

/// <summary>Something that somebody has to do next.</summary>
public sealed record AwaitedView(string What, Guid? OrganisationId, string? Name, bool Mine);

/// <summary>Amounts by how far they have come; each obligation counts in one of them. Planned is null until a scenario has been
/// made.</summary>
public sealed record TotalsView(
    string Currency, string Due, string Triggered, string Claimed, string Attested, string Settled, string Disputed,
    string? Planned);

/// <summary>Makes the view, for whoever asks and in their language.</summary>
internal sealed class ContractViews(OutcomeFinanceDb db, TermsReader reader, Caller caller)
{
    public async Task<ContractView> Of(OutcomeContract contract, CancellationToken cancel)
    {
        var terms = TermsReader.Read(contract.Terms);
        var hash = ContractDocument.HashOf(contract);
        var people = await db.PeopleCalled(
            contract.Approvals.Select(approval => approval.PersonId)
                .Concat(contract.Signatures.Select(signature => signature.PersonId)), cancel);
        return new ContractView(
            contract.ContractId.Value, contract.Title, contract.FinancesPartnership?.Value, terms.Program?.Currency.Code,
            Words.Of(contract.State), [.. contract.Parties.Select(Of)], await Periods(contract, cancel), contract.Terms,
            reader.View(terms, Names(contract, terms)),
            [.. contract.Approvals.Select(approval => Of(approval, contract, hash, people))],
            [.. contract.Signatures.Where(signature => signature.VersionHash == contract.VersionHash)
                .Select(signature => Of(signature, contract, people))],
            hash, contract.VersionHash, [.. Awaits(contract, terms, hash)],
            await Totals(contract.ContractId, terms, cancel),
            [.. contract.Investments.Select(one => Of(one, contract, terms))],
            [.. contract.PublicCosts.Select(cost => Of(cost, terms))],
            contract.PublicCosts.Count == 0 ? null : Amount(contract.PublicCosts.Sum(cost => cost.AmountMinor), terms)
                .ToDecimalString(),
            [.. contract.Amendments.Select(one => new AmendmentLineView(
                one.Number, Words.Of(one.State), one.HoldsFrom, one.FirstPeriod, one.Reason, one.Terms, one.VersionHash))]);
    }

    /// <summary>In the currency of the terms.</summary>
    public static Money Amount(long minor, ReadTerms terms) => new(minor, terms.Program?.Currency ?? Currency.Sek);

    private static PublicCostView Of(PublicCost cost, ReadTerms terms)
    {
        var amount = Amount(cost.AmountMinor, terms);
        return new PublicCostView(cost.Body, cost.Year, amount.ToDecimalString(), amount.Currency.Code, cost.Description);
    }

    private static InvestmentView Of(PlannedInvestment one, OutcomeContract contract, ReadTerms terms)
    {
        var amount = Amount(one.AmountMinor, terms);
        return new InvestmentView(
            one.PartyId.Value, contract.Parties.Single(party => party.Id == one.PartyId).Name, one.On, amount.ToDecimalString(),
            amount.Currency.Code);
    }

    /// <summary>The signatures under one version, the first one or an amendment's.</summary>
    public async Task<IReadOnlyList<SignatureView>> SignaturesUnder(
        string hash, OutcomeContract contract, CancellationToken cancel)
    {
        var given = contract.Signatures.Where(signature => signature.VersionHash == hash).ToList();
        var people = await db.PeopleCalled(given.Select(signature => signature.PersonId), cancel);
        return [.. given.Select(signature => Of(signature, contract, people))];
    }

    private static Refusal? Names(OutcomeContract contract, ReadTerms terms) =>
        terms.InForce is { } inForce ? contract.Editions[0].Roster.RefusesNames(inForce) : null;

    /// <summary>For lists: what awaits whom, without the rest.</summary>
    public IReadOnlyList<AwaitedView> AwaitsOf(OutcomeContract contract)
    {
        var terms = TermsReader.Read(contract.Terms);
        return [.. Awaits(contract, terms, ContractDocument.HashOf(contract))];
    }

    public static PartyView Of(Party party) => new(
        party.Id.Value, party.OrganisationId, party.UnitId, party.Name, Words.Of(party.Kind), Words.Of(party.Role), party.Alias);

    private static LegalApprovalView Of(
        LegalApproval approval, OutcomeContract contract, string draftHash, IReadOnlyDictionary<Guid, string> people) => new(
        approval.OrganisationId, contract.NameOf(approval.OrganisationId, null),
        approval.PersonId,
        people.GetValueOrDefault(approval.PersonId, ""), approval.Reason, approval.At,
        contract.Covers(approval, draftHash) || contract.Editions.Any(one => one.VersionHash == approval.ApprovedHash));

    private static SignatureView Of(
        ContractSignature signature, OutcomeContract contract, IReadOnlyDictionary<Guid, string> people) => new(
        signature.OrganisationId, signature.UnitId,
        contract.NameOf(signature.OrganisationId, signature.UnitId),
        signature.PersonId, people.GetValueOrDefault(signature.PersonId, ""), signature.At,
        new MandateView(signature.MandateBasis, signature.MandateDecidedOn, signature.MandateParagraph,
            signature.MandateCaseNumber), signature.Seal);

    private IEnumerable<AwaitedView> Awaits(OutcomeContract contract, ReadTerms terms, string draftHash)
    {
        switch (contract.State)
        {
            case ContractState.Draft when terms.InForce is null || Names(contract, terms) is not null:
                yield return new AwaitedView("terms", null, null, caller.Has(Roles.Officer));
                break;
            case ContractState.Draft:
                var approvals = contract.ApprovalsMissing(draftHash).ToList();
                foreach (var party in approvals) yield return Awaited("legal-approval", party, Roles.Legal);
                if (approvals.Count == 0) yield return new AwaitedView("opening", null, null, caller.Has(Roles.Officer));
                break;
            case ContractState.OpenForSignature:
                foreach (var party in contract.SignaturesMissing) yield return Awaited("signature", party, Roles.Signatory);
                break;
            case ContractState.Signed when contract.UnderWay is { State: AmendmentState.Draft }:
                foreach (var party in contract.ApprovalsMissing(draftHash))
                    yield return Awaited("amendment-approval", party, Roles.Legal);
                break;
            case ContractState.Signed when contract.UnderWay is { } open:
                foreach (var party in contract.SignaturesMissingOf(open))
                    yield return Awaited("amendment-signature", party, Roles.Signatory);
                break;
        }
    }

    private AwaitedView Awaited(string what, Party party, string role) =>
        new(what, party.OrganisationId, party.Name,
            caller.Has(role) && party.IsActedForBy(new Actor(caller.Person, caller.Organisation, caller.Unit)));

    private async Task<IReadOnlyList<PeriodView>> Periods(OutcomeContract contract, CancellationToken cancel)
    {
        var latest = await db.Calculations.AsNoTracking().Where(calculation => calculation.ContractId == contract.ContractId)
            .OrderByDescending(calculation => calculation.Number).FirstOrDefaultAsync(cancel);
        var record = latest is null ? null : CalculationRecord.Read(latest.Result);
        return [.. contract.Periods.Select(
            period => Of(period, record?.Periods.FirstOrDefault(calculated => calculated.Key == period.Key), contract))];
    }

    private static PeriodView Of(ContractPeriod period, PeriodRecord? calculated, OutcomeContract contract) => new(
        period.Key, period.From, period.To, period.Final, calculated?.Due, calculated?.Complete,
        calculated?.Measurement?.Revision,
        calculated?.Measurement?.VerifiedAt,
        calculated is null ? null
            : $"/outcome-finance/v1/contracts/{contract.ContractId.Value}/periods/{Uri.EscapeDataString(period.Key)}/derivation");

    private async Task<TotalsView?> Totals(ContractId contract, ReadTerms terms, CancellationToken cancel)
    {
        if (terms.Program is not { } program) return null;
        var sums = await db.Obligations.Where(obligation => obligation.ContractId == contract)
            .GroupBy(obligation => obligation.State)
            .Select(group => new { State = group.Key, Minor = group.Sum(obligation => obligation.AmountMinor) })
                .ToListAsync(cancel);
        var expected = await db.Scenarios.Where(one => one.ContractId == contract && one.Kind == ScenarioKind.Expected)
            .OrderByDescending(one => one.Number).Select(one => (long?)one.TotalMinor).FirstOrDefaultAsync(cancel);
        return new TotalsView(
            program.Currency.Code, new Money(sums.Sum(sum => sum.Minor), program.Currency).ToDecimalString(),
            In(ObligationState.Triggered),
            In(ObligationState.Claimed), In(ObligationState.Attested), In(ObligationState.Settled), In(ObligationState.Disputed),
            Planned: expected is { } planned ? new Money(planned, program.Currency).ToDecimalString() : null);

        string In(ObligationState state) =>
            new Money(sums.Where(sum => sum.State == state).Sum(sum => sum.Minor), program.Currency).ToDecimalString();
    }
}
