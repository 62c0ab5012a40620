using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Bodies;

/// <summary>A body's name, mandate and rhythm are changed: with the draft where they are agreed text, at any time else.</summary>
internal static class ChangeBody
{
    public sealed record Request(
        string Name, string? Mandate = null, RhythmView? Rhythm = null, string? Handover = null, DateOnly? EndsOn = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/partnerships/{id:guid}/bodies/{bodyId:guid}", Handle).WithName(nameof(ChangeBody));
        api.MapDelete("/partnerships/{id:guid}/bodies/{bodyId:guid}", Remove).WithName("RemoveBody");
    }

    internal static async Task<Answer<BodyView>> Handle(
        Guid id, Guid bodyId, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, TimeProvider clock,
            CancellationToken cancel)
    {
        if (await BodyFile.Find(db, id, bodyId, cancel) is not { } body) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        var room = await BodyFile.Room(db, body.PartnershipId, viewer, cancel);
        if (room.Keeps(body) is { } notForYou) return notForYou;
        if (await IsOutside(body, viewer, cancel) is { } outside) return outside;
        if (ifMatch.Misses(body.Version) is { } stale) return stale;
        if (FormBody.Read(request.Name, request.Mandate, request.Rhythm, request.Handover, request.EndsOn, out var terms)
            is { } malformed) return malformed;
        if (body.Change(terms, await BodyFile.AgreementOf(db, body, cancel)) is { } refusal) return refusal;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await BodyFile.View(db, body, room, viewer, clock.Today(), cancel), body.Version);
    }

    /// <summary>Only while nobody has sat in it and nothing has been decided there.</summary>
    internal static async Task<Answer<ListBodies.Result>> Remove(
        Guid id, Guid bodyId, IfMatch ifMatch, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await BodyFile.Find(db, id, bodyId, cancel) is not { } body) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if ((await BodyFile.Room(db, body.PartnershipId, viewer, cancel)).Keeps(body) is { } notForYou) return notForYou;
        if (await IsOutside(body, viewer, cancel) is { } outside) return outside;
        if (ifMatch.Misses(body.Version) is { } stale) return stale;
        if ((await BodyFile.AgreementOf(db, body, cancel))?.IsFixed is { } isFixed) return isFixed;
        db.Remove(body);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException used) when (used.InnerException is Npgsql.PostgresException { SqlState: "23503" })
        {
            return BodyRefusals.InUse;
        }
        return await ListBodies.Of(db, body.PartnershipId, null, viewer, clock, cancel);
    }

    /// <summary>What is agreed text is changed by the agreement's own parties.</summary>
    private static async Task<Refusal?> IsOutside(Body body, Viewer viewer, CancellationToken cancel) =>
        body is { IsAgreed: true, AgreementId: { } agreement } ? await viewer.IsOutside(agreement, cancel) : null;
}
