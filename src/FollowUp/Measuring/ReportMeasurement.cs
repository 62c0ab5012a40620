using Iop.Contracts.FollowUp;
using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Measuring;
using Iop.FollowUp.Participants;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Measuring;

/// <summary>A party reports what was measured for a period (rapporterar en utfallsmätning), or corrects a verified measurement by
/// a new one.</summary>
internal static class ReportMeasurement
{
    private const int FiguresMax = 50_000;
    private const int EvidenceMax = 20;
    private const int BodyMax = 2 * 1024 * 1024; // twenty thousand people with a few figures each; the gateway's limit

    public sealed record Request(
        string PeriodKey, IReadOnlyList<FigureView> Figures, string Counterfactual, IReadOnlyList<EvidenceView>? Evidence = null,
        Guid? SupersedesMeasurementId = null, IReadOnlyList<ParticipantTableView>? Participants = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/contracts/{id:guid}/measurements", Handle).WithName(nameof(ReportMeasurement)).Creates()
            .WithMetadata(new RequestSizeLimitAttribute(BodyMax));

    internal static async Task<Answer<MeasurementView>> Handle(
        Guid id, Request request, Caller caller, FollowUpDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Contract(new ContractRef(id), cancel) is not { } contract) return Refusal.NotFound;
        if (caller.Lacks(Roles.Reporter) is { } missing) return missing;
        if (Malformed(request) is { } malformed) return malformed;
        var now = clock.GetUtcNow();
        var earlier = await db.Measurements.Where(one => one.ContractId == contract.Id && one.PeriodKey == request.PeriodKey)
            .ToListAsync(cancel);
        var by = new Actor(caller.Person, caller.Organisation, caller.Unit);
        if (!contract.LetsReport(by)) return FollowUpRefusals.NotAReporter;
        if (await ParticipantsOfMeasurement.Hold(db, contract.Id, cancel) is { } destroyed) return destroyed;
        var draft = DraftOf(request, contract.Id, new MeasurementId(Guid.CreateVersion7(now)));
        var (people, unreadable) =
            await ParticipantsOfMeasurement.Read(db, contract, draft.Id, caller, request.Participants ?? [], cancel);
        if (people is null) return unreadable!;
        draft = draft with { ParticipantCounts = people.Counts };
        if (Measurement.Report(contract, earlier, draft, by, now, out var measurement) is { } refusal) return refusal;
        db.Measurements.Add(measurement!);
        await db.SaveChangesAsync(cancel);
        await ParticipantsOfMeasurement.Keep(db, measurement!, caller, people.Figures, cancel);
        db.Announce(measurement!.Id.Value, measurement.Version, Message(measurement, contract));
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/follow-up/v1/measurements/{measurement.Id.Value}", MeasurementView.Of(measurement, contract),
            measurement.Version);
    }

    private static Refusal? Malformed(Request request)
    {
        var fields = new Fields()
            .Text("periodKey", request.PeriodKey, 60)
            .Count("figures", request.Figures.Count, request.Participants is { Count: > 0 } ? 0 : 1, FiguresMax)
            .Tables(request.Participants)
            .OneOf("counterfactual", request.Counterfactual, Words.All<Counterfactual>())
            .Count("evidence", request.Evidence?.Count, 0, EvidenceMax);
        if (request.Figures.Count > FiguresMax || request.Evidence?.Count > EvidenceMax) return fields.Refusal;
        for (var at = 0; at < request.Figures.Count; at++)
        {
            var figure = request.Figures[at];
            if (figure is null)
            {
                fields.Must($"figures[{at}]", holds: false, "field.required");
                continue;
            }
            fields.Text($"figures[{at}].path", figure.Path, 200)
                .OneOf($"figures[{at}].type", figure.Type, Words.All<FigureType>())
                .Text($"figures[{at}].value", figure.Value, 60);
        }
        for (var at = 0; at < (request.Evidence?.Count ?? 0); at++)
        {
            var evidence = request.Evidence![at];
            fields.Text($"evidence[{at}].name", evidence?.Name, 200)
                .Text($"evidence[{at}].description", evidence?.Description, 4_000)
                .Must($"evidence[{at}].url", evidence?.Url is null || IsWebAddress(evidence.Url), "field.malformed");
        }
        return fields.Refusal;
    }

    private static bool IsWebAddress(string text) =>
        text.Length <= 500 && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http";

    private static Measurement.Draft DraftOf(Request request, ContractRef contract, MeasurementId id) => new(
        id, request.PeriodKey,
        [.. request.Figures.Select(figure => new Figure
        {
            Measurement = id,
            ContractId = contract,
            Path = figure.Path,
            Type = Words.Read<FigureType>(figure.Type)!.Value,
            Value = figure.Value,
        })],
        Words.Read<Counterfactual>(request.Counterfactual)!.Value,
        [.. (request.Evidence ?? []).Select((evidence, at) => new Evidence
        {
            Measurement = id,
            ContractId = contract,
            Position = at,
            Name = evidence.Name,
            Description = evidence.Description,
            Url = evidence.Url,
        })],
        request.SupersedesMeasurementId is { } earlier ? new MeasurementId(earlier) : null);

    private static MeasurementReported Message(Measurement measurement, MeasuredContract contract) => new()
    {
        MeasurementId = measurement.Id.Value,
        Sequence = measurement.Version,
        ContractId = contract.Id.Value,
        ContractTitle = contract.Title,
        PeriodKey = measurement.PeriodKey,
        VerifierOrganisationId = contract.Verifier.OrganisationId,
        ReporterOrganisationId = measurement.ReportedByOrganisation,
    };
}
