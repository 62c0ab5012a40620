using Iop.Contracts.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Measuring;
using Iop.FollowUp.Participants;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Measuring;

/// <summary>The independent verifier confirms a measurement (verifierar): from now on it pays, instead of any earlier one of its
/// period.</summary>
internal static class VerifyMeasurement
{
    public sealed record Request(string? Comment = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/measurements/{id:guid}/verification", Handle).WithName(nameof(VerifyMeasurement));

    internal static async Task<Answer<MeasurementView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, FollowUpDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.WholeMeasurements.SingleOrDefaultAsync(
            one => one.Id == new MeasurementId(id), cancel) is not { } measurement) return Refusal.NotFound;
        if (caller.Lacks(Roles.Verifier) is { } missing) return missing;
        if (ifMatch.Misses(measurement.Version) is { } stale) return stale;
        if (new Fields().OptionalText("comment", request.Comment, 4_000).Refusal is { } malformed) return malformed;
        var contract = (await db.Contract(measurement.ContractId, cancel))!;
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (measurement.ParticipantCounts.Count > 0
            && await ParticipantsOfMeasurement.Hold(db, contract.Id, cancel) is { } destroyed) return destroyed;
        if (measurement.Verify(contract, request.Comment, by, clock.GetUtcNow()) is { } refusal) return refusal;
        var people = await ParticipantsOfMeasurement.ForTheCalculation(db, measurement, cancel);
        db.Announce(measurement.Id.Value, measurement.Version, Message(measurement, contract, people));
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(MeasurementView.Of(measurement, contract), measurement.Version);
    }

    private static MeasurementVerified Message(
        Measurement measurement, MeasuredContract contract, IReadOnlyList<MeasurementVerifiedFigure> people) => new()
    {
        MeasurementId = measurement.Id.Value,
        Sequence = measurement.Version,
        ContractId = contract.Id.Value,
        ContractTitle = contract.Title,
        PeriodKey = measurement.PeriodKey,
        Revision = measurement.Revision,
        SupersedesMeasurementId = measurement.Supersedes?.Value,
        ReporterPersonId = measurement.ReportedByPerson,
        VerifierOrganisationId = measurement.VerifiedByOrganisation!.Value,
        VerifierPersonId = measurement.VerifiedByPerson!.Value,
        VerifiedAt = measurement.VerifiedAt!.Value,
        EvidenceHash = measurement.EvidenceHash,
        Figures =
        [
            .. measurement.Figures.OrderBy(figure => figure.Path, StringComparer.Ordinal)
                .Select(figure => new MeasurementVerifiedFigure { Path = figure.Path, Type = Words.Of(figure.Type),
                    Value = figure.Value }),
            .. people,
        ],
    };
}
