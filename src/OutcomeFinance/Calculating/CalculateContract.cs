using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Calculating;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Calculating;

/// <summary>Evaluates a contract's terms over everything verified, books the differences, and keeps how it was
/// computed.</summary>
internal sealed class CalculateContract(OutcomeFinanceDb db, TimeProvider clock)
{
    /// <summary>The caller has locked the contract and read all that is verified of it. Gives back the new
    /// obligations.</summary>
    public async Task<IReadOnlyList<Obligation>> After(VerifiedMeasurement cause, IReadOnlyList<VerifiedMeasurement> all,
        OutcomeContract contract, CancellationToken cancel)
    {
        var keys = contract.Periods.Select(period => period.Key).ToList();
        var inForce = VerifiedMeasurement.InForce(all, keys);
        // An older revision that comes late changes nothing: what counts is known already.
        if (inForce.All(one => one.MeasurementId != cause.MeasurementId)) return [];
        var editions = Evaluate(contract, inForce);
        var result = EditionedTerms.Joined([.. editions.Select(one => one.Result)]);
        var dues = editions.SelectMany(Dues).ToList();
        var earlier = await db.Obligations.Where(one => one.ContractId == contract.ContractId).ToListAsync(cancel);
        var booked = earlier.Select(one => new Due(new DueKey(one.PeriodKey, one.PayerPartyId, one.PayeePartyId), one.Amount))
            .ToList();
        var differences = Booking.Differences(dues, booked, keys);
        var now = clock.GetUtcNow();
        var number = await db.Calculations.CountAsync(one => one.ContractId == contract.ContractId, cancel) + 1;
        var calculation = new Calculation
        {
            Id = new CalculationId(Guid.CreateVersion7(now)),
            ContractId = contract.ContractId,
            Number = number,
            VersionHash = contract.VersionHash!,
            MeasurementId = cause.MeasurementId,
            At = now,
            Result = Records.Of(result, inForce, dues, booked, differences).Write(),
        };
        db.Calculations.Add(calculation);
        await PayIn(calculation, result.Funder, cancel);
        return [.. differences.Select(
            one => Book(one, booked.Exists(earlier => earlier.Key == one.Key), calculation, cause, contract))];
    }

    private sealed record EvaluatedEdition(Roster Roster, TermsInForce Terms, TermsResult Result, string? FinalPeriod);

    /// <summary>Each edition's terms (lydelse) over the periods that it holds for.</summary>
    private static IReadOnlyList<EvaluatedEdition> Evaluate(
        OutcomeContract contract, IReadOnlyList<VerifiedMeasurement> inForce)
    {
        var finals = contract.Periods.Where(period => period.Final).Select(period => period.Key)
            .ToHashSet(StringComparer.Ordinal);
        var editions = contract.Periods.GroupBy(period => contract.EditionOf(period).Number).OrderBy(periods => periods.Key)
            .Select(periods => (Edition: contract.EditionOf(periods.First()), Periods: periods.ToList())).ToList();
        var read = editions.ConvertAll(one => TermsReader.Read(one.Edition.Terms));
        var terms = editions.Zip(read, (one, text) => new EditionTerms(
            text.Program!, [.. one.Periods.Select(period => period.Key)],
            [.. inForce.Select(measured => FiguresOfMeasurement.Of(
                measured, finals.Contains(measured.PeriodKey), FiguresOfMeasurement.ListsOf(text.Program!)))])).ToList();
        var (results, problem) = EditionedTerms.Evaluate(terms, trace: true);
        // Not where: the path may hold what stands for a person.
        if (problem is not null)
            throw new InvalidOperationException($"Contract {contract.ContractId.Value} cannot be evaluated: {problem.Code}.");
        return [.. editions.Select((one, at) => new EvaluatedEdition(
            one.Edition.Roster, read[at].InForce!, results[at], one.Periods.LastOrDefault(period => period.Final)?.Key))];
    }

    /// <summary>What the payout makes due, and, when the final period has been measured, what guarantees and tranches do beside
    /// it.</summary>
    private static IEnumerable<Due> Dues(EvaluatedEdition edition)
    {
        var (roster, terms, result, final) = edition;
        foreach (var period in result.Periods)
        {
            foreach (var one in period.Obligations)
                yield return new Due(new DueKey(
                    period.Period, roster.PayerCalled(terms, one.Payer)!.Id, roster.PayeeCalled(terms, one.Payee)!.Id),
                    one.Amount);
        }
        if (final is null || result.Periods.All(period => period.Period != final)) yield break;
        foreach (var line in result.AfterLines.Where(line => !line.Amount.IsZero))
            yield return new Due(new DueKey(
                final, roster.PartyCalled(terms, line.From)!.Id, roster.PartyCalled(terms, line.To)!.Id), line.Amount);
    }

    private Obligation Book(Due difference, bool isAdjustment, Calculation calculation, VerifiedMeasurement cause,
        OutcomeContract contract)
    {
        var obligation = new Obligation
        {
            Id = new ObligationId(Guid.CreateVersion7(calculation.At)),
            ContractId = contract.ContractId,
            PeriodKey = difference.Key.PeriodKey,
            PayerPartyId = difference.Key.Payer,
            PayerOrganisationId = contract.Parties.Single(party => party.Id == difference.Key.Payer).OrganisationId,
            PayeePartyId = difference.Key.Payee,
            PayeeOrganisationId = contract.Parties.Single(party => party.Id == difference.Key.Payee).OrganisationId,
            CalculationId = calculation.Id,
            CalculationNumber = calculation.Number,
            MeasurementId = cause.MeasurementId,
            ReporterPersonId = cause.ReporterPersonId,
            VerifierPersonId = cause.VerifierPersonId,
            AmountMinor = difference.Amount.Minor,
            Currency = difference.Amount.Currency.Code,
            TriggeredAt = calculation.At,
            IsAdjustment = isAdjustment,
        };
        db.Obligations.Add(obligation);
        db.Transfers.Add(Ledger.Triggered(obligation, calculation.At));
        return obligation;
    }

    /// <summary>What the funder has put in, as the terms count it, less what the ledger knows.</summary>
    private async Task PayIn(Calculation calculation, FunderResult? funder, CancellationToken cancel)
    {
        if (funder is null) return;
        var known = await db.Transfers.Where(
            one => one.ContractId == calculation.ContractId && one.Kind == TransferKind.Investment).ToListAsync(cancel);
        var difference = funder.Invested - new Money(Ledger.Balance(Ledger.Cost, known), funder.Invested.Currency);
        if (!difference.IsZero) db.Transfers.Add(
            Ledger.Investment(calculation.ContractId, calculation.Id, difference, calculation.At));
    }
}
