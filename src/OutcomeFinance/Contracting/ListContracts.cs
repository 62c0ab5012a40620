using Iop.OutcomeFinance.Domain;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.OutcomeFinance.Contracting;

/// <summary>The outcome contracts of the caller's organisation, newest first.</summary>
internal static class ListContracts
{
    public sealed record Line(Guid Id, string Title, Guid? PartnershipId, string State, IReadOnlyList<PartyView> Parties,
        IReadOnlyList<AwaitedView> Awaits);

    public sealed record View(IReadOnlyList<Line> Items);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/contracts", Handle).WithName(nameof(ListContracts));

    internal static async Task<Answer<View>> Handle(
        Guid? partnershipId, Paging paging, OutcomeFinanceDb db, ContractViews views, HttpRequest request,
        CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        Guid? after = Guid.TryParse(paging.After, out var last) ? last : null;
        var contracts = db.Contracts.FromSql(
            $"SELECT * FROM outcome_contract WHERE {after}::uuid IS NULL OR contract_id < {after}::uuid").AsNoTracking();
        if (partnershipId is { } partnership) contracts = contracts.Where(
            one => one.FinancesPartnership == new PartnershipRef(partnership));
        var page = await OutcomeFinanceDb.Whole(contracts).OrderByDescending(contract => contract.ContractId).Skip(paging.Skip)
            .Take(paging.Limit + 1).ToListAsync(cancel);
        var shown = page.Take(paging.Limit).Select(contract => Of(contract, views)).ToList();
        return Answers.Page(new View(shown), page.Count > paging.Limit ? Paging.Next(request, shown[^1].Id.ToString()) : null);
    }

    private static Line Of(OutcomeContract contract, ContractViews views) => new(
        contract.ContractId.Value, contract.Title, contract.FinancesPartnership?.Value, Words.Of(contract.State),
        [.. contract.Parties.Select(ContractViews.Of)], views.AwaitsOf(contract));
}
