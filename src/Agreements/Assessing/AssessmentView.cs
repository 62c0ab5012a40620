using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Assessing;
using Iop.Agreements.Partnerships;

namespace Iop.Agreements.Assessing;

internal enum AssessmentState
{
    /// <summary>Questions are unanswered.</summary>
    Open,

    /// <summary>Everything is answered; no approval has been given yet, or not all.</summary>
    Complete,

    /// <summary>Every public party's lawyer has approved exactly this.</summary>
    Approved,

    /// <summary>Was approved by somebody; something has changed since.</summary>
    Voided,

    /// <summary>The outcome forbids it.</summary>
    Blocked,
}

/// <summary>The legal assessment on one page: question by question, what it comes to and why, and who has approved it.</summary>
internal sealed record AssessmentView(
    Guid AgreementId, AssessmentState State, string Catalogue, AssessmentView.OutcomeView Outcome,
        IReadOnlyList<AssessmentView.TestView> Tests,
    IReadOnlyList<AssessmentView.QuestionView> Questions, IReadOnlyList<AssessmentView.ApprovalView> Approvals,
    IReadOnlyList<AssessmentView.ApproverView> ApprovalsMissing, string AssessedHash)
{
    public sealed record OutcomeView(Outcome Code, string Why);

    public sealed record TestView(LegalTest Test, string Name, Outcome Code, string Why, IReadOnlyList<string> DecidedBy);

    /// <param name="AnswerTag">The If-Match of an answer to this question; 0 before the first.</param>
    public sealed record QuestionView(
        string Id, LegalTest Test, QuestionPart Part, bool MayNotApply, string Text, string Source, int Year, Reply? Answer,
            string? Reason, string? Clause,
        string? AnsweredBy, DateTimeOffset? AnsweredOn, string AnswerTag);

    public sealed record ApprovalView(Guid OrganisationId, string OrganisationName, Guid PersonId, string? PersonName,
        DateTimeOffset At, bool Valid);

    public sealed record ApproverView(Guid OrganisationId, string OrganisationName, bool Mine);

    public static async Task<AssessmentView> Of(AgreementFile file, Catalogues catalogues, Viewer viewer,
        CancellationToken cancel)
    {
        var (result, approvals) = (file.Result, file.Approvals);
        var names =
            await viewer.NamesOf([.. file.Answers.Select(answer => answer.AnsweredBy),
            .. file.Given.Select(approval => approval.Person)], cancel);
        return new AssessmentView(
            file.Agreement.Id.Value, StateOf(result, approvals), file.Agreement.Catalogue, Why(result, viewer),
            [.. result.Tests.Select(test => new TestView(
                test.Test, viewer.Say($"test.{Words.Of(test.Test)}"), test.Outcome,
                viewer.Say($"test.{Words.Of(test.Test)}.{Words.Of(test.Outcome)}"), test.DecidedBy))],
            [.. file.Catalogue.Questions.Select(question => QuestionOf(question, file, catalogues, viewer, names))],
            [.. file.Given.Select(approval => new ApprovalView(
                approval.Organisation.Value, file.Names.Of(approval.Organisation), approval.Person.Value,
                    names.GetValueOrDefault(approval.Person),
                approval.ApprovedAt, approvals.Valid.Contains(approval)))],
            [.. approvals.Missing.Select(organisation => new ApproverView(
                organisation.Value, file.Names.Of(organisation), organisation == viewer.Organisation
                    && viewer.Caller.Has(Kernel.Roles.Legal)))],
            file.AssessedHash);
    }

    private static AssessmentState StateOf(AssessmentResult result, ApprovalsSoFar approvals)
    {
        if (!result.IsComplete) return AssessmentState.Open;
        if (result.Outcome.Blocks()) return AssessmentState.Blocked;
        if (approvals.Voided.Count > 0) return AssessmentState.Voided;
        return approvals.Approvers.Count > 0 && approvals.Missing.Count == 0 ? AssessmentState.Approved
            : AssessmentState.Complete;
    }

    /// <summary>The outcome in a sentence, followed by that of the test which decided it.</summary>
    private static OutcomeView Why(AssessmentResult result, Viewer viewer)
    {
        var general = viewer.Say($"outcome.{Words.Of(result.Outcome)}");
        var decisive = result.Tests.FirstOrDefault(test => test.Outcome == result.Outcome
            && result.Outcome is not (Domain.Assessing.Outcome.Open or Domain.Assessing.Outcome.MayBeIop));
        return new OutcomeView(
            result.Outcome, decisive is null ? general
                : $"{general} {viewer.Say($"test.{Words.Of(decisive.Test)}.{Words.Of(decisive.Outcome)}")}");
    }

    private static QuestionView QuestionOf(
        Question question, AgreementFile file, Catalogues catalogues, Viewer viewer, IReadOnlyDictionary<PersonRef, string> names)
    {
        var wording = catalogues.Wording(file.Agreement.Catalogue, question.Id);
        var answer = file.Answers.SingleOrDefault(given => given.QuestionId == question.Id);
        return new QuestionView(
            question.Id, question.Test, question.Part, question.MayNotApply, wording.In(viewer.Language), wording.Source,
                wording.Year,
            answer?.Reply, answer?.Reason, answer?.Clause, answer is null ? null : names.GetValueOrDefault(answer.AnsweredBy),
                answer?.AnsweredAt,
            $"{answer?.Version ?? 0}");
    }
}
