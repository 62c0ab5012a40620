using Iop.Agreements.Dialogue;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Partners;

/// <summary>The target group takes part in a step (målgruppens delaktighet): who, how, and what it changed. Roles, never
/// names.</summary>
internal static class InvolveTargetGroup
{
    public sealed record Request(
        string Step, string Who, ParticipationLevel Level, string How, DateOnly HeldOn, string? WhatChanged = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/partnerships/{id:guid}/participation", Handle).WithName(nameof(InvolveTargetGroup)).Creates();
        api.MapPut("/partnerships/{id:guid}/participation/{participationId:guid}", Correct).WithName("CorrectParticipation");
        api.MapGet("/partnerships/{id:guid}/participation/{participationId:guid}", Show).WithName("ShowParticipation");
        api.MapGet("/partnerships/{id:guid}/participation", List).WithName("ListParticipation");
    }

    internal static async Task<Answer<ParticipationView>> Handle(
        Guid id, Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.PartnershipForUpdate(id, cancel) is not { } partnership) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Reporter) is { } missing) return missing;
        var now = clock.GetUtcNow();
        if (Read(request, SwedishTime.DateIn(now), out var involved) is { } malformed) return malformed;
        if (await viewer.For(partnership.Id, db, cancel) is null) return PartnershipRefusals.NotAParty;
        if (partnership.HasEnded() is { } ended) return ended;
        if (await db.Participation.CountAsync(one =>
            one.PartnershipId == partnership.Id, cancel) >= Participation.PerPartnershipMax)
            return DialogueRefusals.TooMany(Participation.PerPartnershipMax);
        var participation = Participation.Record(Guid.CreateVersion7(now), partnership.Id, involved, viewer.Person);
        db.Add(participation);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/agreements/v1/partnerships/{id}/participation/{participation.ParticipationId}",
            ParticipationView.Of(participation, viewer), participation.Version);
    }

    /// <summary>What it changed is often seen later.</summary>
    internal static async Task<Answer<ParticipationView>> Correct(
        Guid id, Guid participationId, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.PartnershipForUpdate(id, cancel) is not { } partnership) return Refusal.NotFound;
        if (await Find(id, participationId, db, cancel) is not { } participation) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Reporter) is { } missing) return missing;
        if (ifMatch.Misses(participation.Version) is { } stale) return stale;
        if (Read(request, clock.Today(), out var involved) is { } malformed) return malformed;
        if (await viewer.For(partnership.Id, db, cancel) is null) return PartnershipRefusals.NotAParty;
        if (partnership.HasEnded() is { } ended) return ended;
        participation.Take(involved, viewer.Person);
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(ParticipationView.Of(participation, viewer), participation.Version);
    }

    internal static async Task<Answer<ParticipationView>> Show(
        Guid id, Guid participationId, Viewer viewer, AgreementsDb db, CancellationToken cancel) =>
        await Find(id, participationId, db, cancel) is { } found
            ? Answers.Ok(ParticipationView.Of(found, viewer), found.Version) : Refusal.NotFound;

    internal static async Task<Answer<ParticipationList>> List(Guid id, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var partnership = new PartnershipId(id);
        if (!await db.Partnerships.AnyAsync(known => known.Id == partnership, cancel)) return Refusal.NotFound;
        var all = await db.Participation.Where(one => one.PartnershipId == partnership)
            .OrderBy(one => one.HeldOn).ThenBy(one => one.ParticipationId).ToListAsync(cancel);
        return new ParticipationList([.. all.Select(one => ParticipationView.Of(one, viewer))]);
    }

    private static Task<Participation?> Find(Guid id, Guid participationId, AgreementsDb db, CancellationToken cancel)
    {
        var partnership = new PartnershipId(id);
        return db.Participation.SingleOrDefaultAsync(
            one => one.PartnershipId == partnership && one.ParticipationId == participationId, cancel);
    }

    private static Refusal? Read(Request request, DateOnly today, out Participation.Involved involved)
    {
        involved = new Participation.Involved(
            request.Step, request.Who?.Trim() ?? "", request.Level, request.How?.Trim() ?? "", request.WhatChanged?.Trim(),
            request.HeldOn);
        return new Fields().OneOf("step", request.Step, Steps.Keys)
            .Text("who", request.Who, Participation.WhoMax).Text("how", request.How, Participation.HowMax)
            .OptionalText("whatChanged", request.WhatChanged, Participation.ChangedMax)
            .Must("who", !PersonalData.IsIn(request.Who), PersonalData.Code)
            .Must("how", !PersonalData.IsIn(request.How), PersonalData.Code)
            .Must("whatChanged", !PersonalData.IsIn(request.WhatChanged), PersonalData.Code)
            .Must("heldOn", request.HeldOn <= today, "dialogue.not-held-yet")
            .Refusal;
    }
}

internal sealed record ParticipationList(IReadOnlyList<ParticipationView> Items);

internal sealed record ParticipationView(
    Guid Id, string Step, string StepName, string Who, ParticipationLevel Level, string How, string? WhatChanged, DateOnly HeldOn,
    string ParticipationTag)
{
    public static ParticipationView Of(Participation participation, Viewer viewer) => new(
        participation.ParticipationId, participation.Step, viewer.Say($"step.{participation.Step}"), participation.Who,
        participation.Level, participation.How, participation.WhatChanged, participation.HeldOn, $"{participation.Version}");
}
