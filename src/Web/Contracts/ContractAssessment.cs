using System.Text.Json.Serialization;

namespace Iop.Web.Contracts;

/// <summary>The legal assessment of an outcome contract, as its page reads it.</summary>
public sealed record ContractAssessment(
    string State, string DraftHash, IReadOnlyList<AssessedParty>? Parties, IReadOnlyList<AssessedQuestion>? Questions);

public sealed record AssessedParty(
    Guid OrganisationId, string Name, bool Mine, string Finding, string Why, bool Blocks, int Unanswered, bool Approved,
    IReadOnlyList<AssessedTest>? Tests);

public sealed record AssessedTest(string Finding, string Why)
{
    [JsonPropertyName("test")]
    public string Key { get; init; } = "";
}

public sealed record AssessedQuestion(
    string Id, string Test, bool MayNotApply, string Text, string? Source, int Year, IReadOnlyList<GivenAnswer>? Answers);

public sealed record GivenAnswer(
    string OrganisationName, bool Mine, string? Answer, string? Reason, string? Clause, string? AnsweredBy,
    DateTimeOffset? AnsweredOn, string AnswerTag);

public sealed record PublicCost(string Body, int Year, string Amount, string Currency, string Description);
