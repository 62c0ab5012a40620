using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Life;
using Iop.Agreements.Drafting;
using Iop.Agreements.Life;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Signing;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Changing;

/// <summary>The body that the agreement names adjusts sections within the frame (justering), on a recorded decision. Nobody
/// signs; the version says who decided.</summary>
internal static class AdjustAgreement
{
    public sealed record Request(
        string Reason, DateOnly EffectiveOn, DecisionRequest Decision, IReadOnlyList<SectionRequest> Sections);

    public sealed record DecisionRequest(string Body, DateOnly DecidedOn, string Paragraph);

    public sealed record SectionRequest(string Key, string Text);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/agreements/{id:guid}/adjustment", Handle)
        .WithName(nameof(AdjustAgreement));

    internal static async Task<Answer<AgreementView>> Handle(
        Guid id, Request request, IfMatch ifMatch, LifeActs acts, AgreementsDb db, TakingOver takingOver,
        CancellationToken cancel)
    {
        var (file, no) = await acts.Begin(id, ifMatch, Read(request), [Roles.Officer], cancel);
        if (no is not null) return no;
        var decision = new BodyDecision(request.Decision.Body.Trim(), request.Decision.DecidedOn,
            request.Decision.Paragraph.Trim());
        var texts = request.Sections.ToDictionary(section => section.Key, section => section.Text, StringComparer.Ordinal);
        if (Instruments.Adjust(file.Agreement, texts.Keys, decision, request.EffectiveOn, acts.Today) is { } refusal)
            return refusal;
        var inForce = await acts.InForce(file, cancel);
        var changed = inForce.Text.With(texts);
        if (changed.Sections.SequenceEqual(inForce.Text.Sections)) return LifeRefusals.NothingChanged;
        if (ChangeScope.Beyond(ChangeKind.Adjustment, null, inForce.Text, changed) is { } beyond) return beyond;
        var change = Change.Adjust(new ChangeId(Guid.CreateVersion7(acts.Now)), file.Agreement, request.Reason.Trim(),
            acts.Changer, request.EffectiveOn, decision, acts.Now);
        db.Add(change);
        await db.SaveChangesAsync(cancel);
        var version = FixedText.Fix(file.Agreement, change, request.EffectiveOn, inForce, changed,
            await takingOver.Newest(file.Agreement, cancel), change.BegunBy, acts.Now);
        db.Add(version);
        if (file.Agreement.BeginChange(change, acts.Now) is { } closed) return closed;
        await db.SaveChangesAsync(cancel);
        await WorkingText.Restore(db, file.Agreement, version.Hash, changed, acts.Now, cancel);
        if (file.Agreement.Decide(version.Hash, acts.Now) is { } notNow) return notNow;
        return await acts.Done(file, cancel);
    }

    private static Fields Read(Request request)
    {
        var fields = new Fields().Text("reason", request.Reason, Change.ReasonMax)
            .Text("decision.body", request.Decision?.Body, Change.BodyMax)
            .Text("decision.paragraph", request.Decision?.Paragraph, Domain.Signing.Mandate.ParagraphMax)
            .Count("sections", request.Sections?.Count, 1, SectionKeys.All.Count)
            .Must("sections", request.Sections is null
                || request.Sections.DistinctBy(section => section.Key, StringComparer.Ordinal).Count()
                    == request.Sections.Count, "field.malformed");
        foreach (var section in request.Sections ?? []) fields.Text($"sections.{section.Key}", section.Text, Section.TextMax);
        return fields;
    }
}
