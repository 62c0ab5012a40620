using Iop.Contracts.FollowUp;
using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Calculating;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Publishing;
using Iop.OutcomeFinance.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Calculating;

/// <summary>A verified measurement is calculated (beräkning): the signed terms are evaluated afresh over everything verified, in
/// the order of the contract's periods, and what is due beyond what is booked becomes obligations. The contract is locked, so
/// that messages that come together,
/// twice or in any order book the same sums once.</summary>
internal sealed class CalculateWhenMeasurementVerified(
    OutcomeFinanceDb db, CalculateContract calculate, PublishResults publish, TimeProvider clock) : IConsumer<MeasurementVerified>
{
    public async Task Consume(ConsumeContext<MeasurementVerified> context)
    {
        var (told, cancel) = (context.Message, context.CancellationToken);
        var contract = await db.ContractToCalculate(new ContractId(told.ContractId), cancel)
            ?? throw new InvalidOperationException($"A measurement of contract {told.ContractId}, which is not here.");
        var id = new MeasurementRef(told.MeasurementId);
        var known = await db.Measurements.Include(one => one.Figures).Where(one => one.ContractId == contract.ContractId)
            .ToListAsync(cancel);
        if (known.Exists(one => one.MeasurementId == id)) return;
        var past = await db.Contracts.Where(one => one.ContractId == contract.ContractId).Select(one => new
        {
            Refused = db.RefusedMeasurements.Any(refused => refused.MeasurementId == id),
            Destroyed = db.DestroyedParticipants.Any(destroyed => destroyed.ContractId == one.ContractId),
        }).SingleAsync(cancel);
        if (past.Refused) return;
        if ((past.Destroyed ? "measurement.participants-destroyed" : CodeOfRefusal(contract, told)) is { } code)
        {
            db.RefusedMeasurements.Add(new RefusedMeasurement
            {
                MeasurementId = id, ContractId = contract.ContractId, Code = code, At = clock.GetUtcNow(),
            });
            return;
        }
        var measurement = MeasurementOf(told, contract.ContractId);
        db.Measurements.Add(measurement);
        foreach (var obligation in await calculate.After(measurement, [.. known, measurement], contract, cancel))
            Announce(obligation, contract);
        await publish.After(contract, cancel);
    }

    /// <summary>FollowUp has held these rules already. Money rests on them, so they are held here too.</summary>
    private static string? CodeOfRefusal(OutcomeContract contract, MeasurementVerified told)
    {
        if (contract.State is not (ContractState.Signed or ContractState.Ended)) return "measurement.contract-not-signed";
        if (contract.State is ContractState.Ended && told.Figures.Any(figure => figure.OfParticipant))
            return "measurement.participants-destroyed";
        var verifier = contract.Parties.Single(party => party.Role is PartyRole.Verifier);
        if (verifier.OrganisationId != told.VerifierOrganisationId) return "measurement.verified-by-another";
        if (told.VerifierPersonId == told.ReporterPersonId) return "measurement.verified-by-its-reporter";
        return contract.Periods.Any(period => period.Key == told.PeriodKey) ? null : "measurement.no-such-period";
    }

    private static VerifiedMeasurement MeasurementOf(MeasurementVerified told, ContractId contract)
    {
        var measurement = new VerifiedMeasurement
        {
            MeasurementId = new MeasurementRef(told.MeasurementId),
            ContractId = contract,
            PeriodKey = told.PeriodKey,
            Revision = told.Revision,
            ReporterPersonId = told.ReporterPersonId,
            VerifierOrganisationId = told.VerifierOrganisationId,
            VerifierPersonId = told.VerifierPersonId,
            VerifiedAt = told.VerifiedAt,
            EvidenceHash = told.EvidenceHash,
        };
        measurement.Take(told.Figures.Select(figure => new VerifiedFigure
        {
            MeasurementId = measurement.MeasurementId,
            ContractId = contract,
            Path = figure.Path,
            Type = Enum.Parse<FigureType>(figure.Type, ignoreCase: true),
            Value = figure.Value,
            OfParticipant = figure.OfParticipant,
        }));
        return measurement;
    }

    private void Announce(Obligation obligation, OutcomeContract contract) =>
        db.Announce(obligation.Id.Value, obligation.Version, new ObligationTriggered
        {
            ObligationId = obligation.Id.Value,
            Sequence = obligation.Version,
            ContractId = contract.ContractId.Value,
            ContractTitle = contract.Title,
            PeriodKey = obligation.PeriodKey,
            PayerOrganisationId = obligation.PayerOrganisationId,
            PayeeOrganisationId = obligation.PayeeOrganisationId,
            AmountMinor = obligation.AmountMinor,
            Currency = obligation.Currency,
        });
}
