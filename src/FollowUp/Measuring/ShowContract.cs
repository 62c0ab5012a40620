using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Measuring;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Measuring;

/// <summary>What is measured in a signed outcome contract, when and by whom, and what has been reported.</summary>
internal static class ShowContract
{
    public sealed record PartyView(Guid OrganisationId, Guid? UnitId, string Name, string Role);

    public sealed record MeasureView(string Path, string Type, string Accumulation, string? Unit, bool MayBeNegative,
        bool PerPerson);

    public sealed record PeriodView(string Key, DateOnly From, DateOnly To, bool Final);

    public sealed record View(
        Guid Id, string Title, string Currency, Guid? PartnershipId, IReadOnlyList<MeasureView> Measures,
        IReadOnlyList<PeriodView> Periods,
        IReadOnlyList<PartyView> Parties, IReadOnlyList<MeasurementView> Measurements);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/contracts/{id:guid}", Handle).WithName(nameof(ShowContract));

    internal static async Task<Answer<View>> Handle(Guid id, FollowUpDb db, CancellationToken cancel)
    {
        if (await db.Contract(new ContractRef(id), cancel) is not { } contract) return Refusal.NotFound;
        var measurements = await db.WholeMeasurements.AsNoTracking().Where(one => one.ContractId == contract.Id)
            .OrderBy(one => one.Id).ToListAsync(cancel);
        return Answers.Ok(Of(contract, measurements), measurements.Sum(one => one.Version));
    }

    private static View Of(MeasuredContract contract, IReadOnlyList<Measurement> measurements) => new(
        contract.Id.Value, contract.Title, contract.Currency, contract.Partnership?.Value,
        [.. contract.Measures.Select(measure =>
            new MeasureView(measure.Path, measure.Type, measure.Accumulation, measure.Unit, measure.MayBeNegative,
                measure.PerPerson))],
        [.. contract.Periods.Select(period => new PeriodView(period.Key, period.From, period.To, period.Final))],
        [.. contract.Parties.Select(party =>
            new PartyView(party.OrganisationId, party.UnitId, party.Name, Words.Of(party.Role)))],
        [.. measurements.Select(measurement => MeasurementView.Of(measurement, contract))]);
}
