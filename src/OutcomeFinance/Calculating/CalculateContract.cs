using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Calculating;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Storage;

namespace Iop.OutcomeFinance.Calculating;

/// <summary>What was calculated, and what has become due by it.</summary>
/// <param name="Measurements">Those that counted.</param>
internal sealed record Calculated(
    CalculationRecord Record, IReadOnlyList<VerifiedMeasurement> Measurements, IReadOnlyList<Obligation> Obligations);

/// <summary>Evaluates a contract's terms over everything verified, books the differences, and keeps how it was
/// computed.</summary>
internal sealed class CalculateContract(OutcomeFinanceDb db, TimeProvider clock)
{
    /// <summary>The caller has locked the contract. Null when the measurement changes nothing: an older revision that comes late;
    /// what counts is known already.</summary>
    public Calculated? After(VerifiedMeasurement cause, WhatIsKnown known, ReadContract read)
    {
        var inForce = VerifiedMeasurement.InForce([.. known.Counting, cause], read.Periods);
        if (!inForce.Contains(cause)) return null;
        var contract = read.Contract;
        var editions = Evaluate(read, inForce);
        var result = EditionedTerms.Joined([.. editions.Select(one => one.Result)]);
        var dues = editions.SelectMany(Dues).ToList();
        var differences = Booking.Differences(dues, known.Booked, read.Periods);
        var record = Records.Of(result, inForce, dues, known.Booked, differences);
        var now = clock.GetUtcNow();
        var calculation = new Calculation
        {
            Id = new CalculationId(Guid.CreateVersion7(now)),
            ContractId = contract.ContractId,
            Number = known.Calculations + 1,
            VersionHash = contract.VersionHash!,
            MeasurementId = cause.MeasurementId,
            At = now,
            Result = record.Write(),
        };
        db.Calculations.Add(calculation);
        PayIn(calculation, result.Funder, known.PutIn);
        return new Calculated(record, inForce,
        [
            .. differences.Select(one =>
                Book(one, known.Booked.Any(earlier => earlier.Key == one.Key), calculation, cause, contract)),
        ]);
    }

    private sealed record EvaluatedEdition(ReadEdition Edition, TermsResult Result);

    /// <summary>Each edition's terms (lydelse) over the periods that it holds for.</summary>
    private static IReadOnlyList<EvaluatedEdition> Evaluate(ReadContract read, IReadOnlyList<VerifiedMeasurement> inForce)
    {
        var finals = read.Contract.Periods.Where(period => period.Final).Select(period => period.Key)
            .ToHashSet(StringComparer.Ordinal);
        var terms = read.Editions.Select(edition => new EditionTerms(
            edition.Program, edition.Periods,
            [.. inForce.Select(measured =>
                FiguresOfMeasurement.Of(measured, finals.Contains(measured.PeriodKey), edition.Lists))])).ToList();
        var (results, problem) = EditionedTerms.Evaluate(terms, trace: true);
        // Not where: the path may hold what stands for a person.
        if (problem is not null)
            throw new InvalidOperationException(
                $"Contract {read.Contract.ContractId.Value} cannot be evaluated: {problem.Code}.");
        return [.. read.Editions.Zip(results, (edition, result) => new EvaluatedEdition(edition, result))];
    }

    /// <summary>What the payout makes due, and, when the final period has been measured, what guarantees and tranches do beside
    /// it.</summary>
    private static IEnumerable<Due> Dues(EvaluatedEdition edition)
    {
        var (roster, terms, final) = (edition.Edition.Roster, edition.Edition.Terms, edition.Edition.Final);
        var result = edition.Result;
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
    private void PayIn(Calculation calculation, FunderResult? funder, long known)
    {
        if (funder is null) return;
        var difference = funder.Invested - new Money(known, funder.Invested.Currency);
        if (!difference.IsZero) db.Transfers.Add(
            Ledger.Investment(calculation.ContractId, calculation.Id, difference, calculation.At));
    }
}
