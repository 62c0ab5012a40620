using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Registry.Domain;
using Iop.Registry.Domain.Likeness;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Likenesses;

/// <summary>The operator lets the whole register be compared (leta dubbletter och förlängningar), and whoever keeps entries sees
/// what is proposed for them.</summary>
internal static class LookForLikenesses
{
    public sealed record Found(int New, int Waiting, int NotCompared);

    public sealed record View(IReadOnlyList<Line> Items, int Total);

    public sealed record Line(
        Guid Id, LikenessKind Kind, int Score, IReadOnlyList<string> Reasons, ProposalState State, Side First, Side Second,
        DateTimeOffset? DecidedAt, string ProposalTag, bool MayDecide);

    public sealed record Side(
        Guid Id, string Title, string? Purpose, DateOnly? StartsOn, int? StartYear, DateOnly? EndsOn, string PartyNames,
        string Provenance);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/proposals", Handle).WithName(nameof(LookForLikenesses)).Creates();
        api.MapGet("/proposals", List).WithName("ListProposals");
    }

    internal static async Task<Answer<Found>> Handle(
        Caller caller, RegistryDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Operator) is { } missing) return missing;
        var (found, notCompared) = LikenessRules.Among(await db.AllCompared(cancel));
        var made = await db.Propose(found, clock.GetUtcNow(), cancel);
        var waiting = await db.Set<Proposal>().CountAsync(one => one.State == ProposalState.Waiting, cancel);
        return Answers.Created("/registry/v1/proposals", new Found(made, waiting, notCompared), made);
    }

    /// <summary>The operator's are all; others see those of entries that their organisation is named in.</summary>
    internal static async Task<Answer<View>> List(
        string? state, Caller caller, Paging paging, RegistryDb db, CancellationToken cancel)
    {
        if (paging.Refusal is { } refusal) return refusal;
        if (new Fields().OneOf("state", state ?? "waiting", States.Keys).Refusal is { } malformed) return malformed;
        var wanted = States[state ?? "waiting"];
        var (isOperator, own) = (caller.Has(Roles.Operator), new OrganisationId(caller.Organisation));
        var entries = db.Entries.IgnoreQueryFilters();
        var proposals = db.Set<Proposal>().AsNoTracking().Where(one => one.State == wanted);
        if (!isOperator)
        {
            var mine = entries.Where(entry => entry.KeeperId == own
                || entry.Agreements.Any(agreement => agreement.Parties.Any(party => party.OrganisationId == own)))
                .Select(entry => entry.EntryId);
            proposals = proposals.Where(one => mine.Contains(one.FirstId) || mine.Contains(one.SecondId));
        }
        var total = await proposals.CountAsync(cancel);
        var page = await proposals.OrderByDescending(one => one.Score).ThenBy(one => one.ProposalId)
            .Skip(paging.Skip).Take(paging.Limit).ToListAsync(cancel);
        var ids = page.SelectMany(one => new[] { one.FirstId, one.SecondId }).ToList();
        var shown = await entries.AsNoTracking().Where(entry => ids.Contains(entry.EntryId))
            .ToDictionaryAsync(entry => entry.EntryId, cancel);
        var mayDecide = isOperator || caller.Has(Roles.Officer);
        return new View([.. page.Select(one => new Line(one.ProposalId.Value, one.Kind, one.Score, one.Reasons, one.State,
            SideOf(shown[one.FirstId]), SideOf(shown[one.SecondId]), one.DecidedAt, $"{one.Version}", mayDecide))], total);
    }

    private static Side SideOf(Entry entry) => new(entry.EntryId.Value, entry.Title, entry.Purpose, entry.StartsOn,
        entry.StartYear, entry.EndsOn, entry.PartyNames, entry.Provenance);

    private static readonly Dictionary<string, ProposalState> States = new(StringComparer.Ordinal)
    {
        ["waiting"] = ProposalState.Waiting, ["merged"] = ProposalState.Merged, ["chained"] = ProposalState.Chained,
        ["declined"] = ProposalState.Declined,
    };
}
