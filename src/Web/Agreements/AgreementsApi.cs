using Iop.Web.AgreementParts;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Partnerships;

namespace Iop.Web.Agreements;

/// <summary>Agreements, as the pages read, write, assess and sign them.</summary>
internal sealed partial class AgreementsApi(GatewayCalls gateway)
{
    private const string Root = "/agreements/v1/agreements";

    public Task<Answer<Agreement>> Show(Guid id, CancellationToken cancel) => gateway.Get<Agreement>($"{Root}/{id}", cancel);

    public Task<Answer<Assessment>> Assessment(Guid id, CancellationToken cancel) =>
        gateway.Get<Assessment>($"{Root}/{id}/assessment", cancel);

    public Task<Answer<object>> Write(Guid id, string section, object text, string? tag, CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Put, $"{Root}/{id}/sections/{section}", text, tag, null, cancel);

    public Task<Answer<object>> Contribute(Guid id, object contribution, string? key, CancellationToken cancel) =>
        gateway.Create<object>($"{Root}/{id}/contributions", contribution, key, cancel);

    public Task<Answer<object>> AnswerQuestion(Guid id, string question, object answer, string? tag, CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Put, $"{Root}/{id}/assessment/answers/{question}", answer, tag, null, cancel);

    /// <summary>Approving the assessment, opening, signing, withdrawing: acts on what was seen.</summary>
    public Task<Answer<object>> Do(Guid id, string act, object body, string? tag, string? key, CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Post, $"{Root}/{id}/{act}", body, tag, key, cancel);
}

public sealed record Agreement(
    Guid Id, Guid PartnershipId, string Title, string State, DateOnly? StartsOn, DateOnly? EndsOn, bool AutoRenews,
    int? NoticeMonths, string? Area,
    string? TargetAge, IReadOnlyList<Party>? Parties, IReadOnlyList<Section>? Sections,
    IReadOnlyList<Contribution>? Contributions,
    IReadOnlyList<Missing>? Missing, string? VersionHash, IReadOnlyList<Signature>? Signatures, IReadOnlyList<Awaited>? Awaits,
    bool TakenOver = false, DateOnly? GuestUntil = null) : IMayBeReadByGuests
{
    ReadAsGuest? IMayBeReadByGuests.ReadAs => GuestUntil is { } until ? new ReadAsGuest(until) : null;

    /// <summary>Where the text being written is, beside the one in force.</summary>
    public string? Working { get; init; }

    public int? RenewalMonths { get; init; }

    /// <summary>The body that may adjust some sections within the frame, and which.</summary>
    public string? AdjustedBy { get; init; }

    public IReadOnlyList<string>? AdjustedSections { get; init; }

    /// <summary>Goals, activities, attachments, and what has been put in.</summary>
    public TextParts? Parts { get; init; }

    public bool CanBeDrafted => GuestUntil is null && (Working ?? State) is "draft" or "assessment";

    public bool IsOpen => (Working ?? State) is "open-for-signature";
}

public sealed record Section(
    string Key, string? Name, string? Text, string Status, string? Reason, bool Required, string? SectionTag, string? ChangedBy,
    DateTimeOffset? ChangedAt, int OpenComments)
{
    /// <summary>Where the text drifts into detail or sanctions.</summary>
    public IReadOnlyList<Warning>? Warnings { get; init; }
}

public sealed record Contribution(
    Guid PartyId, string? PartyName, string Kind, string? Description, string? KronorPerYear, int? HoursPerYear,
    string? FundingSource)
{
    public Guid Id { get; init; }
}

public sealed record Signature(Guid PartyId, string? PartyName, string? PersonName, DateTimeOffset At, Mandate? Mandate);

public sealed record Mandate(string? Basis, DateOnly? DecidedOn, string? Paragraph, string? CaseNumber);
