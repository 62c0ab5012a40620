using Iop.Contracts.Agreements;
using Iop.Contracts.FollowUp;
using Iop.Contracts.Identity;
using Iop.Contracts.OutcomeFinance;
using Iop.Contracts.Registry;

namespace Iop.Notifications.Tests;

/// <summary>When each kind of line comes, and when it does not: one row for each kind that has a text.</summary>
public static class Edges
{
    /// <summary>Clocked: by which rule the day is found; its edges are rows of Domain.Tests' ReminderDayTests. The others say
    /// what has just happened: they have no day of their own.</summary>
    /// <param name="Kind">The line's kind.</param>
    /// <param name="Day">Day before · same day · hour change.</param>
    /// <param name="Asks">The fact that writes it.</param>
    /// <param name="Done">Cancelled meanwhile: the fact that makes it unneeded; none where the line is news and stays.</param>
    /// <param name="InAnyOrder">Whether the fact that makes it unneeded may also be heard first.</param>
    public sealed record Row(string Kind, ClockRule Day, Said? Asks, Said? Done, bool InAnyOrder)
    {
        /// <summary>It asks for an act, so an owner who has left is stood in for.</summary>
        public bool IsTask => Done is not null;
    }

    private const bool OnlyAfter = false;

    public static IReadOnlyList<Row> All { get; } =
    [
        //   kind                       asked by                                   cancelled by
        Task("approve-assessment",       Of<AssessmentCompleted>(),                 Of<AssessmentApproved>()),
        Task("approve-assessment-again", Of<AssessmentVoided>(),                    Of<AssessmentApproved>()),
        Task("open-agreement",           Of<AssessmentApproved>(),                  Of<AgreementOpenedForSignature>()),
        Task("review-version",           Of<VersionReviewAsked>(),                  Of<VersionReviewed>()),
        Task("sign-agreement",           Of<SigningOpenedToParty>(),                Of<AgreementSigned>()),
        Task("redraft-agreement",        Of<AgreementVersionDeclined>(),            Of<AgreementRedrafted>()),
        Task("confirm-paper",            Of<PaperAgreementReady>(),                 Of<AgreementWithdrawn>(), OnlyAfter),
        Task("adopt-plan",               Of<AgreementCheckDue>(("What", "plan")),   Of<InterventionPlanAdopted>(), OnlyAfter)
            with { Day = ClockRule.PlanTurn },
        Task("pay-grant",                Of<PoolGrantDecided>(),                    Of<PoolGrantClosed>()),
        Task("book-joint-talk",          Of<JointTalkDue>(("What", "book")),        Of<AgreementNoticeGiven>())
            with { Day = ClockRule.NoticeDate },
        Task("tell-of-joint-talk",       Of<JointTalkDue>(("What", "was-it-held")), Of<JointTalkNoted>(), OnlyAfter)
            with { Day = ClockRule.TalkWasHeld },
        Task("report-indicator",         Of<IndicatorReportDue>(("Stage", "soon")), Of<IndicatorReportDue>(("Stage", "none")))
            with { Day = ClockRule.Report },
        Task("report-late",              Of<IndicatorReportDue>(("Stage", "overdue")), Of<IndicatorReportDue>(("Stage", "set")))
            with { Day = ClockRule.Report },
        Task("do-action",                Of<MeetingActionDue>(("Stage", "soon")),   Of<MeetingActionDue>(("Stage", "done")))
            with { Day = ClockRule.MeetingAction },
        Task("report-measurement",       Of<MeasurementDue>(("Stage", "due")),      Of<MeasurementReported>())
            with { Day = ClockRule.Measurement },
        Task("measurement-late",         Of<MeasurementDue>(("Stage", "overdue")),  Of<MeasurementDue>(("Stage", "none")))
            with { Day = ClockRule.Measurement },
        Task("verify-measurement",       Of<MeasurementReported>(),                 Of<MeasurementVerified>()),
        Task("correct-measurement",      Of<MeasurementReturned>(),                 Of<MeasurementReported>(), OnlyAfter),
        Task("sign-contract",            Of<OutcomeContractOpenedForSignature>(),   Of<OutcomeContractSigned>()),
        Task("sign-amendment",           Of<OutcomeContractAmendmentOpened>(),      Of<OutcomeContractAmendmentAbandoned>()),
        Task("claim-obligation",         Of<ObligationTriggered>(("AmountMinor", 1L)),  Of<ObligationClaimed>()),
        Task("credit-obligation",        Of<ObligationTriggered>(("AmountMinor", -1L)), Of<ObligationWrittenOff>()),
        Task("attest-claim",             Of<ObligationClaimed>(),                   Of<ObligationAttested>()),
        Task("confirm-payment",          Of<ObligationAttested>(),                  Of<ObligationSettled>()),
        Task("resolve-dispute",          Of<ObligationDisputed>(),                  Of<ObligationDisputeResolved>()),
        Task("confirm-paid-in",          Of<PaidInRecorded>(),                      Of<PaidInAnswered>()),
        Task("guest-time-ends",          Of<GuestTimeEnds>(("Stage", "soon")),      Of<GuestTimeEnds>(("Stage", "settled")))
            with { Day = ClockRule.GuestEnds },
        Task("confirm-entry",            Of<EntryConfirmationDue>(),                Of<EntryConfirmationSettled>())
            with { Day = ClockRule.EntryUnconfirmed },
        Task("confirm-reset",            Of<SecondFactorResetAsked>(),              Of<SecondFactorResetSettled>()),

        // News: what has happened stays said, and is nobody's to do.
        News("you-joined"), News("you-left"), News("party-joined"), News("party-signed"), News("agreement-signed"),
        News("agreement-in-force", ClockRule.Turn), News("agreement-ended", ClockRule.Turn), News("agreement-withdrawn"),
        News("agreement-redrafted"), News("version-declined"), News("change-abandoned"), News("notice-given"),
        News("change-begun-renegotiation"), News("change-begun-accession"), News("change-begun-withdrawal"),
        News("change-begun-renewal"), News("agreement-changed-renegotiation", ClockRule.Turn),
        News("agreement-changed-accession", ClockRule.Turn), News("agreement-changed-withdrawal", ClockRule.Turn),
        News("agreement-changed-renewal", ClockRule.Turn), News("agreement-changed-adjustment", ClockRule.Turn),
        News("renewed-without-talk", ClockRule.Turn), News("renewed-on-old-assessment", ClockRule.Turn),
        News("notice-date-renews", ClockRule.NoticeDate), News("notice-date-ends", ClockRule.NoticeDate),
        News("assessment-too-old", ClockRule.NoticeDate), News("end-approaches", ClockRule.End),
        News("renewal-approaches", ClockRule.End), News("joint-talk-soon", ClockRule.TalkSoon), News("joint-talk-booked"),
        News("joint-talk-held"), News("joint-talk-not-held"), News("dialogue-other-form"), News("dialogue-no-agreement"),
        News("dialogue-reopened"), News("section-commented"), News("section-replied"), News("section-resolved"),
        News("plan-opened"),
        News("nothing-delivered", ClockRule.YearGone), News("look-at-learning-goals", ClockRule.YearGone),
        News("plan-adopted"), News("plan-leaves-frame"), News("precondition-noted"), News("grant-decided"),
        News("grant-paid"), News("grant-released"), News("paper-confirmed"), News("paper-declined"), News("indicator-reported"),
        News("deviation-raised"), News("deviation-decided-keep"), News("deviation-decided-adjust-plan"),
        News("deviation-decided-propose-renegotiation"), News("deviation-withdrawn"),
        News("meeting-called"), News("meeting-moved"), News("meeting-called-off"), News("meeting-tomorrow", ClockRule.Meeting),
        News("measurement-verified"), News("contract-signed"), News("contract-amended"), News("contract-ended"),
        News("amendment-abandoned"), News("obligation-settled"), News("obligation-disputed"), News("dispute-resolved"),
        News("obligation-written-off"), News("paid-in-came"), News("paid-in-did-not-come"),
    ];

    /// <summary>Lines that no message of the rules writes, and which test has their edges.</summary>
    public static IReadOnlyDictionary<string, string> Elsewhere { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["accessibility-report"] = nameof(ReportTests),
        ["name-signatory"] = nameof(SignatoryTests),
        ["webhook-given-up"] = nameof(WebhookTests),
        ["webhook-ended"] = nameof(WebhookTests),
    };

    private static Row Task(string kind, Said asks, Said done, bool inAnyOrder = true) =>
        new(kind, ClockRule.None, asks, done, inAnyOrder);

    private static Row News(string kind, ClockRule day = ClockRule.None) => new(kind, day, null, null, false);

    private static Said Of<TMessage>(params (string Name, object Value)[] but) => new(typeof(TMessage), but);
}
