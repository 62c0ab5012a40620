using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Contracting;

/// <summary>An officer states which public costs the contract finances (offentliga kostnader): the whole list, in a draft. It is
/// signed with the contract.</summary>
internal static class StatePublicCosts
{
    public sealed record Request(IReadOnlyList<CostRequest> Costs);

    public sealed record CostRequest(string Body, int Year, string Amount, string Description);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/contracts/{id:guid}/public-costs", Handle).WithName(nameof(StatePublicCosts));

    internal static async Task<Answer<ContractView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, ContractViews views, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.LockedContract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (ifMatch.Misses(contract.Version) is { } stale) return stale;
        var currency = WrittenAmount.CurrencyOf(contract.Terms);
        if (Malformed(request, currency) is { } malformed) return malformed;
        var costs = request.Costs.Select((one, at) => new PublicCost
        {
            CostId = Guid.CreateVersion7(clock.GetUtcNow()),
            ContractId = contract.ContractId,
            Position = at,
            Body = one.Body.Trim(),
            Year = one.Year,
            AmountMinor = WrittenAmount.Read(one.Amount, currency),
            Description = one.Description.Trim(),
        });
        if (contract.StateCosts(costs) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await views.Of(contract, cancel), contract.Version);
    }

    private static Refusal? Malformed(Request request, Currency currency)
    {
        var fields = new Fields().Count("costs", request.Costs.Count, 0, PublicCost.Max);
        if (request.Costs.Count > PublicCost.Max) return fields.Refusal;
        foreach (var (at, one) in request.Costs.Index())
        {
            fields.Text($"costs[{at}].body", one?.Body, PublicCost.BodyMax)
                .Between($"costs[{at}].year", one?.Year ?? 0, PublicCost.YearLeast, PublicCost.YearMost)
                .Text($"costs[{at}].description", one?.Description, PublicCost.DescriptionMax)
                .Must($"costs[{at}].amount", WrittenAmount.IsOne(one?.Amount, currency), "cost.amount");
        }
        return fields.Refusal;
    }
}
