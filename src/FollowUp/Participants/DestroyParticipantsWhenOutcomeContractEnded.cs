using Iop.Contracts.OutcomeFinance;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Participants;
using Iop.FollowUp.Measuring;
using Iop.FollowUp.Storage;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Participants;

/// <summary>The contract's claims are final: keys, secret and figures of single persons are destroyed, and the messages that
/// carried them. Measurements, how many persons they held, and who verified them stay.</summary>
internal sealed class DestroyParticipantsWhenOutcomeContractEnded(FollowUpDb db, MeasurementsDue measurements, TimeProvider clock)
    : IConsumer<OutcomeContractEnded>
{
    public async Task Consume(ConsumeContext<OutcomeContractEnded> context)
    {
        var (id, cancel) = (context.Message.ContractId, context.CancellationToken);
        if (await db.Contract(new ContractRef(id), cancel) is not { } contract)
            throw new InvalidOperationException($"Contract {id} has ended, but is not here yet.");
        if (contract.EndedOn is null) await measurements.TakeBack(contract, contract.Periods, cancel);
        contract.End(context.Message.EndedOn);
        var series = await db.ParticipantSeries.FromSql($"SELECT * FROM participant_series WHERE contract_id = {id} FOR UPDATE")
            .SingleOrDefaultAsync(cancel);
        if (series is null && !contract.Measures.Any(measure => measure.PerPerson)) return;
        if (series is null) db.ParticipantSeries.Add(series = new ParticipantSeries { ContractId = contract.Id });
        if (series.DestroyedAt is not null) return;
        await db.Database.ExecuteSqlAsync($"DELETE FROM participant_figure WHERE contract_id = {id}", cancel);
        await db.Database.ExecuteSqlAsync($"DELETE FROM participant WHERE contract_id = {id}", cancel);
        await db.Database.ExecuteSqlAsync($"DELETE FROM participant_secret WHERE contract_id = {id}", cancel);
        // Sent or not: what OutcomeFinance has not heard by now it would not believe any more.
        await db.Database.ExecuteSqlAsync($"""
            DELETE FROM outbox WHERE exchange = 'iop.follow-up.measurement-verified.v1'
              AND aggregate_id IN (SELECT measurement_id FROM measurement WHERE contract_id = {id})
            """, cancel);
        series.Destroy(clock.GetUtcNow());
    }
}
