using Iop.Contracts.OutcomeFinance;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Measuring;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Measuring;

/// <summary>A signed outcome contract can be measured: what, when, by whom, and who verifies. The parties and the verifier are
/// let in.</summary>
internal sealed class PrepareMeasuringWhenOutcomeContractSigned(FollowUpDb db, MeasurementsDue measurements, TimeProvider clock)
    : IConsumer<OutcomeContractSigned>
{
    public async Task Consume(ConsumeContext<OutcomeContractSigned> context)
    {
        var (told, cancel) = (context.Message, context.CancellationToken);
        if (await db.HasHeard(nameof(PrepareMeasuringWhenOutcomeContractSigned), told.ContractId, told.Sequence, cancel)) return;
        var id = new ContractRef(told.ContractId);
        if (await db.Contracts.AnyAsync(contract => contract.Id == id, cancel)) return;
        var contract = ContractOf(told, id);
        if (!contract.IsVerifiedIndependently)
            throw new InvalidOperationException($"Contract {told.ContractId} has no independent verifier; it is not measured.");
        foreach (var party in contract.Parties) await LetIn(party, cancel);
        db.Contracts.Add(contract);
        db.Stances.AddRange(contract.Parties.DistinctBy(party => party.OrganisationId)
            .Select(party => new Stance { ContractId = id, OrganisationId = party.OrganisationId,
                IsVerifier = party.IsVerifier }));
        await measurements.SetTimers(contract, cancel);
    }

    private async Task LetIn(MeasuredParty party, CancellationToken cancel)
    {
        var kind = await db.Organisations.Where(organisation => organisation.OrganisationId == party.OrganisationId)
            .Select(organisation => organisation.Kind).SingleOrDefaultAsync(cancel);
        var side = party.Role switch
        {
            PartyRole.Verifier => "verifier",
            PartyRole.Funder => "funder",
            PartyRole.Payer => "public",
            _ => kind ?? "private",
        };
        await db.LetInAsSystem(new Admission(party.ContractId.Value, party.OrganisationId, side, clock.Today(), party.UnitId),
            cancel);
    }

    private static MeasuredContract ContractOf(OutcomeContractSigned told, ContractRef id)
    {
        var contract = new MeasuredContract
        {
            Id = id,
            Title = told.Title,
            VersionHash = told.VersionHash,
            Currency = told.Currency,
            Partnership = told.PartnershipId is { } partnership ? new PartnershipRef(partnership) : null,
        };
        contract.Learn(
            told.Parties.Select((party, at) => new MeasuredParty
            {
                ContractId = id,
                Position = at,
                OrganisationId = party.OrganisationId,
                UnitId = party.UnitId,
                Name = party.Name,
                Role = Enum.Parse<PartyRole>(party.Role, ignoreCase: true),
            }),
            told.Measures.Select((measure, at) => new Measure
            {
                ContractId = id,
                Position = at,
                Path = measure.Path,
                Type = measure.Type,
                Accumulation = measure.Accumulation,
                Unit = measure.Unit,
                MayBeNegative = measure.MayBeNegative,
                PerPerson = measure.PerPerson,
            }),
            told.Periods.Select((period, at) => new MeasuringPeriod
            {
                ContractId = id,
                Position = at,
                Key = period.Key,
                From = period.From,
                To = period.To,
                Final = period.Final,
            }));
        return contract;
    }
}
