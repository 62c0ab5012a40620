using Iop.FollowUp.Domain;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Measuring;

/// <summary>One measurement, as the verifier and the contract's parties see it.</summary>
internal static class ShowMeasurement
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/measurements/{id:guid}", Handle).WithName(nameof(ShowMeasurement)).LeavesATrail();

    internal static async Task<Answer<MeasurementView>> Handle(Guid id, FollowUpDb db, CancellationToken cancel)
    {
        var measurement = await db.WholeMeasurements.AsNoTracking()
            .SingleOrDefaultAsync(one => one.Id == new MeasurementId(id), cancel);
        if (measurement is null) return Refusal.NotFound;
        var contract = (await db.Contract(measurement.ContractId, cancel))!;
        return Answers.Ok(MeasurementView.Of(measurement, contract) with
        {
            GuestUntil = await db.GuestUntil(measurement.ContractId.Value, cancel),
        }, measurement.Version);
    }
}
