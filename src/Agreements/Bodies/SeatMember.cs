using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Bodies;

/// <summary>Somebody takes a seat in a body, changes what they are there, or leaves and hands over.</summary>
internal static class SeatMember
{
    /// <param name="PersonId">A person the platform knows; else <paramref name="Name"/>.</param>
    public sealed record Request(
        MemberRole Role, DateOnly FromOn, Guid? PartyId = null, Guid? PersonId = null, string? Name = null,
        Guid? DeputyFor = null,
        Guid? LinksTo = null, string? Mandate = null, DateOnly? ToOn = null, string? Handover = null);

    public sealed record Change(
        MemberRole Role, Guid? DeputyFor = null, Guid? LinksTo = null, string? Mandate = null, DateOnly? ToOn = null,
        string? Handover = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/partnerships/{id:guid}/bodies/{bodyId:guid}/members", Handle).WithName(nameof(SeatMember)).Creates();
        api.MapPut("/partnerships/{id:guid}/bodies/{bodyId:guid}/members/{memberId:guid}", Reseat).WithName("ReseatMember");
        api.MapGet("/partnerships/{id:guid}/bodies/{bodyId:guid}/members/{memberId:guid}", Show).WithName("ShowMember");
    }

    internal static async Task<Answer<MemberView>> Handle(
        Guid id, Guid bodyId, Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await BodyFile.Find(db, id, bodyId, cancel) is not { } body) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        var change = new Change(
            request.Role, request.DeputyFor, request.LinksTo, request.Mandate, request.ToOn, request.Handover);
        if (Malformed(change, request) is { } malformed) return malformed;
        var room = await BodyFile.Room(db, body.PartnershipId, viewer, cancel);
        if (room.Keeps(body) is { } notForYou) return notForYou;
        if (request.PartyId is { } of && room.Parties.All(party => party.Id.Value != of)) return AgreementRefusals.UnknownParty;
        PersonRef? person = request.PersonId is { } known ? new PersonRef(known) : null;
        if (person is { } sought && !await db.People.AnyAsync(one => one.PersonId == sought, cancel))
            return BodyRefusals.UnknownPerson;
        if (await UnknownLink(db, body, change, cancel) is { } unknown) return unknown;
        var memberId = new MemberId(Guid.CreateVersion7(clock.GetUtcNow()));
        PartyId? represents = request.PartyId is { } party ? new PartyId(party) : null;
        var refusal = BodyMember.Seat(memberId, body, new BodyMember.Who(represents, person, FormBody.Blank(request.Name)),
            request.FromOn,
            Seating(change), await Present(db, body, cancel), out var member);
        if (refusal is not null) return refusal;
        db.Add(member);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/agreements/v1/partnerships/{id}/bodies/{bodyId}/members/{member.Id.Value}",
            await View(member, room, viewer, clock, cancel), member.Version);
    }

    internal static async Task<Answer<MemberView>> Reseat(
        Guid id, Guid bodyId, Guid memberId, Change request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, TimeProvider clock,
            CancellationToken cancel)
    {
        if (await Find(db, id, bodyId, memberId, cancel) is not ({ } body, { } member)) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (ifMatch.Misses(member.Version) is { } stale) return stale;
        if (Malformed(request, null) is { } malformed) return malformed;
        if (await UnknownLink(db, body, request, cancel) is { } unknown) return unknown;
        if (member.Change(body, Seating(request), await Present(db, body, cancel)) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        var room = await BodyFile.Room(db, body.PartnershipId, viewer, cancel);
        return Answers.Ok(await View(member, room, viewer, clock, cancel), member.Version);
    }

    internal static async Task<Answer<MemberView>> Show(
        Guid id, Guid bodyId, Guid memberId, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await Find(db, id, bodyId, memberId, cancel) is not ({ } body, { } member)) return Refusal.NotFound;
        var room = await BodyFile.Room(db, body.PartnershipId, viewer, cancel);
        return Answers.Ok(await View(member, room, viewer, clock, cancel), member.Version);
    }

    private static async Task<MemberView> View(
        BodyMember member, BodyRoom room, Viewer viewer, TimeProvider clock, CancellationToken cancel) => MemberView.Of(
        member, room, await viewer.NamesOf(member.Person is { } person ? [person] : [], cancel), clock.Today());

    private static async Task<(Body?, BodyMember?)> Find(
        AgreementsDb db, Guid partnership, Guid body, Guid member, CancellationToken cancel)
    {
        var (where, which) = (new BodyId(body), new MemberId(member));
        return (await BodyFile.Find(db, partnership, body, cancel),
            await db.BodyMembers.SingleOrDefaultAsync(seat => seat.BodyId == where && seat.Id == which, cancel));
    }

    private static Task<List<BodyMember>> Present(AgreementsDb db, Body body, CancellationToken cancel) =>
        db.BodyMembers.Where(member => member.BodyId == body.Id).ToListAsync(cancel);

    private static async Task<Refusal?> UnknownLink(AgreementsDb db, Body body, Change change, CancellationToken cancel) =>
        change.LinksTo is { } other && await BodyFile.Find(db, body.PartnershipId.Value, other, cancel) is null
            ? BodyRefusals.UnknownBody : null;

    private static BodyMember.Seating Seating(Change change) => new(
        change.Role, change.DeputyFor is { } member
            ? new MemberId(member) : null, change.LinksTo is { } body ? new BodyId(body) : null,
        FormBody.Blank(change.Mandate), change.ToOn, FormBody.Blank(change.Handover));

    private static Refusal? Malformed(Change change, Request? newcomer)
    {
        var fields = new Fields().OptionalText("mandate", change.Mandate, BodyMember.MandateMax)
            .OptionalText("handover", change.Handover, BodyMember.HandoverMax);
        if (newcomer is not null)
            fields.OptionalText("name", newcomer.Name, BodyMember.NameMax)
                .Must("name", newcomer.PersonId is not null || !string.IsNullOrWhiteSpace(newcomer.Name), "field.required");
        return fields.Refusal;
    }
}
