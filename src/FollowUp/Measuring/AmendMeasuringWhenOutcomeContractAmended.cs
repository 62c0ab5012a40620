using Iop.Contracts.OutcomeFinance;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Measuring;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Measuring;

/// <summary>An outcome contract is amended from a date (tilläggsavtal): from then on other periods are measured, perhaps other
/// measures, perhaps by others. What has been measured stays.</summary>
internal sealed class AmendMeasuringWhenOutcomeContractAmended(FollowUpDb db, MeasurementsDue measurements, TimeProvider clock)
    : IConsumer<OutcomeContractAmended>
{
    public async Task Consume(ConsumeContext<OutcomeContractAmended> context)
    {
        var (told, cancel) = (context.Message, context.CancellationToken);
        var id = new ContractRef(told.ContractId);
        // Signed before it is amended; heard perhaps the other way round.
        var contract = await db.Contract(id, cancel)
            ?? throw new InvalidOperationException($"Contract {told.ContractId} is amended and not known yet.");
        if (await db.HasHeard(nameof(AmendMeasuringWhenOutcomeContractAmended), told.ContractId, told.Sequence, cancel)) return;
        var measured = await db.Measurements.Where(one => one.ContractId == id).Select(one => one.PeriodKey).Distinct()
            .ToListAsync(cancel);
        var joining = contract.NotYetParty(told.Parties.Select(party => Of(party, id)));
        foreach (var party in joining) await LetIn(party, cancel);
        await db.SaveChangesAsync(cancel); // on which side a newcomer stands, before it is a party
        contract.Join(joining);
        contract.Measure(told.Measures.Select(measure => Of(measure, id)));
        await measurements.TakeBack(contract, contract.Periods.Where(period => period.From >= told.HoldsFrom
            && told.Periods.All(one => one.Key != period.Key)), cancel);
        contract.Replan(
            told.HoldsFrom, [.. told.Periods.Select(period => Of(period, id))], measured.ToHashSet(StringComparer.Ordinal));
        await measurements.SetTimers(contract, cancel);
    }

    private async Task LetIn(MeasuredParty party, CancellationToken cancel)
    {
        var known = await db.Stances.AnyAsync(
            one => one.ContractId == party.ContractId && one.OrganisationId == party.OrganisationId, cancel);
        var side = party.Role is PartyRole.Funder ? "funder" : party.Role is PartyRole.Payer ? "public"
            : await db.Organisations.Where(one => one.OrganisationId == party.OrganisationId).Select(one => one.Kind)
                .SingleOrDefaultAsync(cancel) ?? "private";
        await db.LetInAsSystem(
            new Admission(party.ContractId.Value, party.OrganisationId, side, clock.Today(), party.UnitId), cancel);
        if (!known && db.Stances.Local.All(one => one.OrganisationId != party.OrganisationId))
            db.Stances.Add(new Stance
            {
                ContractId = party.ContractId, OrganisationId = party.OrganisationId, IsVerifier = party.IsVerifier,
            });
    }

    private static MeasuredParty Of(OutcomeContractAmendedParty party, ContractRef id) => new()
    {
        ContractId = id,
        Position = 0,
        OrganisationId = party.OrganisationId,
        UnitId = party.UnitId,
        Name = party.Name,
        Role = Enum.Parse<PartyRole>(party.Role, ignoreCase: true),
    };

    private static Measure Of(OutcomeContractAmendedMeasure measure, ContractRef id) => new()
    {
        ContractId = id,
        Position = 0,
        Path = measure.Path,
        Type = measure.Type,
        Accumulation = measure.Accumulation,
        Unit = measure.Unit,
        MayBeNegative = measure.MayBeNegative,
        PerPerson = measure.PerPerson,
    };

    private static MeasuringPeriod Of(OutcomeContractAmendedPeriod period, ContractRef id) => new()
    {
        ContractId = id, Position = 0, Key = period.Key, From = period.From, To = period.To, Final = period.Final,
    };
}
