using System.Text.Json;
using Iop.Kernel;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Domain.Simulating;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Simulating;

/// <summary>The scenarios of a contract that count: the newest expected, best and worst.</summary>
internal static class ListScenarios
{
    public sealed record View(IReadOnlyList<ScenarioView> Items);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/contracts/{id:guid}/scenarios", Handle).WithName(nameof(ListScenarios));

    internal static async Task<Answer<View>> Handle(Guid id, OutcomeFinanceDb db, CancellationToken cancel)
    {
        if (await db.Contract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        var hash = TermsReader.Read(contract.Newest().Terms).Program?.Hash;
        var current = await ScenarioViews.Current(db, [contract.ContractId]).ToListAsync(cancel);
        return new View([.. current.OrderBy(one => one.Kind).Select(one => ScenarioViews.Of(one, contract, hash))]);
    }
}

/// <summary>What a party expects, hopes or fears, and what the terms make of it.</summary>
/// <param name="IsOfTheseTerms">False when the terms have changed since.</param>
/// <param name="Rate">Internal rate of return, percent per year; null when there is none, or several.</param>
public sealed record ScenarioView(
    Guid Id, string Kind, int Number, DateTimeOffset At, Guid OrganisationId, string OrganisationName, bool IsOfTheseTerms,
    Guid? SimulationId, JsonElement Figures, string Currency, string Total, IReadOnlyList<ScenarioPeriodView> Periods,
    string? Invested, string? Received, string? Rate);

public sealed record ScenarioPeriodView(string Key, string Due, string ToFunder);

internal static class ScenarioViews
{
    /// <summary>The newest of each kind, for any number of contracts: what portfolios read.</summary>
    public static IQueryable<Scenario> Current(OutcomeFinanceDb db, IReadOnlyList<ContractId> contracts) =>
        db.Scenarios.AsNoTracking()
        .Include(one => one.Periods)
        .Where(one => contracts.Contains(one.ContractId) && !db.Scenarios.Any(
            later => later.ContractId == one.ContractId && later.Kind == one.Kind && later.Number > one.Number));

    public static ScenarioView Of(Scenario one, OutcomeContract contract, string? termsHash)
    {
        var currency = Currency.TryParse(one.Currency, out var known) ? known : Currency.Sek;
        var order = contract.Periods.ToDictionary(period => period.Key, period => period.Position, StringComparer.Ordinal);
        return new ScenarioView(
            one.ScenarioId, Words.Of(one.Kind), one.Number, one.At, one.OrganisationId,
            contract.Parties.FirstOrDefault(party => party.OrganisationId == one.OrganisationId)?.Name ?? "",
            one.TermsHash == termsHash, one.SimulationId?.Value, JsonSerializer.Deserialize<JsonElement>(one.Figures),
            one.Currency,
            Text(one.TotalMinor),
            [.. one.Periods.OrderBy(period => order.GetValueOrDefault(period.PeriodKey)).Select(
                period => new ScenarioPeriodView(period.PeriodKey, Text(period.DueMinor), Text(period.FunderMinor)))],
            one.InvestedMinor is { } invested ? Text(invested) : null, one.ReceivedMinor is { } received ? Text(received) : null,
            one.RateBasisPoints is { } rate ? ResultOfSimulation.Percent(rate) : null);

        string Text(long minor) => new Money(minor, currency).ToDecimalString();
    }
}
