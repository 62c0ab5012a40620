using Iop.Web.Gateway;

namespace Iop.Web.Bodies;

/// <summary>Who meets and decides, who sits where, and what lies on the table; as the pages read and change it.</summary>
internal sealed class BodiesApi(GatewayCalls gateway)
{
    public Task<Answer<BodyList>> All(Guid partnership, Guid agreement, CancellationToken cancel) =>
        gateway.Get<BodyList>($"{Bodies(partnership)}?agreementId={agreement}", cancel);

    public Task<Answer<object>> Form(Guid partnership, object body, string? key, CancellationToken cancel) =>
        gateway.Create<object>(Bodies(partnership), body, key, cancel);

    public Task<Answer<object>> Change(Guid partnership, Guid body, object terms, string? tag, CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Put, $"{Bodies(partnership)}/{body}", terms, tag, null, cancel);

    public Task<Answer<object>> Remove(Guid partnership, Guid body, string? tag, CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Delete, $"{Bodies(partnership)}/{body}", null, tag, null, cancel);

    public Task<Answer<object>> Seat(Guid partnership, Guid body, object member, string? key, CancellationToken cancel) =>
        gateway.Create<object>($"{Bodies(partnership)}/{body}/members", member, key, cancel);

    public Task<Answer<object>> Reseat(
        Guid partnership, Guid body, Guid member, object seat, string? tag, CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Put, $"{Bodies(partnership)}/{body}/members/{member}", seat, tag, null, cancel);

    public Task<Answer<Listing<BodyItem>>> Items(Guid partnership, Guid body, CancellationToken cancel) =>
        gateway.Get<Listing<BodyItem>>($"{Bodies(partnership)}/{body}/items", cancel);

    public Task<Answer<Listing<BodyDecision>>> Decisions(Guid partnership, Guid body, CancellationToken cancel) =>
        gateway.Get<Listing<BodyDecision>>($"{Bodies(partnership)}/{body}/decisions", cancel);

    public Task<Answer<BodyItem>> Item(Guid partnership, Guid item, CancellationToken cancel) =>
        gateway.Get<BodyItem>($"{Root}/{partnership}/items/{item}", cancel);

    public Task<Answer<BodyItem>> Raise(Guid partnership, Guid body, object item, string? key, CancellationToken cancel) =>
        gateway.Create<BodyItem>($"{Bodies(partnership)}/{body}/items", item, key, cancel);

    /// <summary>Refers an item to another body, or closes it with what came of it.</summary>
    public Task<Answer<BodyItem>> Take(
        Guid partnership, Guid item, string step, object words, string? tag, CancellationToken cancel) =>
        gateway.Act<BodyItem>(HttpMethod.Post, $"{Root}/{partnership}/items/{item}/{step}", words, tag, null, cancel);

    private const string Root = "/agreements/v1/partnerships";

    private static string Bodies(Guid partnership) => $"{Root}/{partnership}/bodies";
}

public sealed record BodyList(IReadOnlyList<GovernanceBody>? Items);

public sealed record GovernanceBody(
    Guid Id, Guid? AgreementId, string Kind, string Name, string? Mandate, Rhythm? Rhythm, string? Handover, string Visibility,
    string? OwnerPartyName, DateOnly? EndsOn, bool Agreed, bool SeenInto, IReadOnlyList<Member>? Members, string? BodyTag)
{
    public IReadOnlyList<Member> Sitting => [.. (Members ?? []).Where(member => member.Sits)];

    public Member? Seat(Guid? member) => member is null ? null : Members?.FirstOrDefault(one => one.Id == member);
}

public sealed record Rhythm(int EveryWeeks, int? ForMonths, int? ThenEveryWeeks);

public sealed record Member(
    Guid Id, string? PartyName, string? PersonName, string Role, Guid? DeputyFor, Guid? LinksTo, string? Mandate, DateOnly FromOn,
    DateOnly? ToOn, string? Handover, bool Sits, string? MemberTag);

/// <summary>What a body has decided, and where it can be read.</summary>
public sealed record BodyDecision(
    string What, string? Title, Guid AgreementId, string AgreementTitle, Guid? SubjectId, int? Number, DateOnly MeetingOn,
    string? Paragraph)
{
    public string Path => $"/avtal/{AgreementId}/" + What switch
    {
        "plan" => $"plan/{SubjectId}?version={Number}",
        "settlement" => "avslut",
        "adjustment" => "versioner",
        "decision" => "liv",
        _ => "pott",
    };
}

public sealed record BodyItem(
    Guid Id, Guid BodyId, string Title, string? Text, string State, string? RaisedBy, DateTimeOffset RaisedAt,
    IReadOnlyList<ItemStep>? Steps, string? ItemTag)
{
    public bool IsOpen => State == "open";
}

public sealed record ItemStep(Guid BodyId, Guid? ToBodyId, string Words, string? TakenBy, DateTimeOffset TakenAt);
