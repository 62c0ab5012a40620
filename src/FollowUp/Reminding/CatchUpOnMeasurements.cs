using Iop.FollowUp.Domain;
using Iop.FollowUp.Measuring;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Time;

namespace Iop.FollowUp.Reminding;

/// <summary>A contract from before there were reminders: from now on outcomes are asked for when a period is over, and never of
/// periods that were over by then. One that has ended has none that are not.</summary>
internal sealed class CatchUpOnMeasurements(FollowUpDb db, MeasurementsDue measurements, TimeProvider clock) : ITimerRings
{
    public const string Kind = "contract-catches-up";

    public async Task Ring(Guid subject, CancellationToken cancel)
    {
        if (await db.Contract(new ContractRef(subject), cancel) is not { } contract) return;
        contract.AskFrom(clock.Today());
        await measurements.SetTimers(contract, cancel);
    }
}
