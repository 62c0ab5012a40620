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

namespace Iop.OutcomeFinance.Calculating;

/// <summary>A verified measurement is calculated (beräkning): the signed terms are evaluated afresh over everything verified, in
/// the order of the contract's periods, and what is due beyond what is booked becomes obligations. The contract is locked, so
/// that messages that come together,
/// twice or in any order book the same sums once.</summary>
internal sealed class CalculateWhenMeasurementVerified(
    OutcomeFinanceDb db, ReadContracts contracts, CalculateContract calculate, PublishResults publish, TimeProvider clock)
    : IConsumer<MeasurementVerified>
{
    public async Task Consume(ConsumeContext<MeasurementVerified> context)
    {
        var (told, cancel) = (context.Message, context.CancellationToken);
        var (id, contractId) = (new MeasurementRef(told.MeasurementId), new ContractId(told.ContractId));
        var known = await WhatIsKnown.Of(contractId, id, db, cancel)
            ?? throw new InvalidOperationException($"A measurement of contract {told.ContractId}, which is not here.");
        if (known.IsOld) return;
        var read = await contracts.Of(contractId, known.ContractVersion, db, cancel);
        var contract = read.Contract;
        if ((known.ParticipantsDestroyed ? "measurement.participants-destroyed" : CodeOfRefusal(contract, told)) is { } code)
        {
            db.RefusedMeasurements.Add(new RefusedMeasurement
            {
                MeasurementId = id, ContractId = contractId, Code = code, At = clock.GetUtcNow(),
            });
            return;
        }
        var measurement = MeasurementOf(told, contractId);
        db.Measurements.Add(measurement);
        if (calculate.After(measurement, known, read) is not { } calculated) return;
        foreach (var obligation in calculated.Obligations) Announce(obligation, contract);
        publish.After(calculated, read, known.Published);
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
