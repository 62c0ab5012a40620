using Iop.Contracts.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Measuring;

/// <summary>The verifier sends a measurement back with the reason (återsänder); a new one is reported instead.</summary>
internal static class ReturnMeasurement
{
    public sealed record Request(string Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/measurements/{id:guid}/return", Handle).WithName(nameof(ReturnMeasurement));

    internal static async Task<Answer<MeasurementView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, FollowUpDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.WholeMeasurements.SingleOrDefaultAsync(
            one => one.Id == new MeasurementId(id), cancel) is not { } measurement) return Refusal.NotFound;
        if (caller.Lacks(Roles.Verifier) is { } missing) return missing;
        if (ifMatch.Misses(measurement.Version) is { } stale) return stale;
        if (new Fields().Text("reason", request.Reason, 4_000).Refusal is { } malformed) return malformed;
        var contract = (await db.Contract(measurement.ContractId, cancel))!;
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (measurement.Return(contract, request.Reason, by, clock.GetUtcNow()) is { } refusal) return refusal;
        db.Announce(measurement.Id.Value, measurement.Version, new MeasurementReturned
        {
            MeasurementId = measurement.Id.Value,
            Sequence = measurement.Version,
            ContractId = contract.Id.Value,
            ContractTitle = contract.Title,
            PeriodKey = measurement.PeriodKey,
            ReporterOrganisationId = measurement.ReportedByOrganisation,
            Reason = request.Reason,
        });
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(MeasurementView.Of(measurement, contract), measurement.Version);
    }
}
