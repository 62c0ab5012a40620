using Iop.Agreements.Domain;
using Iop.Agreements.Domain.Assessing;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Signing;
using Iop.Agreements.Storage;

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
    IReadOnlyList<AssessmentView.ApproverView> ApprovalsMissing, string AssessedHash,
    AssessmentView.VersionView? EarlierVersion, WhatChanged? Changes)
{
    public sealed record OutcomeView(Outcome Code, string Why);

    public sealed record TestView(LegalTest Test, string Name, Outcome Code, string Why, IReadOnlyList<string> DecidedBy);

    /// <param name="AnswerTag">The If-Match of an answer to this question; 0 before the first.</param>
    /// <param name="CarriedOver">An earlier version's answer, which nobody has looked at again yet.</param>
    /// <param name="Earlier">The answer fixed in the version before, if there is one.</param>
    public sealed record QuestionView(
        string Id, LegalTest Test, QuestionPart Part, bool MayNotApply, string Text, string Source, int Year, Reply? Answer,
            string? Reason, string? Clause,
        string? AnsweredBy, DateTimeOffset? AnsweredOn, string AnswerTag, bool CarriedOver, string? ConfirmedBy,
        DateTimeOffset? ConfirmedOn, EarlierAnswerView? Earlier);

    /// <summary>How the question was answered for the version before.</summary>
    public sealed record EarlierAnswerView(
        Reply Answer, string Reason, string? Clause, string? AnsweredBy, DateOnly AnsweredOn, bool Same);

    /// <param name="Earlier">Given for an earlier version.</param>
    public sealed record ApprovalView(Guid OrganisationId, string OrganisationName, Guid PersonId, string? PersonName,
        DateTimeOffset At, bool Valid, bool Earlier);

    /// <summary>The version whose answers stand beside.</summary>
    public sealed record VersionView(int Number, string Hash, DateOnly OpenedOn);

    public sealed record ApproverView(Guid OrganisationId, string OrganisationName, bool Mine);

    public static async Task<AssessmentView> Of(AgreementFile file, Catalogues catalogues, Viewer viewer, AgreementsDb db,
        CancellationToken cancel)
    {
        var (result, approvals) = (file.Result, file.Approvals);
        var version = await WhatChanged.VersionBefore(file, db, cancel);
        var before = version is null ? null : FixedText.Read(version);
        var names =
            await viewer.NamesOf([.. file.Answers.SelectMany(answer => new[] { answer.AnsweredBy, answer.ConfirmedBy })
            .OfType<PersonRef>(), .. file.Given.Select(approval => approval.Person)], cancel);
        return new AssessmentView(
            file.Agreement.Id.Value, StateOf(result, approvals), file.Agreement.Catalogue, Why(result, viewer),
            [.. result.Tests.Select(test => new TestView(
                test.Test, viewer.Say($"test.{Words.Of(test.Test)}"), test.Outcome,
                viewer.Say($"test.{Words.Of(test.Test)}.{Words.Of(test.Outcome)}"), test.DecidedBy))],
            [.. file.Catalogue.Questions.Select(question => QuestionOf(question, file, catalogues, viewer, names) with
            {
                Earlier = EarlierOf(question, file, before),
            })],
            [.. file.Given.Select(approval => new ApprovalView(
                approval.Organisation.Value, file.Names.Of(approval.Organisation), approval.Person.Value,
                    names.GetValueOrDefault(approval.Person),
                approval.ApprovedAt, approvals.Valid.Contains(approval), approval.Round != file.Round))],
            [.. approvals.Missing.Select(organisation => new ApproverView(
                organisation.Value, file.Names.Of(organisation), organisation == viewer.Organisation
                    && viewer.Caller.Has(Kernel.Roles.Legal)))],
            file.AssessedHash,
            before is null ? null : new VersionView(before.Number, version!.Hash, before.OpenedOn),
            await WhatChanged.Of(file, catalogues, viewer, db, cancel));
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
            $"{answer?.Version ?? 0}", answer?.CarriedOver ?? false,
            answer?.ConfirmedBy is { } by ? names.GetValueOrDefault(by) : null, answer?.ConfirmedAt, Earlier: null);
    }

    private static EarlierAnswerView? EarlierOf(Question question, AgreementFile file, FixedText? before)
    {
        if (before?.Assessment.Answers?.FirstOrDefault(given => given.QuestionId == question.Id) is not { } earlier) return null;
        var now = file.Answers.SingleOrDefault(given => given.QuestionId == question.Id);
        return new EarlierAnswerView(earlier.Reply, earlier.Reason, earlier.Clause, earlier.AnsweredByName, earlier.AnsweredOn,
            now is not null && (now.Reply, now.Reason, now.Clause) == (earlier.Reply, earlier.Reason, earlier.Clause));
    }
}
