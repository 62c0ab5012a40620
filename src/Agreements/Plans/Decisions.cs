using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Domain.Plans;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Plans;

/// <summary>A body's decision, as sent with what it decides.</summary>
internal sealed record DecisionRequest(Guid BodyId, DateOnly MeetingOn, IReadOnlyList<Guid> TookPart, string? Paragraph = null)
{
    public const int YearMin = 2000;
    public const int YearMax = 2200;

    public Fields Look(Fields fields) => fields
        .Between("decision.meetingOn", MeetingOn.Year, YearMin, YearMax)
        .Count("decision.tookPart", TookPart?.Count, 1, Decided.TookPartMax)
        .OptionalText("decision.paragraph", Paragraph, Decided.ParagraphMax);

    public Decided Decided => new(
        new BodyId(BodyId), MeetingOn, string.IsNullOrWhiteSpace(Paragraph) ? null : Paragraph.Trim(),
        [.. TookPart.Select(party => new PartyId(party))]);

    /// <summary>Written down with what it decides, in the same transaction.</summary>
    /// <param name="joint">Whether both sides must have decided: where it is about money.</param>
    public async Task<(Refusal? Refusal, BodyDecision Decision)> Record(
        AgreementsDb db, Living living, Viewer viewer, bool joint, DateTimeOffset now, CancellationToken cancel)
    {
        var body = await living.Body(db, BodyId, cancel);
        var refusal = BodyDecision.Record(
            new DecisionId(Guid.CreateVersion7(now)), living.Agreement, body, Decided, living.Parties,
            new Recorder(viewer.Person, viewer.Organisation, now), out var decision);
        refusal ??= joint ? BodyDecision.MustBeJoint(body!, Decided, living.Parties) : null;
        if (refusal is null) db.Add(decision);
        return (refusal, decision);
    }
}

internal sealed record DecisionView(
    Guid Id, Guid BodyId, string BodyName, DateOnly MeetingOn, string? Paragraph,
    IReadOnlyList<DecisionView.TookPartView> TookPart)
{
    public sealed record TookPartView(Guid PartyId, string Name);

    public static DecisionView Of(BodyDecision decision, Living living) => new(
        decision.Id.Value, decision.BodyId.Value, decision.BodyName, decision.MeetingOn, decision.Paragraph,
        [.. decision.TookPart.Select(party => new TookPartView(party, living.NameOf(new PartyId(party))))]);
}
