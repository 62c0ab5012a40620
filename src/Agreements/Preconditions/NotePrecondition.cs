using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Plans;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Preconditions;

/// <summary>A party notes that the ground has shifted (ändrad förutsättning): what, on whose word, from when, to what effect; or
/// words it better.</summary>
internal static class NotePrecondition
{
    public sealed record Request(string What, string Source, DateOnly OccursOn, string Effect);

    public sealed record ListView(IReadOnlyList<PreconditionView> Items);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/agreements/{id:guid}/preconditions", Handle).WithName(nameof(NotePrecondition)).Creates();
        api.MapPut("/agreements/{id:guid}/preconditions/{preconditionId:guid}", Reword).WithName("RewordPrecondition");
        api.MapGet("/agreements/{id:guid}/preconditions", List).WithName("ListPreconditions");
        api.MapGet("/agreements/{id:guid}/preconditions/{preconditionId:guid}", Show).WithName("ShowPrecondition");
    }

    internal static async Task<Answer<PreconditionView>> Handle(
        Guid id, Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.AgreementForWriting(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (Read(request, out var noted) is { } malformed) return malformed;
        var living = await Living.Of(db, agreement, cancel);
        if (living.ActingFor(viewer).Count == 0) return PartnershipRefusals.NotAParty;
        var present = await db.Preconditions.CountAsync(one => one.AgreementId == agreement.Id, cancel);
        if (Precondition.NoRoomBeside(present) is { } full) return full;
        var now = clock.GetUtcNow();
        var by = new Recorder(viewer.Person, viewer.Organisation, now);
        if (Precondition.Note(new PreconditionId(Guid.CreateVersion7(now)), agreement, noted, by, out var precondition)
            is { } refusal) return refusal;
        db.Add(precondition);
        db.Announce(precondition.Id.Value, precondition.Version, new PreconditionNoted
        {
            PreconditionId = precondition.Id.Value,
            Sequence = precondition.Version,
            AgreementId = id,
            PartnershipId = agreement.PartnershipId.Value,
            Title = agreement.Title,
            OccursOn = precondition.OccursOn,
            OrganisationId = viewer.Organisation.Value,
        });
        await db.SaveChangesAsync(cancel);
        return Answers.Created(
            $"/agreements/v1/agreements/{id}/preconditions/{precondition.Id.Value}",
            await PreconditionView.Of(db, living, precondition, viewer, cancel), precondition.Version);
    }

    internal static async Task<Answer<PreconditionView>> Reword(
        Guid id, Guid preconditionId, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var (agreement, found) = await PreconditionView.Find(db, id, preconditionId, cancel);
        if (found is not { } precondition) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (await viewer.IsOutside(agreement!.Id, cancel) is { } outside) return outside;
        if (ifMatch.Misses(precondition.Version) is { } stale) return stale;
        if (Read(request, out var noted) is { } malformed) return malformed;
        var living = await Living.Of(db, agreement!, cancel);
        if (living.ActingFor(viewer).Count == 0) return PartnershipRefusals.NotAParty;
        precondition.Take(noted);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(await PreconditionView.Of(db, living, precondition, viewer, cancel), precondition.Version);
    }

    internal static async Task<Answer<ListView>> List(Guid id, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        if (await db.Agreements.FindAsync([new AgreementId(id)], cancel) is not { } agreement) return Refusal.NotFound;
        var all = await db.Preconditions.Where(one => one.AgreementId == agreement.Id)
            .OrderByDescending(one => one.OccursOn).ThenBy(one => one.Id).ToListAsync(cancel);
        return new ListView(await PreconditionView.OfAll(db, await Living.Of(db, agreement, cancel), all, viewer, cancel));
    }

    internal static async Task<Answer<PreconditionView>> Show(
        Guid id, Guid preconditionId, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var (agreement, found) = await PreconditionView.Find(db, id, preconditionId, cancel);
        if (found is not { } precondition) return Refusal.NotFound;
        var living = await Living.Of(db, agreement!, cancel);
        return Answers.Ok(await PreconditionView.Of(db, living, precondition, viewer, cancel), precondition.Version);
    }

    private static Refusal? Read(Request request, out Precondition.Noted noted)
    {
        noted = new Precondition.Noted(request.What.Trim(), request.Source.Trim(), request.OccursOn, request.Effect.Trim());
        return new Fields().Text("what", request.What, Precondition.TextMax)
            .Text("source", request.Source, Precondition.SourceMax).Text("effect", request.Effect, Precondition.TextMax)
            .Between("occursOn", request.OccursOn.Year, DecisionRequest.YearMin, DecisionRequest.YearMax).Refusal;
    }
}
