using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Measuring;
using Iop.FollowUp.Domain.Participants;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Participants;

/// <summary>The figures of single persons in a measurement, by key: for the organisation that reported them and for the verifier.
/// All others see how many they are.</summary>
internal static class ShowParticipants
{
    public sealed record View(Guid MeasurementId, string PeriodKey, IReadOnlyList<ParticipantTableView> Items);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/measurements/{id:guid}/participants", Handle).WithName(nameof(ShowParticipants)).LeavesATrail();
        api.MapGet("/measurements/{id:guid}/participants/csv", Table).WithName("ShowParticipantsAsCsv").LeavesATrail()
            .Produces(StatusCodes.Status200OK, contentType: "text/csv");
    }

    internal static async Task<Answer<View>> Handle(Guid id, Caller caller, FollowUpDb db, CancellationToken cancel)
    {
        var (view, refusal) = await Of(id, caller, db, cancel);
        return refusal is not null ? refusal : view!;
    }

    internal static async Task<IResult> Table(
        Guid id, string? collection, Caller caller, FollowUpDb db, Texts texts, HttpRequest request, CancellationToken cancel)
    {
        var (view, refusal) = await Of(id, caller, db, cancel);
        if (refusal is not null) return (Answer<object>)refusal;
        if (view!.Items.FirstOrDefault(one => collection is null || one.Collection == collection) is not { } table)
            return (Answer<object>)Refusal.NotFound;
        var language = Texts.LanguageOf(request);
        return ParticipantFile.Of(
            [texts.Find(language, "participant.key") ?? "", .. table.Fields], table.Rows, $"{table.Collection}-{view.PeriodKey}");
    }

    private static async Task<(View? View, Refusal? Refusal)> Of(Guid id, Caller caller, FollowUpDb db, CancellationToken cancel)
    {
        if (await db.Measurements.AsNoTracking().SingleOrDefaultAsync(one => one.Id == new MeasurementId(id), cancel)
            is not { } measurement) return (null, Refusal.NotFound);
        if (caller.Lacks(Roles.Reporter, Roles.Verifier) is { } missing) return (null, missing);
        var contract = (await db.Contract(measurement.ContractId, cancel))!;
        var verifies = caller.Has(Roles.Verifier) && contract.Verifier.OrganisationId == caller.Organisation;
        var reported = caller.Has(Roles.Reporter) && measurement.ReportedByOrganisation == caller.Organisation;
        if (!verifies && !reported) return (null, ParticipantRefusals.NotForYou);
        var series = await db.ParticipantSeries.AsNoTracking()
            .SingleOrDefaultAsync(one => one.ContractId == contract.Id, cancel);
        if (series?.DestroyedAt is { } at) return (null, ParticipantRefusals.Destroyed(at));
        var figures = await db.ParticipantFigures.AsNoTracking().Where(one => one.Measurement == measurement.Id)
            .Join(db.Participants, figure => figure.ParticipantId, person => person.Id,
                (figure, person) => new { person.Key, figure.Path, figure.Value }).ToListAsync(cancel);
        return (new View(id, measurement.PeriodKey,
            [.. figures.GroupBy(figure => figure.Path.Split('/')[0], StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => TableOf(group.Key, contract, group.Select(one => (one.Key, one.Path, one.Value))))]), null);
    }

    private static ParticipantTableView TableOf(
        string collection, MeasuredContract contract, IEnumerable<(string Key, string Path, string Value)> figures)
    {
        var all = figures.ToList();
        var paths = contract.Measures.Select(measure => measure.Path).Where(path => all.Exists(one => one.Path == path)).ToList();
        return new ParticipantTableView(collection, [.. paths.Select(path => path.Split('/')[1])],
            [.. all.GroupBy(one => one.Key, StringComparer.Ordinal).OrderBy(person => person.Key, StringComparer.Ordinal)
                .Select(person =>
            {
                var values = person.ToDictionary(one => one.Path, one => one.Value, StringComparer.Ordinal);
                return (IReadOnlyList<string>)[person.Key, .. paths.Select(path => values.GetValueOrDefault(path, ""))];
            })]);
    }
}

/// <summary>Figures of single persons: the key first, then a value for each field; an empty one is not given.</summary>
public sealed record ParticipantTableView(
    string Collection, IReadOnlyList<string> Fields, IReadOnlyList<IReadOnlyList<string>> Rows);
