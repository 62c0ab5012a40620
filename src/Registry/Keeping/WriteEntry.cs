using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Iop.Platform.Identity;
using Iop.Registry.Domain;
using Iop.Registry.Domain.Likeness;
using Iop.Registry.Entries;
using Iop.Registry.Likenesses;
using Iop.Registry.Organisations;
using Iop.Registry.Places;
using Iop.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Iop.Registry.Keeping;

/// <summary>Somebody enters a partnership that was signed elsewhere (skriv in ett partnerskap): an officer of one of its parties,
/// or the operator; or says it anew.</summary>
internal static class WriteEntry
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/entries", Handle).WithName(nameof(WriteEntry)).Creates();
        api.MapPut("/entries/{id:guid}", Rewrite).WithName("RewriteEntry");
        api.MapPut("/entries/{id:guid}/additions", Complete).WithName("CompleteEntry");
    }

    internal static async Task<Answer<EntryView>> Handle(
        EntryWords request, Caller caller, RegistryDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.Lacks(Roles.Officer, Roles.Operator) is { } missing) return missing;
        if (EntryRequest.Look(request).Refusal is { } malformed) return malformed;
        var words = EntryRequest.Tidied(request);
        var parties = await db.Identify(words.Parties, cancel);
        var isOperator = caller.Has(Roles.Operator);
        if (!isOperator && !parties.Contains(new OrganisationId(caller.Organisation))) return EntryRefusals.NotAParty;

        var now = clock.GetUtcNow();
        var id = new EntryId(Guid.CreateVersion7(now));
        var keeper = isOperator ? (OrganisationId?)null : new OrganisationId(caller.Organisation);
        var entry = Entry.Write(id, words, new EntrySource(isOperator ? Entry.EnteredByHand : Entry.ReportedByOneSide, keeper,
            await db.NameOf(caller.Organisation, cancel), parties, PlaceList.NameOf(words.MunicipalityCode, words.CountyCode)),
            clock.Today(), now);
        db.Add(entry);
        if (await db.Chain(entry, words.Additions, cancel) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        await db.Await(entry, cancel);
        // The other side may have reported the same partnership already.
        await db.Propose([.. LikenessRules.Among(await db.Near(id, cancel)).Proposals
            .Where(likeness => likeness.First == id.Value || likeness.Second == id.Value)], now, cancel);
        return Answers.Created($"/registry/v1/entries/{id.Value}", EntryView.Of(entry), entry.Version);
    }

    internal static async Task<Answer<EntryView>> Rewrite(
        Guid id, EntryWords request, Caller caller, IfMatch ifMatch, RegistryDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (entry, refused) = await db.Kept(id, caller, cancel);
        if (entry is null) return refused!;
        if (ifMatch.Misses(entry.Version) is { } stale) return stale;
        if (EntryRequest.Look(request).Refusal is { } malformed) return malformed;
        var words = EntryRequest.Tidied(request);
        var parties = await db.Identify(words.Parties, cancel);
        var source = new EntrySource(entry.Provenance, entry.KeeperId, await db.NameOf(caller.Organisation, cancel), parties,
            PlaceList.NameOf(words.MunicipalityCode, words.CountyCode));
        if (entry.Rewrite(words, source, clock.Today()) is { } refusal) return refusal;
        db.NeedNotAnswer(entry, "rewritten");
        if (await db.Chain(entry, words.Additions, cancel) is { } broken) return broken;
        await db.SaveChangesAsync(cancel);
        await db.Await(entry, cancel);
        return Answers.Ok(EntryView.Of(entry), entry.Version);
    }

    internal static async Task<Answer<EntryView>> Complete(
        Guid id, AdditionWords request, Caller caller, IfMatch ifMatch, RegistryDb db, CancellationToken cancel)
    {
        var (entry, refused) = await db.Kept(id, caller, cancel);
        if (entry is null) return refused!;
        if (ifMatch.Misses(entry.Version) is { } stale) return stale;
        if (EntryRequest.Look(new Fields(), request).Refusal is { } malformed) return malformed;
        entry.Complete(request, await db.NameOf(caller.Organisation, cancel));
        if (await db.Chain(entry, request, cancel) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(EntryView.Of(entry), entry.Version);
    }
}
