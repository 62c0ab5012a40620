using Iop.Kernel;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Registry.Domain;
using Iop.Registry.Domain.Likeness;
using Iop.Registry.Keeping;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Likenesses;

/// <summary>A person decides that two entries are one partnership (slå samman), that one continues the other (förlängning), or
/// that they are not alike (avböj); and may take it back (ångra).</summary>
internal static class DecideProposal
{
    /// <param name="Decision">merge, chain or decline.</param>
    /// <param name="KeepId">Which of the two stays when they are merged; the first, where nothing is said.</param>
    public sealed record Request(string Decision, Guid? KeepId = null);

    public sealed record View(Guid Id, ProposalState State, Guid FirstId, Guid SecondId);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/proposals/{id:guid}/decision", Handle).WithName(nameof(DecideProposal));
        api.MapPost("/proposals/{id:guid}/undo", Undo).WithName("UndoProposal");
    }

    internal static async Task<Answer<View>> Handle(
        Guid id, Request request, Caller caller, IfMatch ifMatch, RegistryDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (proposal, pair, refused) = await Find(id, caller, db, cancel);
        if (proposal is null) return refused!;
        if (ifMatch.Misses(proposal.Version) is { } stale) return stale;
        if (new Fields().OneOf("decision", request.Decision, Decisions.Keys)
            .Must("keepId", request.KeepId is null || request.KeepId == proposal.FirstId.Value
                || request.KeepId == proposal.SecondId.Value, "field.not-one-of").Refusal is { } malformed) return malformed;
        var state = Decisions[request.Decision];
        if (proposal.Decide(state, new OrganisationId(caller.Organisation), clock.GetUtcNow()) is { } refusal) return refusal;
        if (await Do(state, pair, request.KeepId, db, cancel) is { } no) return no;
        await db.SaveChangesAsync(cancel);
        if (state is ProposalState.Merged)
            await db.FillGaps((pair.Item1.MergedIntoEntryId ?? pair.Item2.MergedIntoEntryId)!.Value, clock.Today(), cancel);
        return Answers.Ok(ViewOf(proposal), proposal.Version);
    }

    internal static async Task<Answer<View>> Undo(
        Guid id, Caller caller, IfMatch ifMatch, RegistryDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (proposal, pair, refused) = await Find(id, caller, db, cancel);
        if (proposal is null) return refused!;
        if (ifMatch.Misses(proposal.Version) is { } stale) return stale;
        var was = proposal.State;
        if (proposal.Undo() is { } refusal) return refusal;
        var (first, second) = pair;
        var gone = first.MergedIntoEntryId == second.EntryId ? first : second;
        if (was is ProposalState.Merged) gone.StandAlone();
        else if (was is ProposalState.Chained && second.FollowsEntryId == first.EntryId)
            second.Continue(null);
        await db.TieTogether([first, second], cancel);
        await db.SaveChangesAsync(cancel);
        if (was is ProposalState.Merged)
            await db.FillGaps((gone == first ? second : first).EntryId, clock.Today(), cancel);
        return Answers.Ok(ViewOf(proposal), proposal.Version);
    }

    private static async Task<Refusal?> Do(
        ProposalState state, (Entry First, Entry Second) pair, Guid? keep, RegistryDb db, CancellationToken cancel)
    {
        var (first, second) = pair;
        if (state is ProposalState.Chained)
            return await db.Chain(second, new AdditionWords(FollowsEntryId: first.EntryId.Value,
                GrewOutOfEntryId: second.GrewOutOfEntryId?.Value), cancel);
        if (state is not ProposalState.Merged) return null;
        // What is signed here always stays: it follows its agreement.
        var stays = first.IsSignedHere ? first : second.IsSignedHere ? second : keep == second.EntryId.Value ? second : first;
        var goes = stays == first ? second : first;
        if (goes.MergeInto(stays) is { } refusal) return refusal;
        db.NeedNotAnswer(goes, "merged");
        await db.TieTogether([first, second], cancel);
        return null;
    }

    private static async Task<(Proposal? Proposal, (Entry, Entry) Pair, Refusal? Refused)> Find(
        Guid id, Caller caller, RegistryDb db, CancellationToken cancel)
    {
        // One at a time: two decisions at once could tie a ring.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(7100)", cancel);
        var key = new ProposalId(id);
        if (await db.Set<Proposal>().FirstOrDefaultAsync(one => one.ProposalId == key, cancel) is not { } proposal)
            return (null, default, Refusal.NotFound);
        var both = await db.Entries.IgnoreQueryFilters()
            .Where(entry => entry.EntryId == proposal.FirstId || entry.EntryId == proposal.SecondId)
            .Include(entry => entry.Agreements).ThenInclude(agreement => agreement.Parties).AsSplitQuery().ToListAsync(cancel);
        var pair = (both.Single(one => one.EntryId == proposal.FirstId), both.Single(one => one.EntryId == proposal.SecondId));
        if (caller.Has(Roles.Operator)) return (proposal, pair, null);
        var own = new OrganisationId(caller.Organisation);
        if (!both.Exists(entry => entry.Names(own))) return (null, default, Refusal.NotFound);
        if (caller.Lacks(Roles.Officer, Roles.Operator) is { } missing) return (null, default, missing);
        // Whoever is named in one of them only sees it; both are touched, so both must be theirs.
        return both.TrueForAll(entry => entry.Names(own)) ? (proposal, pair, null) : (null, default, EntryRefusals.NotAParty);
    }

    private static View ViewOf(Proposal one) => new(one.ProposalId.Value, one.State, one.FirstId.Value, one.SecondId.Value);

    private static readonly Dictionary<string, ProposalState> Decisions = new(StringComparer.Ordinal)
    {
        ["merge"] = ProposalState.Merged, ["chain"] = ProposalState.Chained, ["decline"] = ProposalState.Declined,
    };
}
