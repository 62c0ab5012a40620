using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Advising;
using Iop.Agreements.Organisations;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Advising;

/// <summary>Other relations between the same parties are listed: grants, contracts, and whether the activity was procured or
/// self-run before (the Alingsås pattern).</summary>
internal static class ListRelation
{
    /// <param name="FromPartyId">Who gives or buys.</param>
    /// <param name="ToPartyId">Who receives or sells.</param>
    public sealed record Request(
        RelationKind Kind, Guid FromPartyId, Guid ToPartyId, string Description, string? KronorPerYear = null,
        DateOnly? StartsOn = null, DateOnly? EndsOn = null);

    public sealed record View(IReadOnlyList<RelationView> Items);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/partnerships/{id:guid}/relations", ShowAll).WithName("ListRelations");
        api.MapPost("/partnerships/{id:guid}/relations", Handle).WithName(nameof(ListRelation)).Creates();
        api.MapPost("/partnerships/{id:guid}/relations/removal", Remove).WithName("RemoveRelation");
    }

    internal static async Task<Answer<View>> ShowAll(Guid id, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var wanted = new PartnershipId(id);
        if (!await db.Partnerships.AnyAsync(one => one.Id == wanted, cancel)) return Refusal.NotFound;
        return new View(await RelationView.AllOf(wanted, viewer, db, cancel));
    }

    internal static async Task<Answer<RelationView>> Handle(
        Guid id, Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.PartnershipForUpdate(id, cancel) is not { } partnership) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Legal) is { } missing) return missing;
        Money? perYear = null;
        var isMoney = Money.TryParse(request.KronorPerYear, Currency.Sek, out var money);
        if (isMoney) perYear = money;
        var parties = await db.Parties.Where(party => party.PartnershipId == partnership.Id).Select(party => party.Id)
            .ToListAsync(cancel);
        if (new Fields().Text("description", request.Description, Relation.DescriptionMax)
            .Must("kronorPerYear", request.KronorPerYear is null || isMoney, "field.malformed")
            .Must("kronorPerYear", !isMoney || money.Minor is >= 0 and <= Contribution.OreMax, "contribution.amount-out-of-range")
            .Must("fromPartyId", parties.Contains(new PartyId(request.FromPartyId)), "relation.unknown-party")
            .Must("toPartyId", parties.Contains(new PartyId(request.ToPartyId)), "relation.unknown-party")
            .Must("endsOn", !(request.EndsOn < request.StartsOn), "relation.ends-before-start")
            .Refusal is { } malformed) return malformed;
        if (await db.Relations.CountAsync(known => known.PartnershipId == partnership.Id, cancel) >= Relation.PerPartnershipMax)
            return InstrumentRefusals.TooManyRelations;
        var now = clock.GetUtcNow();
        var listed = new Relation.Listed(request.Kind, new PartyId(request.FromPartyId), new PartyId(request.ToPartyId),
            request.Description.Trim(), perYear, request.StartsOn, request.EndsOn);
        if (Relation.List(Guid.CreateVersion7(now), partnership.Id, listed, viewer.Person, viewer.Organisation, now,
            out var relation) is { } refusal) return refusal;
        db.Add(relation);
        await db.SaveChangesAsync(cancel);
        var all = await RelationView.AllOf(partnership.Id, viewer, db, cancel);
        return Answers.Created($"/agreements/v1/partnerships/{id}/relations", all.Single(one => one.Id == relation.RelationId),
            relation.Version);
    }

    /// <param name="Reason">Why it does not belong on the list; it is kept with the reason.</param>
    public sealed record RemovalRequest(Guid RelationId, string Reason);

    internal static async Task<Answer<View>> Remove(
        Guid id, RemovalRequest request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        if (await db.PartnershipForUpdate(id, cancel) is not { } partnership) return Refusal.NotFound;
        if (await db.Relations.SingleOrDefaultAsync(known => known.PartnershipId == partnership.Id
            && known.RelationId == request.RelationId, cancel) is not { } relation) return InstrumentRefusals.UnknownRelation;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Legal) is { } missing) return missing;
        if (ifMatch.Misses(relation.Version) is { } stale) return stale;
        if (new Fields().Text("reason", request.Reason, Relation.ReasonMax).Refusal is { } malformed) return malformed;
        if (relation.Remove(request.Reason.Trim()) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return new View(await RelationView.AllOf(partnership.Id, viewer, db, cancel));
    }
}

/// <param name="RelationTag">The If-Match of taking it off the list.</param>
internal sealed record RelationView(
    Guid Id, RelationKind Kind, Guid FromPartyId, string From, Guid ToPartyId, string To, string Description,
    string? KronorPerYear, string? Currency, DateOnly? StartsOn, DateOnly? EndsOn, string? ListedBy, DateTimeOffset ListedOn,
    string? RemovedBecause, string RelationTag)
{
    public static async Task<IReadOnlyList<RelationView>> AllOf(
        PartnershipId partnership, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var relations = await db.Relations.Where(relation => relation.PartnershipId == partnership)
            .OrderBy(relation => relation.RelationId).ToListAsync(cancel);
        if (relations.Count == 0) return [];
        var parties = await db.Parties.Where(party => party.PartnershipId == partnership).ToListAsync(cancel);
        var names = await PartyNames.For(db, parties, cancel);
        var people = await viewer.NamesOf(relations.Select(relation => relation.ListedBy), cancel);
        string NameOf(PartyId id) => names.Of(parties.Single(party => party.Id == id));
        return [.. relations.Select(relation => new RelationView(
            relation.RelationId, relation.Kind, relation.From.Value, NameOf(relation.From), relation.To.Value,
            NameOf(relation.To),
            relation.Description, relation.OrePerYear is { } ore ? Money.Ore(ore).ToDecimalString() : null,
            relation.OrePerYear is null ? null : Kernel.Currency.Sek.Code, relation.StartsOn, relation.EndsOn,
            people.GetValueOrDefault(relation.ListedBy), relation.ListedAt, relation.RemovedBecause, $"{relation.Version}"))];
    }
}
