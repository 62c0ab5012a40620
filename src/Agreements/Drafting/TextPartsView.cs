using Iop.Agreements.Attachments;
using Iop.Agreements.Bodies;
using Iop.Agreements.Delivering;
using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Domain.Texts;
using Iop.Agreements.Partnerships;

namespace Iop.Agreements.Drafting;

/// <summary>What the text is made of beside sections and contributions, and what has been put in so far.</summary>
internal sealed record TextPartsView(
    IReadOnlyList<GoalView> Goals, IReadOnlyList<ActivityView> Activities, IReadOnlyList<AgreedBodyView> Bodies,
    IReadOnlyList<AttachmentView> Attachments, IReadOnlyList<RoleAcceptanceView> RoleAcceptances, ResourcesView Resources)
{
    /// <summary>Whose names it shows.</summary>
    public static IEnumerable<PersonRef> PeopleIn(AgreementFile file) => file.Living.Acceptances.Select(one => one.AcceptedBy)
        .Concat(file.Parts.Attachments.Select(attached => attached.File.StoredBy));

    public static TextPartsView Of(AgreementFile file, Viewer viewer, IReadOnlyDictionary<PersonRef, string> names) => new(
        [.. file.Parts.Goals.Select(GoalView.Of)],
        [.. file.Parts.Activities.Select(activity => ActivityView.Of(activity, file, viewer))],
        [.. file.Parts.Bodies.Select(body => AgreedBodyView.Of(body, file))],
        [.. file.Parts.Attachments.Select(attached => AttachmentView.Of(attached.Attachment, attached.File, names))],
        [.. file.Parties.Select(party => RoleAcceptanceView.Of(party, file, names))],
        ResourcesView.Of(file, viewer));
}

/// <param name="GoalTag">The If-Match of a change.</param>
internal sealed record GoalView(Guid Id, GoalKind Kind, string Text, Guid? PartOf, Guid? PartyId, string GoalTag)
{
    public static GoalView Of(Goal goal) =>
        new(goal.Id.Value, goal.Kind, goal.Text, goal.PartOf?.Value, goal.PartyId?.Value, $"{goal.Version}");
}

/// <param name="BookedBy">The legal person that books the cost, and so owns and finally governs the activity.</param>
/// <param name="ActivityTag">The If-Match of a change.</param>
internal sealed record ActivityView(
    Guid Id, string Name, string? Description, Guid BookedBy, string BookedByName, IReadOnlyList<Guid> PartyIds,
    IReadOnlyList<string> PartyNames, DateOnly? FromOn, DateOnly? ToOn, string? TargetGroup, IReadOnlyList<WarningView> Warnings,
    string ActivityTag)
{
    public static ActivityView Of(Activity activity, AgreementFile file, Viewer viewer) => new(
        activity.Id.Value, activity.Name, activity.Description, activity.BookedBy.Value, file.Names.Of(activity.BookedBy),
        activity.PartyIds,
        [.. file.EverParties.Where(party => activity.PartyIds.Contains(party.Id.Value)).Select(party => file.Names.Of(party))],
        activity.FromOn, activity.ToOn, activity.TargetGroup, WarningView.In(activity.Description, null, viewer),
        $"{activity.Version}");
}

/// <summary>A body as the agreement says it; who sits in it is shown by the partnership's bodies.</summary>
internal sealed record AgreedBodyView(
    Guid Id, BodyKind Kind, string Name, string? Mandate, RhythmView? Rhythm, string? Handover, Visibility Visibility,
    string? OwnerPartyName)
{
    public static AgreedBodyView Of(Body body, AgreementFile file) => new(
        body.Id.Value, body.Kind, body.Name, body.Mandate,
        body.Rhythm is { } rhythm
            ? new RhythmView(rhythm.EveryWeeks, rhythm.ForMonths, rhythm.ThenEveryWeeks) : null, body.Handover,
        body.Visibility,
        file.EverParties.FirstOrDefault(party => party.Id == body.OwnerPartyId) is { } owner ? file.Names.Of(owner) : null);
}

/// <param name="Accepted">The role as the section stands now.</param>
internal sealed record RoleAcceptanceView(Guid PartyId, string PartyName, bool Accepted, string? AcceptedBy,
    DateTimeOffset? AcceptedAt)
{
    public static RoleAcceptanceView Of(Party party, AgreementFile file, IReadOnlyDictionary<PersonRef, string> names)
    {
        var version = file.Sections.FirstOrDefault(section => section.Key == AcceptRoles.Section)?.Version;
        var last = file.Living.Acceptances.Where(one => one.PartyId == party.Id).MaxBy(one => one.SectionVersion);
        return new RoleAcceptanceView(party.Id.Value, file.Names.Of(party), last is not null && last.SectionVersion == version,
            last is null ? null : names.GetValueOrDefault(last.AcceptedBy), last?.AcceptedAt);
    }
}

/// <summary>A place where the text drifts into detailed regulation or sanctions.</summary>
/// <param name="Start">Where in the text, in characters.</param>
/// <param name="Found">The words that were found.</param>
/// <param name="Sentence">The sentence they stand in.</param>
/// <param name="Why">Why it matters.</param>
internal sealed record WarningView(DriftKind Kind, int Start, string Found, string Sentence, string Why)
{
    public static IReadOnlyList<WarningView> In(string? text, string? section, Viewer viewer) =>
        [.. Drift.In(text, section).Select(warning => new WarningView(
            warning.Kind, warning.Start, warning.Found, warning.Sentence, viewer.Say($"drift.{Words.Of(warning.Kind)}")))];
}
