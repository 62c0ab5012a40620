using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Registry.OpenData;
using Iop.Registry.Storage;

namespace Iop.Registry.Entries;

/// <summary>The parties of what a search finds, a line for each party of each partnership. A page holds all parties of its
/// partnerships.</summary>
internal static class ListParties
{
    /// <param name="Total">How many partnerships are found.</param>
    public sealed record View(IReadOnlyList<Line> Items, int Total);

    public sealed record Line(
        Guid EntryId, string Title, Guid OrganisationId, string Name, string? Number, OrganisationKind Kind, string? UnitName,
        string? Body, string? MunicipalityCode, string? CountyCode, string? Federation);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/entries/parties", Handle).WithName(nameof(ListParties)).AllowAnonymous().FollowsTheRegister();

    internal static async Task<Answer<View>> Handle(
        [AsParameters] FindEntries.Wishes wishes, Paging paging, RegistryDb db, TimeProvider clock, HttpRequest request,
        CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        if (FindEntries.Look(wishes) is { } malformed) return malformed;
        var (page, shown, next) = await FindEntries.Read(wishes with { Facets = false }, paging, db, clock, request, cancel);
        return Answers.Page(new View(
        [
            .. from entry in shown
               from party in PartyView.Of(entry)
               select new Line(entry.EntryId.Value, entry.Title, party.OrganisationId, party.Name, party.Number, party.Kind,
                   party.UnitName, party.Body, party.MunicipalityCode, party.CountyCode, party.Federation),
        ], page.Total), next);
    }
}
