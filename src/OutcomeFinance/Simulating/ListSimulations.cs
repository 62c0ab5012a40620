using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Simulating;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Simulating;

/// <summary>The simulations of a contract, newest first, without their results.</summary>
internal static class ListSimulations
{
    /// <param name="Measures">What a simulation needs assumptions of.</param>
    public sealed record View(IReadOnlyList<Line> Items, IReadOnlyList<MeasureToAssume> Measures);

    /// <param name="Path">The measure, or collection/field.</param>
    /// <param name="Type">money, number, count, percent, boolean, date or code.</param>
    /// <param name="History">What has been verified of it so far, in the order of the periods; empty for members of
    /// collections.</param>
    public sealed record MeasureToAssume(
        string Path, string Type, string Accumulation, string? Unit, bool MayBeNegative, IReadOnlyList<string> History);

    public sealed record Line(
        Guid Id, string State, int Runs, int RunsDone, Guid OrganisationId, string OrganisationName, DateTimeOffset StartedAt,
        DateTimeOffset? FinishedAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/contracts/{id:guid}/simulations", Handle).WithName(nameof(ListSimulations));

    internal static async Task<Answer<View>> Handle(
        Guid id, Paging paging, OutcomeFinanceDb db, HttpRequest request, CancellationToken cancel)
    {
        if (await db.Contract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        if (paging.Refusal is { } refusal) return refusal;
        Guid? after = Guid.TryParse(paging.After, out var last) ? last : null;
        var page = await db.Simulations.FromSql(
                $"SELECT * FROM simulation WHERE contract_id = {id} AND ({after}::uuid IS NULL OR simulation_id < {after}::uuid)")
            .OrderByDescending(one => one.SimulationId).Skip(paging.Skip).Take(paging.Limit + 1)
            .Select(one => new
            {
                one.SimulationId, one.State, one.Runs, one.RunsDone, one.OrganisationId, one.StartedAt, one.FinishedAt,
            }).ToListAsync(cancel);
        var shown = page.Take(paging.Limit).Select(one => new Line(
            one.SimulationId.Value, Words.Of(one.State), one.Runs, one.RunsDone, one.OrganisationId,
            contract.Parties.FirstOrDefault(party => party.OrganisationId == one.OrganisationId)?.Name ?? "", one.StartedAt,
            one.FinishedAt)).ToList();
        var history = await VerifiedHistory.Of(contract.ContractId, db, cancel);
        var measures = TermsReader.Read(contract.Newest().Terms).Measures.Select(
            one => new MeasureToAssume(one.Path, one.Type, one.Accumulation, one.Unit, one.MayBeNegative, history.Of(one.Path)))
            .ToList();
        return Answers.Page(new View(shown, measures), page.Count > paging.Limit
            ? Paging.Next(request, shown[^1].Id.ToString()) : null);
    }
}
