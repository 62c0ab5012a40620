using Iop.Agreements.Dialogue;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Organisations;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Partners;

/// <summary>An actor is asked, declines with its reason, comes in, leaves, is informed or observes.</summary>
internal static class MoveActor
{
    public sealed record Request(Standing Standing, string? Reason = null, DateOnly? Since = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/partnerships/{id:guid}/actors/{actorId:guid}", Handle).WithName(nameof(MoveActor));

    internal static async Task<Answer<ActorView>> Handle(
        Guid id, Guid actorId, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.PartnershipForUpdate(id, cancel) is not { } partnership) return Refusal.NotFound;
        if (await db.Actors.SingleOrDefaultAsync(one => one.PartnershipId == partnership.Id && one.ActorId == actorId, cancel)
            is not { } actor) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (ifMatch.Misses(actor.Version) is { } stale) return stale;
        if (new Fields().OptionalText("reason", request.Reason, Actor.ReasonMax).Refusal is { } malformed) return malformed;
        if (await viewer.For(partnership.Id, db, cancel) is null) return PartnershipRefusals.NotAParty;
        if (partnership.HasEnded() is { } ended) return ended;
        var parties = await db.Parties.Where(party => party.PartnershipId == partnership.Id).ToListAsync(cancel);
        var place = new Actor.Place(request.Standing, request.Reason?.Trim(), request.Since ?? clock.Today());
        if (actor.Move(place, parties) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(ActorView.Of(actor), actor.Version);
    }

    /// <summary>Whoever was named and has now become a party has joined.</summary>
    internal static async Task HasJoined(Party party, AgreementsDb db, DateOnly on, CancellationToken cancel)
    {
        var organisation = party.Organisation;
        var named = await db.Actors.Where(actor =>
            actor.PartnershipId == party.PartnershipId && actor.Organisation == organisation).ToListAsync(cancel);
        foreach (var actor in named.Where(actor => actor.Is(party) && actor.Standing.CanBecome(Standing.Joined)))
        {
            if (actor.Move(new Actor.Place(Standing.Joined, null, on), [party]) is { } refusal)
                throw new InvalidOperationException(refusal.Code);
        }
    }

    /// <summary>A party that has left its last agreement has left the table, with the reason it gave; also one that was never
    /// named there.</summary>
    internal static async Task HasLeft(Party party, string reason, AgreementsDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var named = await db.Actors.Where(actor => actor.PartnershipId == party.PartnershipId).ToListAsync(cancel);
        var place = new Actor.Place(Standing.Left, reason, SwedishTime.DateIn(now));
        var own = named.Where(actor => actor.Is(party)).ToList();
        foreach (var actor in own.Where(actor => actor.Standing.CanBecome(Standing.Left)))
        {
            if (actor.Move(place, [party]) is { } refusal) throw new InvalidOperationException(refusal.Code);
        }
        if (own.Count > 0) return;
        var names = await PartyNames.For(db, [party], cancel);
        var who = new Actor.Identity(names.Of(party), party.Kind, party.Organisation, party.Unit);
        if (Actor.Write(Guid.CreateVersion7(now), party.PartnershipId, who, place, named, out var left) is null) db.Add(left);
    }
}
