using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Domain.Assessing;
using Iop.OutcomeFinance.Domain.Contracting;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform.Identity;

namespace Iop.OutcomeFinance.Assessing;

/// <summary>The legal assessment of a contract on one page: every question with what each public party answers.</summary>
/// <param name="DraftHash">What an approval is bound to, beside the answers.</param>
public sealed record ContractAssessmentView(
    Guid ContractId, string State, string Catalogue, string DraftHash, IReadOnlyList<AssessedPartyView> Parties,
    IReadOnlyList<AssessedQuestionView> Questions);

/// <summary>A public party, and what its own answers come to.</summary>
public sealed record AssessedPartyView(
    Guid OrganisationId, string Name, bool Mine, string Finding, string Why, bool Blocks, int Unanswered, bool Approved,
    IReadOnlyList<AssessedTestView> Tests);

public sealed record AssessedTestView(string Test, string Finding, string Why, IReadOnlyList<string> DecidedBy);

public sealed record AssessedQuestionView(
    string Id, string Test, string Part, bool MayNotApply, string Text, string Source, int Year,
    IReadOnlyList<GivenAnswerView> Answers);

/// <summary>A party's answer; <c>Answer</c> is null and the tag 0 before the first.</summary>
public sealed record GivenAnswerView(
    Guid OrganisationId, string OrganisationName, bool Mine, string? Answer, string? Reason, string? Clause, string? AnsweredBy,
    DateTimeOffset? AnsweredOn, string AnswerTag);

/// <summary>Makes the view, for whoever asks and in their language.</summary>
internal sealed class ContractAssessments(
    OutcomeFinanceDb db, ContractCatalogue catalogue, TermsReader reader, Caller caller)
{
    public async Task<ContractAssessmentView> Of(OutcomeContract contract, CancellationToken cancel)
    {
        var hash = ContractDocument.HashOf(contract);
        var people = await db.PeopleCalled(contract.Answers.Select(answer => answer.AnsweredBy), cancel);
        var parties = contract.PublicParties.Select(party => Of(party, contract, hash)).ToList();
        return new ContractAssessmentView(
            contract.ContractId.Value, StateOf(parties), catalogue.Current.Version, hash, parties,
            [.. catalogue.Current.Questions.Select(question => Of(question, contract, people))]);
    }

    public Assessment Assess(OutcomeContract contract, Guid organisation) => Assessment.Of(
        catalogue.Current, contract.AnswersOf(organisation).ToDictionary(
            answer => answer.QuestionId, answer => answer.Reply, StringComparer.Ordinal));

    private static string StateOf(IReadOnlyList<AssessedPartyView> parties) => parties switch
    {
        _ when parties.Any(party => party.Blocks) => "blocked",
        _ when parties.Any(party => party.Unanswered > 0) => "open",
        _ => parties.All(party => party.Approved) ? "approved" : "complete",
    };

    private AssessedPartyView Of(Party party, OutcomeContract contract, string hash)
    {
        var result = Assess(contract, party.OrganisationId);
        return new AssessedPartyView(
            party.OrganisationId, party.Name, party.OrganisationId == caller.Organisation, Words.Of(result.Finding),
            Why(result.Finding), result.Blocks, result.Unanswered.Count,
            contract.ApprovalsMissing(hash).All(one => one.OrganisationId != party.OrganisationId),
            [.. result.Tests.Select(test => new AssessedTestView(
                Words.Of(test.Test), Words.Of(test.Finding), Why(test.Finding), test.DecidedBy))]);
    }

    private AssessedQuestionView Of(Question question, OutcomeContract contract, IReadOnlyDictionary<Guid, string> people)
    {
        var wording = catalogue.WordingOf(question.Id);
        return new AssessedQuestionView(
            question.Id, Words.Of(question.Test), Words.Of(question.Part), question.MayNotApply, wording.In(reader.Language),
            wording.Source, wording.Year, [.. contract.PublicParties.Select(party => Of(question, party, contract, people))]);
    }

    private GivenAnswerView Of(
        Question question, Party party, OutcomeContract contract, IReadOnlyDictionary<Guid, string> people)
    {
        var given = contract.AnswersOf(party.OrganisationId).FirstOrDefault(answer => answer.QuestionId == question.Id);
        return new GivenAnswerView(
            party.OrganisationId, party.Name, party.OrganisationId == caller.Organisation,
            given is null ? null : Words.Of(given.Reply), given?.Reason, given?.Clause,
            given is null ? null : people.GetValueOrDefault(given.AnsweredBy, ""), given?.AnsweredAt, $"{given?.Version ?? 0}");
    }

    private string Why(Finding finding) =>
        reader.Sentence($"contract.finding.{Words.Of(finding)}", new Dictionary<string, string>(StringComparer.Ordinal));
}
