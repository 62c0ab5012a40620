using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Paying;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Paying;

/// <summary>Obligations of the contracts that the caller may see, newest first; by state for the one who claims or
/// attests.</summary>
internal static class ListObligations
{
    public sealed record View(IReadOnlyList<ObligationView> Items);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/obligations", Handle).WithName(nameof(ListObligations));

    internal static async Task<Answer<View>> Handle(
        string? state, Guid? contractId, bool? disputed, Paging paging, OutcomeFinanceDb db, ObligationViews views,
        HttpRequest request,
        CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        if (state is not null && new Fields().OneOf("state", state, Words.All<ObligationState>()).Refusal is { } malformed)
            return malformed;
        Guid? after = Guid.TryParse(paging.After, out var last) ? last : null;
        var obligations = db.Obligations.FromSql(
            $"SELECT * FROM obligation WHERE {after}::uuid IS NULL OR obligation_id < {after}::uuid").AsNoTracking();
        if (Words.Read<ObligationState>(state) is { } wanted) obligations = obligations.Where(one => one.State == wanted);
        if (contractId is { } contract) obligations = obligations.Where(one => one.ContractId == new ContractId(contract));
        // Also those whose dispute is over.
        if (disputed is true) obligations = obligations.Where(one => one.DisputeReason != null);
        var page = await obligations.OrderByDescending(one => one.Id).Skip(paging.Skip).Take(paging.Limit + 1)
            .ToListAsync(cancel);
        var shown = page.Take(paging.Limit).ToList();
        var ids = shown.Select(one => one.ContractId).Distinct().ToList();
        var contracts = await OutcomeFinanceDb.Whole(db.Contracts.AsNoTracking()).Where(one => ids.Contains(one.ContractId))
            .ToDictionaryAsync(one => one.ContractId, cancel);
        var next = page.Count > paging.Limit ? Paging.Next(request, shown[^1].Id.Value.ToString()) : null;
        return Answers.Page(new View(await views.Of(shown, contracts, cancel)), next);
    }
}
