using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Organisations;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Dialogue;

/// <summary>What was said at a meeting, in a talk, or is worth noting (dialog): before there is a draft, and all
/// along.</summary>
internal static class RecordDialogue
{
    private static readonly string[] Kinds = ["meeting", "talk", "note"];

    public sealed record Request(
        string Kind, DateOnly HeldOn, string Participants, string Said, string? Decided = null, Audience? Audience = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/partnerships/{id:guid}/dialogue", Handle).WithName(nameof(RecordDialogue)).Creates();

    internal static async Task<Answer<DialogueEntryView>> Handle(
        Guid id, Request request, Viewer viewer, AgreementsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.PartnershipForUpdate(id, cancel) is not { } partnership) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Legal) is { } missing) return missing;
        if (Read(request.Kind, request.Participants, request.Said, request.Decided) is { } malformed) return malformed;
        if (await viewer.For(partnership.Id, db, cancel) is not { } speaker) return PartnershipRefusals.NotAParty;
        if (partnership.HasEnded() is { } ended) return ended;
        if (await db.Dialogue.CountAsync(one => one.PartnershipId == partnership.Id, cancel) >= DialogueEntry.PerPartnershipMax)
            return DialogueRefusals.TooMany(DialogueEntry.PerPartnershipMax);
        var now = clock.GetUtcNow();
        if (DialogueEntry.Record(Guid.CreateVersion7(now), partnership.Id, Occasion(request), request.Audience ?? Audience.All,
            speaker, now, out var entry) is { } refusal) return refusal;
        db.Add(entry);
        await db.SaveChangesAsync(cancel);
        return Answers.Created($"/agreements/v1/partnerships/{id}/dialogue/{entry.EntryId}",
            await DialogueEntryView.Of(entry, viewer, db, cancel), entry.Version);
    }

    internal static Refusal? Read(string kind, string participants, string said, string? decided) => new Fields()
        .OneOf("kind", kind, Kinds)
        .Text("participants", participants, DialogueEntry.ParticipantsMax)
        .Text("said", said, DialogueEntry.SaidMax)
        .OptionalText("decided", decided, DialogueEntry.DecidedMax)
        .Refusal;

    private static DialogueEntry.Occasion Occasion(Request request) => new(
        Words.Read<DialogueKind>(request.Kind)!.Value, request.HeldOn, request.Participants.Trim(), request.Said.Trim(),
        request.Decided?.Trim());
}

/// <param name="EntryTag">The If-Match of a correction.</param>
/// <param name="Mine">The caller's organisation wrote it, and may correct it.</param>
internal sealed record DialogueEntryView(
    Guid Id, DialogueKind Kind, DateOnly HeldOn, string Participants, string Said, string? Decided, Audience Audience,
    Guid OrganisationId, string OrganisationName, string? WrittenBy, DateTimeOffset WrittenAt, bool Mine, string EntryTag)
{
    public static async Task<DialogueEntryView> Of(DialogueEntry entry, Viewer viewer, AgreementsDb db,
        CancellationToken cancel) =>
        (await OfAll([entry], viewer, db, cancel))[0];

    public static async Task<IReadOnlyList<DialogueEntryView>> OfAll(
        IReadOnlyList<DialogueEntry> entries, Viewer viewer, AgreementsDb db, CancellationToken cancel)
    {
        var people = await viewer.NamesOf(entries.Select(entry => entry.WrittenBy), cancel);
        var organisations = await PartyNames.Of(db, [.. entries.Select(entry => entry.Organisation)], cancel);
        return [.. entries.Select(entry => new DialogueEntryView(
            entry.EntryId, entry.Kind, entry.HeldOn, entry.Participants, entry.Said, entry.Decided, entry.Audience,
            entry.Organisation.Value, organisations.Of(entry.Organisation), people.GetValueOrDefault(entry.WrittenBy),
            entry.WrittenAt, entry.Organisation == viewer.Organisation, $"{entry.Version}"))];
    }
}
