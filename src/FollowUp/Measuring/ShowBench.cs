using Iop.FollowUp.Domain;
using Iop.FollowUp.Domain.Measuring;
using Iop.FollowUp.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Measuring;

/// <summary>The verifier's bench (granskningsbord): the contracts that the caller's organisation verifies, period by period: what
/// waits, what is late, what came out of order or incomplete.</summary>
internal static class ShowBench
{
    /// <param name="Standing">not-begun, running, awaited, late, waiting, waiting-long, returned or verified.</param>
    /// <param name="Since">Since when it waits, or since when the period is over.</param>
    /// <param name="OutOfOrder">A later period is verified already.</param>
    /// <param name="Missing">What the newest measurement leaves out: the period is incomplete.</param>
    public sealed record PeriodView(
        string Key, DateOnly From, DateOnly To, bool Final, string Standing, DateOnly? Since, Guid? MeasurementId, int? Revision,
        Guid? SupersedesMeasurementId, bool OutOfOrder, IReadOnlyList<string> Missing);

    public sealed record ContractView(Guid Id, string Title, IReadOnlyList<PeriodView> Periods);

    public sealed record View(IReadOnlyList<ContractView> Items);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/verification-bench", Handle).WithName(nameof(ShowBench));

    internal static async Task<Answer<View>> Handle(
        Paging paging, Caller caller, FollowUpDb db, TimeProvider clock, HttpRequest request, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Verifier) is { } missing) return missing;
        if (paging.Refusal is { } refusal) return refusal;
        Guid? after = Guid.TryParse(paging.After, out var last) ? last : null;
        var page = await db.Contracts.FromSql($"""
            SELECT * FROM measured_contract WHERE ({after}::uuid IS NULL OR contract_id < {after}::uuid)
              AND contract_id IN (SELECT contract_id FROM stance WHERE is_verifier AND organisation_id = {caller.Organisation})
            """).AsNoTracking().OrderByDescending(contract => contract.Id).Skip(paging.Skip).Take(paging.Limit + 1)
            .Select(contract => contract.Id).ToListAsync(cancel);
        var shown = page.Take(paging.Limit).ToList();
        var contracts = await db.WholeContracts.AsNoTracking().Where(contract => shown.Contains(contract.Id)).ToListAsync(cancel);
        var measurements = await db.WholeMeasurements.AsNoTracking().Where(one => shown.Contains(one.ContractId))
            .ToListAsync(cancel);
        var today = clock.Today();
        return Answers.Page(
            new View([.. shown.Select(id => Of(contracts.Single(contract => contract.Id == id), measurements, today))]),
            page.Count > paging.Limit ? Paging.Next(request, shown[^1].Value.ToString()) : null);
    }

    private static ContractView Of(MeasuredContract contract, IReadOnlyList<Measurement> measurements, DateOnly today) => new(
        contract.Id.Value, contract.Title,
        [.. Bench.Of(contract, [.. measurements.Where(one => one.ContractId == contract.Id)], today).Select(one => new PeriodView(
            one.Period.Key, one.Period.From, one.Period.To, one.Period.Final, Words.Of(one.Standing), one.Since,
            one.Latest?.Id.Value, one.Latest?.Revision, one.Latest?.Supersedes?.Value, one.IsOutOfOrder, one.Missing))]);
}
