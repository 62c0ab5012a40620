using Iop.Agreements.Assessing;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Dialogue;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Contracts.Agreements;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Dialogue;

/// <summary>The dialogue ends without an agreement: another form is chosen, or the parties do not come together; with the
/// reason. Nothing is drafted in it from then on.</summary>
internal static class EndDialogue
{
    internal const int ReasonMax = 5_000;

    /// <param name="Form">What was chosen instead; needed for other-form, and for nothing else.</param>
    public sealed record Request(DialogueOutcome Outcome, string Reason, OtherForm? Form = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/partnerships/{id:guid}/dialogue-end", Handle).WithName(nameof(EndDialogue));

    internal static async Task<Answer<PartnershipView>> Handle(
        Guid id, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, Catalogues catalogues, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await db.PartnershipForUpdate(id, cancel) is not { } partnership) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer) is { } missing) return missing;
        var file = await PartnershipFile.Of(db, catalogues, partnership, cancel);
        if (ifMatch.Misses(file.Tag) is { } stale) return stale;
        if (new Fields().Text("reason", request.Reason, ReasonMax)
            .Must("form", (request.Outcome is DialogueOutcome.OtherForm) == (request.Form is not null),
                "dialogue.form-for-other-form")
            .Refusal is { } malformed) return malformed;
        if (await viewer.For(partnership.Id, db, cancel) is not { } speaker) return PartnershipRefusals.NotAParty;
        var (now, because) = (clock.GetUtcNow(), request.Reason.Trim());
        var states = file.Agreements.Select(of => of.Agreement.State).ToList();
        if (partnership.EndDialogue(request.Outcome, request.Form, because, states, now) is { } refusal) return refusal;
        db.Add(Written(partnership, DialogueKind.Ended, because, speaker, now));
        db.Announce(id, partnership.Version, new DialogueEnded
        {
            PartnershipId = id,
            Sequence = partnership.Version,
            PartnershipTitle = partnership.Title,
            Outcome = Words.Of(request.Outcome),
            Form = request.Form is { } form ? Words.Of(form) : null,
            Reason = because,
            OrganisationId = speaker.Organisation.Value,
        });
        await db.SaveChangesAsync(cancel);
        return await Shown(db, catalogues, viewer, partnership, cancel);
    }

    /// <summary>The act as a line in the dialogue, where whoever reads it later looks for it.</summary>
    internal static DialogueEntry Written(
        Partnership partnership, DialogueKind kind, string because, Speaker by, DateTimeOffset now)
    {
        var occasion = new DialogueEntry.Occasion(kind, SwedishTime.DateIn(now), "", because, null);
        var refusal = DialogueEntry.Record(Guid.CreateVersion7(now), partnership.Id, occasion, Audience.All, by, now,
            out var entry);
        return refusal is null ? entry : throw new InvalidOperationException(refusal.Code);
    }

    internal static async Task<Answer<PartnershipView>> Shown(
        AgreementsDb db, Catalogues catalogues, Viewer viewer, Partnership partnership, CancellationToken cancel)
    {
        var file = await PartnershipFile.Of(db, catalogues, partnership, cancel);
        return Answers.Ok(PartnershipView.Of(file, viewer), file.Tag);
    }
}
