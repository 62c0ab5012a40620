using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Simulating;
using Iop.OutcomeFinance.Domain.Terms;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Simulating;

/// <summary>A party starts a simulation of the contract (simulering) on assumptions of its own. What cannot be computed is
/// refused at
/// once; the rest is computed in the background.</summary>
internal static class StartSimulation
{
    /// <param name="Assumptions">One for each measure of the terms, or closer ones for a member or a period.</param>
    /// <param name="Seed">A whole number from 0; drawn when nobody says. The same seed gives the same answer.</param>
    public sealed record Request(
        IReadOnlyList<AssumptionView> Assumptions, IReadOnlyList<GroupRequest>? Groups = null, string? Seed = null,
        int? Runs = null);

    /// <summary>Who a collection has: members by name, or so many.</summary>
    public sealed record GroupRequest(string Collection, IReadOnlyList<string>? Members = null, int? Count = null);

    private const int TextMax = 200;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/contracts/{id:guid}/simulations", Handle).WithName(nameof(StartSimulation)).Creates();

    internal static async Task<Answer<SimulationView>> Handle(
        Guid id, Request request, Caller caller, OutcomeFinanceDb db, SimulationViews views, TimeProvider clock,
        CancellationToken cancel)
    {
        var contract = await db.LockedContract(new ContractId(id), cancel);
        var actor = new Actor(caller.Person, caller.Organisation, caller.Unit);
        // The verifier confirms what was reached; what it may come to is not for its eyes.
        if (contract is null || !contract.Parties.Any(party => !party.Verifies && party.IsActedForBy(actor)))
            return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer, Roles.Controller) is { } missing) return missing;
        if (Malformed(request) is { } malformed) return malformed;
        var edition = contract.Newest();
        if (TermsReader.Read(edition.Terms).Program is not { } program) return SimulationRefusals.TermsFaulty;
        var assumptions = Read(request);
        var simulated = SimulatedContracts.Of(contract, edition, program, [], await db.Owed(contract.ContractId, cancel),
            await VerifiedHistory.Of(contract.ContractId, db, cancel));
        if (Simulator.Of(simulated, assumptions, out var refusal) is null) return refusal!;
        var kept = await db.Simulations.Where(one => one.ContractId == contract.ContractId).GroupBy(one => one.State)
            .Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancel);
        if (kept.Where(one => one.Key is SimulationState.Waiting or SimulationState.Running).Sum(one => one.Count)
            >= SimulationRun.OpenMax) return SimulationRefusals.TooManyAtOnce;
        if (kept.Sum(one => one.Count) >= SimulationRun.KeptMax) return SimulationRefusals.TooManyKept;
        var run = new SimulationRun
        {
            SimulationId = new SimulationId(Guid.CreateVersion7(clock.GetUtcNow())),
            ContractId = contract.ContractId,
            OrganisationId = caller.Organisation,
            PersonId = caller.Person,
            StartedAt = clock.GetUtcNow(),
            Terms = edition.Terms,
            Assumptions = JsonSerializer.Serialize(assumptions, SimulatedContracts.Json),
            Runs = assumptions.Runs,
        };
        db.Simulations.Add(run);
        await db.SaveChangesAsync(cancel);
        return Answers.Created(
            $"/outcome-finance/v1/contracts/{id}/simulations/{run.SimulationId.Value}", views.Of(run, contract),
            SimulationViews.Tag(run));
    }

    private static Assumptions Read(Request request) => new(
        request.Seed is null
            ? (ulong)RandomNumberGenerator.GetInt32(int.MaxValue) : ulong.Parse(request.Seed, CultureInfo.InvariantCulture),
        request.Runs ?? Assumptions.RunsMax,
        [.. (request.Groups ?? []).Select(group => new MemberGroup(group.Collection, group.Members ??
            [.. Enumerable.Range(1, group.Count ?? 0).Select(at => at.ToString(CultureInfo.InvariantCulture))]))],
        [.. request.Assumptions.Select(one => new Assumption(one.Measure, Words.Read<Shape>(one.Shape)!.Value)
        {
            Member = one.Member, Period = one.Period, Value = one.Value, Low = one.Low, Likely = one.Likely, High = one.High,
            Mean = one.Mean, Deviation = one.Deviation, Percent = one.Percent, Values = one.Values,
        })]);

    private static Refusal? Malformed(Request request)
    {
        var fields = new Fields()
            .Count("assumptions", request.Assumptions.Count, 1, Assumptions.MeasuresMax)
            .Must("seed", request.Seed is null || (request.Seed.Length <= 20 && request.Seed.All(char.IsAsciiDigit)
                && ulong.TryParse(request.Seed, CultureInfo.InvariantCulture, out _)), "simulation.seed")
            .Between("runs", request.Runs ?? Assumptions.RunsMax, 1, Assumptions.RunsMax)
            .Count("groups", request.Groups?.Count ?? 0, 0, Limits.NameLetters);
        if (fields.Refusal is { } early) return early;
        foreach (var (at, group) in (request.Groups ?? []).Index())
        {
            fields.Text($"groups[{at}].collection", group?.Collection, TextMax)
                .Must($"groups[{at}].members", group is null
                    || (group.Members is null) != (group.Count is null), "simulation.members-or-count")
                .Count($"groups[{at}].members", group?.Members?.Count ?? group?.Count, 1, Assumptions.MembersMax);
            foreach (var member in (group?.Members ?? []).Take(Assumptions.MembersMax))
                fields.Text($"groups[{at}].members", member, TextMax);
        }
        foreach (var (at, one) in request.Assumptions.Index())
        {
            fields.Text($"assumptions[{at}].measure", one?.Measure, TextMax)
                .OneOf($"assumptions[{at}].shape", one?.Shape, Words.All<Shape>());
        }
        return fields.Refusal;
    }
}
