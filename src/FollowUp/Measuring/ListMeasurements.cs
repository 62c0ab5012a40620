using Iop.FollowUp.Domain.Measuring;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Measuring;

/// <summary>Measurements of the contracts the caller may see, newest first; with <c>state=reported</c> the verifier's
/// bench.</summary>
internal static class ListMeasurements
{
    public sealed record Line(
        Guid Id, Guid ContractId, string ContractTitle, string PeriodKey, int Revision, string State, DateTimeOffset ReportedAt,
        bool Mine);

    public sealed record View(IReadOnlyList<Line> Items);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/measurements", Handle).WithName(nameof(ListMeasurements));

    internal static async Task<Answer<View>> Handle(
        string? state, Paging paging, FollowUpDb db, Platform.Identity.Caller caller, HttpRequest request,
        CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        if (state is not null && new Fields().OneOf("state", state, Words.All<MeasurementState>()).Refusal is { } malformed)
            return malformed;
        Guid? after = Guid.TryParse(paging.After, out var last) ? last : null;
        var measurements = db.Measurements
            .FromSql($"SELECT * FROM measurement WHERE {after}::uuid IS NULL OR measurement_id < {after}::uuid").AsNoTracking();
        if (Words.Read<MeasurementState>(state) is { } wanted) measurements = measurements.Where(one => one.State == wanted);
        var page = await measurements.OrderByDescending(one => one.Id).Skip(paging.Skip).Take(paging.Limit + 1)
            .ToListAsync(cancel);
        var ids = page.Select(one => one.ContractId).Distinct().ToList();
        var contracts = await db.WholeContracts.AsNoTracking().Where(contract => ids.Contains(contract.Id))
            .ToDictionaryAsync(contract => contract.Id, cancel);
        var shown = page.Take(paging.Limit).Select(one => new Line(
            one.Id.Value, one.ContractId.Value, contracts[one.ContractId].Title, one.PeriodKey, one.Revision,
            Words.Of(one.State), one.ReportedAt,
            IsMine(one, contracts[one.ContractId], caller))).ToList();
        return Answers.Page(new View(shown), page.Count > paging.Limit ? Paging.Next(request, shown[^1].Id.ToString()) : null);
    }

    /// <summary>It awaits the caller: the verifier's to decide, or the reporter's to report anew.</summary>
    private static bool IsMine(Measurement measurement, MeasuredContract contract, Platform.Identity.Caller caller) =>
        measurement.State switch
    {
        MeasurementState.Reported => caller.Has(Roles.Verifier) && contract.Verifier.OrganisationId == caller.Organisation,
        MeasurementState.Returned => caller.Has(Roles.Reporter) && measurement.ReportedByOrganisation == caller.Organisation,
        _ => false,
    };
}
