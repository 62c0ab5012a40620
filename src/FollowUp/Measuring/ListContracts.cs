using Iop.FollowUp.Storage;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.FollowUp.Measuring;

/// <summary>The signed outcome contracts that the caller measures or verifies, newest first.</summary>
internal static class ListContracts
{
    public sealed record Line(Guid Id, string Title, Guid? PartnershipId);

    public sealed record View(IReadOnlyList<Line> Items);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/contracts", Handle).WithName(nameof(ListContracts));

    internal static async Task<Answer<View>> Handle(Paging paging, FollowUpDb db, HttpRequest request, CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        Guid? after = Guid.TryParse(paging.After, out var last) ? last : null;
        var contracts = db.Contracts
            .FromSql($"SELECT * FROM measured_contract WHERE {after}::uuid IS NULL OR contract_id < {after}::uuid")
                .AsNoTracking();
        var page = await contracts.OrderByDescending(contract => contract.Id).Skip(paging.Skip).Take(paging.Limit + 1)
            .ToListAsync(cancel);
        var shown = page.Take(paging.Limit)
            .Select(contract => new Line(contract.Id.Value, contract.Title, contract.Partnership?.Value)).ToList();
        return Answers.Page(new View(shown), page.Count > paging.Limit ? Paging.Next(request, shown[^1].Id.ToString()) : null);
    }
}
