using Iop.Agreements.Domain.Attachments;
using Iop.Agreements.Domain.Bodies;

namespace Iop.Agreements.Domain.Texts;

/// <summary>What is agreed beside the frame, the parties, the sections and the contributions.</summary>
/// <param name="Goals">Overall, partial and learning goals.</param>
/// <param name="Activities">What is done.</param>
/// <param name="Bodies">Only those that are agreed text.</param>
/// <param name="Attachments">With the file that each is.</param>
public sealed record AgreedParts(
    IReadOnlyList<Goal> Goals, IReadOnlyList<Activity> Activities, IReadOnlyList<Body> Bodies,
    IReadOnlyList<AttachedFile> Attachments)
{
    public static AgreedParts None { get; } = new([], [], [], []);
}

/// <summary>What lives beside the agreed text.</summary>
public sealed record LivingParts(IReadOnlyList<Delivery> Deliveries, IReadOnlyList<RoleAcceptance> Acceptances);

/// <summary>An attachment and its file.</summary>
public sealed record AttachedFile(Attachment Attachment, StoredFile File);

/// <summary>A goal as it is fixed.</summary>
public sealed record GoalText(Guid GoalId, GoalKind Kind, Guid? PartOf, Guid? PartyId, string Text);

/// <summary>An activity as it is fixed.</summary>
/// <param name="BookedByName">As the legal person was called then.</param>
public sealed record ActivityText(
    Guid ActivityId, string Name, string? Description, Guid BookedBy, string BookedByName, IReadOnlyList<Guid> PartyIds,
    DateOnly? FromOn,
    DateOnly? ToOn, string? TargetGroup)
{
    public bool Equals(ActivityText? other) => other is not null && PartyIds.SequenceEqual(other.PartyIds)
        && (ActivityId, Name, Description, BookedBy, BookedByName, FromOn, ToOn, TargetGroup)
        == (other.ActivityId, other.Name, other.Description, other.BookedBy, other.BookedByName, other.FromOn, other.ToOn,
            other.TargetGroup);

    public override int GetHashCode() => ActivityId.GetHashCode();
}

/// <summary>A governance body as it is fixed: who sits in it is not.</summary>
public sealed record BodyText(
    Guid BodyId, BodyKind Kind, string Name, string? Mandate, Rhythm? Rhythm, string? Handover, Visibility Visibility,
    Guid? OwnerPartyId);

/// <summary>An attachment as it is fixed: by its hash.</summary>
public sealed record AttachmentText(
    Guid AttachmentId, string? SectionKey, string Title, string FileName, string MediaType, int Bytes, string Sha256);

/// <summary>The parts as they are fixed, in an order of their own.</summary>
public static class PartTexts
{
    public static IReadOnlyList<GoalText> Of(IEnumerable<Goal> goals) =>
        [.. goals.OrderBy(goal => goal.Id.Value)
            .Select(goal => new GoalText(goal.Id.Value, goal.Kind, goal.PartOf?.Value, goal.PartyId?.Value, goal.Text))];

    public static IReadOnlyList<ActivityText> Of(IEnumerable<Activity> activities, Func<OrganisationRef, string> called) =>
        [.. activities.OrderBy(activity => activity.Id.Value).Select(activity => new ActivityText(
            activity.Id.Value, activity.Name, activity.Description, activity.BookedBy.Value, called(activity.BookedBy),
            [.. activity.PartyIds.Order()], activity.FromOn, activity.ToOn, activity.TargetGroup))];

    public static IReadOnlyList<BodyText> Of(IEnumerable<Body> bodies) =>
        [.. bodies.Where(body => body.IsAgreed).OrderBy(body => body.Id.Value).Select(body => new BodyText(
            body.Id.Value, body.Kind, body.Name, body.Mandate, body.Rhythm, body.Handover, body.Visibility,
            body.OwnerPartyId?.Value))];

    public static IReadOnlyList<AttachmentText> Of(IEnumerable<AttachedFile> attachments) =>
        [.. attachments.OrderBy(attached => attached.Attachment.Id.Value).Select(attached => new AttachmentText(
            attached.Attachment.Id.Value, attached.Attachment.SectionKey, attached.Attachment.Title, attached.File.Name,
            attached.File.Kind.MediaType(), attached.File.Bytes, attached.File.Sha256))];
}
