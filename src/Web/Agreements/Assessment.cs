using Iop.Web.Gateway;

namespace Iop.Web.Agreements;

internal sealed partial class AgreementsApi
{
    public Task<Answer<object>> ConfirmAnswer(Guid id, string question, string? tag, CancellationToken cancel) =>
        gateway.Act<object>(HttpMethod.Post, $"{Root}/{id}/assessment/answers/{question}/confirmation", new { }, tag, null,
            cancel);
}

public sealed record Assessment(
    string State, AssessmentOutcome? Outcome, IReadOnlyList<Test>? Tests, IReadOnlyList<Question>? Questions,
    IReadOnlyList<Approval>? Approvals, IReadOnlyList<ApprovalMissing>? ApprovalsMissing, string? AssessedHash,
    EarlierVersion? EarlierVersion, Changes? Changes);

public sealed record AssessmentOutcome(string? Code, string? Why);

public sealed record Question(
    string Id, string Test, string? Part, bool MayNotApply, string Text, string? Source, int? Page, int? Year, string? Answer,
    string? Reason, string? Clause, string? AnsweredBy, DateTimeOffset? AnsweredOn, string? AnswerTag, bool CarriedOver,
    string? ConfirmedBy, DateTimeOffset? ConfirmedOn, EarlierAnswer? Earlier)
{
    public IReadOnlyList<string> Answers => MayNotApply ? ["yes", "no", "not-applicable"] : ["yes", "no"];
}

/// <summary>The answer fixed in the version before.</summary>
public sealed record EarlierAnswer(
    string Answer, string? Reason, string? Clause, string? AnsweredBy, DateOnly? AnsweredOn, bool Same);

public sealed record EarlierVersion(int Number, string Hash, DateOnly OpenedOn);

/// <summary>What is different from what was approved last.</summary>
public sealed record Changes(string? OrganisationName, DateTimeOffset Since, IReadOnlyList<Change>? Items);

public sealed record Change(string What, string Subject, string? Name, string? Before, string? After);

/// <summary>One of the legal tests, and what it comes to.</summary>
public sealed record Test(string Code, string Why, string Name)
{
    [System.Text.Json.Serialization.JsonPropertyName("test")]
    public string Key { get; init; } = "";
}

public sealed record Approval(
    Guid? OrganisationId, string? OrganisationName, string? PersonName, DateTimeOffset At, bool Valid, bool Earlier);

public sealed record ApprovalMissing(Guid? OrganisationId, string? OrganisationName, bool Mine);
