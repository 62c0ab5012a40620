using Iop.Contracts.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Measuring;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Measuring;

/// <summary>A measuring period is over and nobody has reported it: those who may are told, and once more when it is long
/// over.</summary>
internal sealed class TellWhenMeasurementIsDue(FollowUpDb db, MeasurementsDue measurements) : ITimerRings
{
    public const string Kind = "measurement-due";

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        if (await db.Contract(new ContractRef(subject), cancel) is { } contract) await measurements.Tell(contract, cancel);
    }
}

/// <summary>Says of which periods outcomes are awaited (utfall ska rapporteras). Said again it is the same: listeners know the
/// period and how late it is.</summary>
internal sealed class MeasurementsDue(FollowUpDb db, TimeProvider clock)
{
    public async Task Tell(MeasuredContract contract, CancellationToken cancel)
    {
        foreach (var (period, isLate) in contract.Awaited(await Reported(contract, cancel), clock.Today()))
            Say(contract, period, isLate ? "overdue" : "due");
    }

    /// <summary>They are expected no more: the contract has ended, or has other periods.</summary>
    public async Task TakeBack(
        MeasuredContract contract, IEnumerable<MeasuringPeriod> periods, CancellationToken cancel)
    {
        var over = contract.Over(await Reported(contract, cancel), clock.Today()).Select(period => period.Key)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var period in periods.Where(period => over.Contains(period.Key))) Say(contract, period, "none");
    }

    public async Task SetTimers(MeasuredContract contract, CancellationToken cancel)
    {
        foreach (var day in contract.Turns())
            await db.Schedule(TellWhenMeasurementIsDue.Kind, contract.Id.Value, SwedishTime.StartOf(day), cancel);
    }

    private async Task<HashSet<string>> Reported(MeasuredContract contract, CancellationToken cancel) =>
        (await db.Measurements.Where(one => one.ContractId == contract.Id).Select(one => one.PeriodKey).Distinct()
            .ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);

    private void Say(MeasuredContract contract, MeasuringPeriod period, string stage) =>
        db.Announce(contract.Id.Value, 1, new MeasurementDue
        {
            ContractId = contract.Id.Value,
            Sequence = 1,
            ContractTitle = contract.Title,
            PeriodKey = period.Key,
            EndedOn = period.To,
            Stage = stage,
            Organisations = [.. contract.Parties
                .Where(party => party.Role is PartyRole.Payer or PartyRole.Payee or PartyRole.Provider)
                .Select(party => party.OrganisationId).Distinct()],
        });
}
