using Iop.Web.Gateway;
using Iop.Web.Partnerships;

namespace Iop.Web.Instruments;

/// <summary>The questionnaires that advise a partnership, and the other relations between its parties.</summary>
internal sealed class InstrumentsApi(GatewayCalls gateway)
{
    private const string Root = "/agreements/v1/partnerships";

    public Task<Answer<Listing<InstrumentInList>>> All(Guid id, CancellationToken cancel) =>
        gateway.Get<Listing<InstrumentInList>>($"{Root}/{id}/instruments", cancel);

    public Task<Answer<Instrument>> Show(Guid id, string key, CancellationToken cancel) =>
        gateway.Get<Instrument>($"{Root}/{id}/instruments/{key}", cancel);

    public Task<Answer<object>> GiveAnswer(Guid id, string key, string question, object answer, string? tag,
        CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Put, $"{Root}/{id}/instruments/{key}/answers/{question}", answer, tag, null, cancel);

    public Task<Answer<object>> AddMatter(Guid id, string key, object matter, string? once, CancellationToken cancel) =>
        gateway.Create<object>($"{Root}/{id}/instruments/{key}/matters", matter, once, cancel);

    public Task<Answer<Listing<Relation>>> Relations(Guid id, CancellationToken cancel) =>
        gateway.Get<Listing<Relation>>($"{Root}/{id}/relations", cancel);

    public Task<Answer<object>> ListRelation(Guid id, object relation, string? once, CancellationToken cancel) =>
        gateway.Create<object>($"{Root}/{id}/relations", relation, once, cancel);

    public Task<Answer<object>> RemoveRelation(Guid id, object removal, string? tag, CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Post, $"{Root}/{id}/relations/removal", removal, tag, null, cancel);
}

public sealed record InstrumentInList(
    string Id, string Name, string? Purpose, int Findings, int Settled, int Answers, string? Code, string? Text);

public sealed record Instrument(
    string Id, string Version, string Name, string? Purpose, bool PerParty, bool OwnMatters, string? MatterWord,
    IReadOnlyList<InstrumentQuestion> Questions, IReadOnlyList<InstrumentMatter> Matters, IReadOnlyList<InstrumentAnswer> Answers,
    IReadOnlyList<InstrumentFinding> Findings, IReadOnlyList<InstrumentForm> Forms, IReadOnlyList<InstrumentPattern> Patterns,
    IReadOnlyList<Party> Parties)
{
    public InstrumentAnswer? AnswerTo(string question, string? matter, Guid? party) => Answers.FirstOrDefault(answer =>
        answer.QuestionId == question && answer.MatterId == matter && answer.PartyId == party);
}

public sealed record InstrumentQuestion(
    string Id, string Kind, bool MayNotApply, IReadOnlyList<InstrumentOption> Options, string Text, string? Source, int? Page,
    int? Year);

public sealed record InstrumentOption(string Key, string Text);

public sealed record InstrumentMatter(string Id, string Text, bool Own, string? AddedBy, DateTimeOffset? AddedOn);

public sealed record InstrumentAnswer(
    string QuestionId, string? MatterId, Guid? PartyId, string? PartyName, string Answer, string AnswerText, string? Reason,
    string? Clause, string? AnsweredBy, DateTimeOffset AnsweredOn, string AnswerTag);

/// <summary>What answers come to, with the questions that decided it.</summary>
public sealed record InstrumentFinding(
    string? MatterId, Guid? PartyId, string? PartyName, string Code, string Text, IReadOnlyList<string> DecidedBy,
    IReadOnlyList<InstrumentDistance> Distances, IReadOnlyList<InstrumentFit> Fits);

public sealed record InstrumentDistance(string Form, string Name, int Points, int PointsMax);

public sealed record InstrumentFit(string Form, string Name, int Matching, int Asked);

public sealed record InstrumentForm(string Id, string Name, IReadOnlyList<InstrumentCell> Cells);

public sealed record InstrumentCell(string QuestionId, IReadOnlyList<string> Options);

public sealed record InstrumentPattern(Guid? PartyId, string? PartyName, string Code, string Text);

/// <summary>Something else between two parties, now or before.</summary>
public sealed record Relation(
    Guid Id, string Kind, string? From, string? To, string? Description, string? KronorPerYear, DateOnly? StartsOn,
    DateOnly? EndsOn, string? ListedBy, DateTimeOffset ListedOn, string? RemovedBecause, string? RelationTag);
