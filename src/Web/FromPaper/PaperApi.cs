using Iop.Web.Gateway;

namespace Iop.Web.FromPaper;

/// <summary>Bringing in what was signed on paper, as the pages do it.</summary>
internal sealed class PaperApi(GatewayCalls gateway)
{
    private const string Root = "/agreements/v1";

    public Task<Answer<Paper>> Show(Guid agreement, CancellationToken cancel) =>
        gateway.Get<Paper>($"{Root}/agreements/{agreement}/paper", cancel);

    public Task<Answer<Paper>> Bring(Guid partnership, object facts, string? key, CancellationToken cancel) =>
        gateway.Create<Paper>($"{Root}/partnerships/{partnership}/paper-agreements", facts, key, cancel);

    public Task<Answer<Paper>> Name(Guid agreement, object paper, string? tag, CancellationToken cancel) =>
        gateway.Act<Paper>(HttpMethod.Put, $"{Root}/agreements/{agreement}/paper", paper, tag, null, cancel);

    public Task<Answer<Paper>> Confirm(Guid agreement, object answer, string? tag, CancellationToken cancel) =>
        gateway.Act<Paper>(HttpMethod.Post, $"{Root}/agreements/{agreement}/paper/confirmations", answer, tag, null, cancel);

    public Task<Answer<Listing<Attached>>> Attachments(Guid agreement, CancellationToken cancel) =>
        gateway.Get<Listing<Attached>>($"{Root}/agreements/{agreement}/attachments", cancel);
}

public sealed record Paper(
    Guid AgreementId, string Title, string State, bool TakenOver, DateOnly SignedOn, DateOnly StartsOn, DateOnly? EndsOn,
    int? NoticeMonths, Guid? DocumentId, string? DocumentName, string? DocumentSha256, string? DocumentPath, string ContentHash,
    string? NotReady, IReadOnlyList<PartyOnPaper>? Parties, IReadOnlyList<string>? SectionsMissing, string? PaperTag);

public sealed record PartyOnPaper(
    Guid PartyId, string? Name, bool Mine, string Answer, string? Reason, string? PersonName, DateTimeOffset? At);

public sealed record Attached(Guid Id, string Title, string Name, string Kind);
