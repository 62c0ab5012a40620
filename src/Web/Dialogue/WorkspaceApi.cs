using Iop.Web.Gateway;
using Iop.Web.Partnerships;

namespace Iop.Web.Dialogue;

/// <summary>The dialogue around the agreements, as the pages read and write it.</summary>
internal sealed class WorkspaceApi(GatewayCalls gateway)
{
    private const string Root = "/agreements/v1/partnerships";

    public Task<Answer<Listing<DialogueEntry>>> Dialogue(Guid id, int page, CancellationToken cancel) =>
        gateway.Get<Listing<DialogueEntry>>($"{Root}/{id}/dialogue?page={page}", cancel);

    public Task<Answer<DialogueEntry>> Entry(Guid id, Guid entry, CancellationToken cancel) =>
        gateway.Get<DialogueEntry>($"{Root}/{id}/dialogue/{entry}", cancel);

    public Task<Answer<Partners>> Partners(Guid id, CancellationToken cancel) =>
        gateway.Get<Partners>($"{Root}/{id}/partners", cancel);

    public Task<Answer<Actor>> Actor(Guid id, Guid actor, CancellationToken cancel) =>
        gateway.Get<Actor>($"{Root}/{id}/actors/{actor}", cancel);

    public Task<Answer<Listing<Participation>>> Participation(Guid id, CancellationToken cancel) =>
        gateway.Get<Listing<Participation>>($"{Root}/{id}/participation", cancel);

    public Task<Answer<Participation>> Participation(Guid id, Guid one, CancellationToken cancel) =>
        gateway.Get<Participation>($"{Root}/{id}/participation/{one}", cancel);

    /// <summary>Writes something new below the partnership.</summary>
    public Task<Answer<object>> Create(Guid id, string what, object body, string? key, CancellationToken cancel) =>
        gateway.Create<object>($"{Root}/{id}/{what}", body, key, cancel);

    /// <summary>Changes what was seen.</summary>
    public Task<Answer<object>> Change(Guid id, string what, object body, string? tag, CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Put, $"{Root}/{id}/{what}", body, tag, null, cancel);

    /// <summary>Ends the dialogue, or takes it up again.</summary>
    public Task<Answer<object>> Do(Guid id, string act, object body, string? tag, CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Post, $"{Root}/{id}/{act}", body, tag, null, cancel);
}

public sealed record DialogueEntry(
    Guid Id, string Kind, DateOnly HeldOn, string? Participants, string? Said, string? Decided, string? Audience,
    string? OrganisationName, string? WrittenBy, DateTimeOffset WrittenAt, bool Mine, string? EntryTag)
{
    /// <summary>That the dialogue ended or went on; nobody wrote it by hand.</summary>
    public bool IsAnAct => Kind is "ended" or "reopened";
}

public sealed record Partners(Choice? Choice, string? ChoiceTag, IReadOnlyList<Actor>? Actors);

public sealed record Choice(bool OpenInvitation, string? How, string? Criteria, string? ChangedBy, DateTimeOffset ChangedAt);

public sealed record Actor(
    Guid Id, string? Name, string? Kind, bool OnPlatform, string Standing, string? Reason, DateOnly Since,
    IReadOnlyList<string>? Next, string? ActorTag);

public sealed record Participation(
    Guid Id, string Step, string? StepName, string? Who, string? Level, string? How, string? WhatChanged, DateOnly HeldOn,
    string? ParticipationTag);
