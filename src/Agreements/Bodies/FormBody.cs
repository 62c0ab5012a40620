using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Bodies;

/// <summary>The parties form a governance body: by the agreement, or (a temporary one, one for the whole partnership) when it is
/// needed.</summary>
internal static class FormBody
{
    public sealed record Request(
        BodyKind Kind, string Name, Guid? AgreementId = null, string? Mandate = null, RhythmView? Rhythm = null,
        string? Handover = null,
        Visibility Visibility = Visibility.All, Guid? OwnerPartyId = null, DateOnly? EndsOn = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/partnerships/{id:guid}/bodies", Handle).WithName(nameof(FormBody)).Creates();

    internal static async Task<Answer<BodyView>> Handle(
        Guid id, Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        var partnership = new PartnershipId(id);
        if (!await db.Partnerships.AnyAsync(known => known.Id == partnership, cancel)) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        if (Read(request.Name, request.Mandate, request.Rhythm, request.Handover, request.EndsOn, out var terms) is { } malformed)
            return malformed;
        Agreement? agreement = null;
        if (request.AgreementId is { } of)
        {
            agreement = await db.AgreementForWriting(of, cancel);
            if (agreement?.PartnershipId != partnership) return BodyRefusals.UnknownAgreement;
            if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        }
        var room = await BodyFile.Room(db, partnership, viewer, cancel);
        var owner = room.Parties.FirstOrDefault(party => party.Id.Value == request.OwnerPartyId);
        if (request.OwnerPartyId is not null && owner is null) return AgreementRefusals.UnknownParty;
        var present = await db.Bodies.CountAsync(body => body.PartnershipId == partnership, cancel);
        var bodyId = new BodyId(Guid.CreateVersion7(clock.GetUtcNow()));
        if (Body.Form(bodyId, partnership, agreement, request.Kind, request.Visibility, owner, terms, present, out var body)
            is { } refusal) return refusal;
        if (room.Keeps(body) is { } notForYou) return notForYou;
        db.Add(body);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/agreements/v1/partnerships/{id}/bodies/{body.Id.Value}",
            await BodyFile.View(db, body, room, viewer, clock.Today(), cancel), body.Version);
    }

    internal static Refusal? Read(
        string name, string? mandate, RhythmView? rhythm, string? handover, DateOnly? endsOn, out Body.Terms terms)
    {
        terms = new Body.Terms(name?.Trim() ?? "", Blank(mandate),
            rhythm is null
                ? null : new Rhythm(rhythm.EveryWeeks, rhythm.ForMonths, rhythm.ThenEveryWeeks), Blank(handover), endsOn);
        return new Fields().Text("name", name, Body.NameMax)
            .OptionalText("mandate", mandate, Body.MandateMax)
            .OptionalText("handover", handover, Body.HandoverMax)
            .Between("rhythm.everyWeeks", rhythm?.EveryWeeks ?? 1, 1, Rhythm.WeeksMax)
            .Between("rhythm.forMonths", rhythm?.ForMonths ?? 1, 1, Rhythm.MonthsMax)
            .Between("rhythm.thenEveryWeeks", rhythm?.ThenEveryWeeks ?? 1, 1, Rhythm.WeeksMax)
            .Must("rhythm", rhythm?.ForMonths is null == rhythm?.ThenEveryWeeks is null, "body.rhythm-then")
            .Refusal;
    }

    internal static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
