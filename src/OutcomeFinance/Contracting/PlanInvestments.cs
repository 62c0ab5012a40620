using Iop.Kernel;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Contracting;

/// <summary>An officer writes when the funders pay in (investeringsplan): the whole list, in a draft. It is signed with the
/// contract.</summary>
internal static class PlanInvestments
{
    public sealed record Request(IReadOnlyList<InvestmentRequest> Investments);

    public sealed record InvestmentRequest(Guid PartyId, DateOnly On, string Amount);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/contracts/{id:guid}/investments", Handle).WithName(nameof(PlanInvestments));

    internal static async Task<Answer<ContractView>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, OutcomeFinanceDb db, ContractViews views, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.LockedContract(new ContractId(id), cancel) is not { } contract) return Refusal.NotFound;
        if (caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (ifMatch.Misses(contract.Version) is { } stale) return stale;
        var currency = WrittenAmount.CurrencyOf(contract.Terms);
        if (Malformed(request, currency) is { } malformed) return malformed;
        var planned = request.Investments.OrderBy(one => one.On).Select((one, at) => new PlannedInvestment
        {
            InvestmentId = Guid.CreateVersion7(clock.GetUtcNow()),
            ContractId = contract.ContractId,
            Position = at,
            PartyId = new PartyId(one.PartyId),
            On = one.On,
            AmountMinor = WrittenAmount.Read(one.Amount, currency),
        });
        if (contract.PlanInvestments(planned) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await views.Of(contract, cancel), contract.Version);
    }

    private static Refusal? Malformed(Request request, Currency currency)
    {
        var fields = new Fields().Count("investments", request.Investments.Count, 0, PlannedInvestment.Max);
        if (request.Investments.Count > PlannedInvestment.Max) return fields.Refusal;
        foreach (var (at, one) in request.Investments.Index())
        {
            fields.Must($"investments[{at}].amount", WrittenAmount.IsOne(one?.Amount, currency), "investment.amount");
        }
        return fields.Refusal;
    }
}
