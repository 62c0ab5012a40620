using Iop.Web.Bodies;
using Iop.Web.Gateway;

namespace Iop.Web.AgreementParts;

/// <summary>Goals, activities, resources, bodies and attachments of an agreement, as the pages read and change them.</summary>
internal sealed class PartsApi(GatewayCalls gateway)
{
    private const string Root = "/agreements/v1";

    public Task<Answer<object>> Create(Guid agreement, string what, object thing, string? key, CancellationToken cancel) =>
        gateway.Create<object>($"{Root}/agreements/{agreement}/{what}", thing, key, cancel);

    public Task<Answer<object>> Change(Guid agreement, string what, object thing, string? tag, CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Put, $"{Root}/agreements/{agreement}/{what}", thing, tag, null, cancel);

    public Task<Answer<object>> Remove(Guid agreement, string what, string? tag, CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Delete, $"{Root}/agreements/{agreement}/{what}", null, tag, null, cancel);

    public Task<Answer<object>> Act(Guid agreement, string what, object body, string? tag, CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Post, $"{Root}/agreements/{agreement}/{what}", body, tag, null, cancel);

    public Task<Answer<ResourcesOverview>> Resources(Guid agreement, CancellationToken cancel) =>
        gateway.Get<ResourcesOverview>($"{Root}/agreements/{agreement}/resources", cancel);

    public Task<Answer<object>> Attach(Guid agreement, string? section, IFormFile file, string? key, CancellationToken cancel) =>
        gateway.Upload<object>(
            $"{Root}/agreements/{agreement}/attachments{(section is null ? "" : $"?section={Uri.EscapeDataString(section)}")}",
            file.OpenReadStream(), file.FileName, key, cancel);
}

public sealed record TextParts(
    IReadOnlyList<Goal>? Goals, IReadOnlyList<Activity>? Activities, IReadOnlyList<Attachment>? Attachments,
    IReadOnlyList<RoleAcceptance>? RoleAcceptances, ResourceSums? Resources)
{
    /// <summary>As the agreement says them.</summary>
    public IReadOnlyList<AgreedBody>? Bodies { get; init; }
}

public sealed record AgreedBody(string Kind, string Name, string? Mandate, Rhythm? Rhythm, string? Handover);

public sealed record Goal(Guid Id, string Kind, string Text, Guid? PartOf, Guid? PartyId, string? GoalTag);

public sealed record Activity(
    Guid Id, string Name, string? Description, Guid BookedBy, string? BookedByName, IReadOnlyList<Guid>? PartyIds,
    IReadOnlyList<string>? PartyNames, DateOnly? FromOn, DateOnly? ToOn, string? TargetGroup, IReadOnlyList<Warning>? Warnings,
    string? ActivityTag);

public sealed record Attachment(
    Guid Id, string? SectionKey, string Title, string Name, string Kind, int Bytes, string Sha256, string? StoredBy,
    DateTimeOffset StoredAt, string Path, string? AttachmentTag);

public sealed record RoleAcceptance(Guid PartyId, string? PartyName, bool Accepted, string? AcceptedBy,
    DateTimeOffset? AcceptedAt);

public sealed record Warning(string Kind, string Found, string Sentence, string Why);

public sealed record ResourceSums(
    IReadOnlyList<PartyResources>? Parties, IReadOnlyList<SideResources>? Sides, string? Balance, string? BalanceWhy,
    IReadOnlyList<SharedSource>? SharedSources);

public sealed record Amounts(string Kronor, int Hours, int Unvalued);

public sealed record PartyResources(Guid PartyId, string? PartyName, Amounts PlannedPerYear,
    IReadOnlyList<YearDelivered>? Delivered);

public sealed record YearDelivered(int Year, Amounts Amounts);

public sealed record SideResources(string Side, Amounts PlannedPerYear, Amounts Delivered, int? Percent);

public sealed record SharedSource(string Source, IReadOnlyList<string>? PartyNames);

public sealed record ResourcesOverview(ResourceSums? Resources, IReadOnlyList<Delivery>? Deliveries);

public sealed record Delivery(
    Guid Id, Guid ContributionId, string? PartyName, string Kind, DateOnly FromOn, DateOnly ToOn, string? Kronor, int? Hours,
    string? Comment, string? ReportedBy, DateTimeOffset ReportedAt, bool Counts);
