using Iop.Platform.Api;
using Iop.Registry.Domain;
using Iop.Registry.OpenData;
using Iop.Registry.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Organisations;

/// <summary>Organisations by name or number, in Swedish order.</summary>
internal static class FindOrganisations
{
    public sealed record View(IReadOnlyList<OrganisationView> Items, int Total);

    private const int SearchMax = 200;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/organisations", Handle).WithName(nameof(FindOrganisations)).AllowAnonymous().FollowsTheRegister();

    internal static async Task<Answer<View>> Handle(string? q, Paging paging, RegistryDb db, HttpRequest request,
        CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        if (new Fields().OptionalText("q", q, SearchMax).Refusal is { } malformed) return malformed;
        var found = db.Organisations.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(q))
        {
            var part = $"%{Escaped(q.Trim())}%";
            var digits = q.Replace("-", "", StringComparison.Ordinal).Trim();
            found = found.Where(organisation =>
                EF.Functions.ILike(organisation.Name, part, @"\") || organisation.Number == digits);
        }
        var total = await found.CountAsync(cancel);
        if (After(paging.After) is var (name, id))
        {
            // Both sides in the order of the list, so that the next page begins where this one ended.
            found = found.Where(organisation =>
                EF.Functions.Collate(organisation.Name, RegistryDb.Swedish).CompareTo(name) > 0
                || (organisation.Name == name && ((Guid)(object)organisation.OrganisationId).CompareTo(id) > 0));
        }
        var page = await found.OrderBy(organisation => EF.Functions.Collate(organisation.Name, RegistryDb.Swedish))
            .ThenBy(organisation => organisation.OrganisationId)
            .Skip(paging.Skip).Take(paging.Limit + 1).AsSplitQuery().ToListAsync(cancel);
        var shown = page.Take(paging.Limit).ToList();
        var next = page.Count > paging.Limit ? Paging.Next(request, $"{shown[^1].OrganisationId.Value}|{shown[^1].Name}") : null;
        return Answers.Page(new View([.. shown.Select(OrganisationView.Of)], total), next);
    }

    private static (string Name, Guid Id)? After(string? key) =>
        key is not null && key.Split('|', 2) is [var id, var name] && Guid.TryParse(id, out var parsed) ? (name, parsed) : null;

    private static string Escaped(string text) => text
        .Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal)
        .Replace("_", @"\_", StringComparison.Ordinal);
}
