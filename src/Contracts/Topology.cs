using Iop.Contracts.Agreements;
using Iop.Contracts.FollowUp;
using Iop.Contracts.Identity;
using Iop.Contracts.OutcomeFinance;
using Iop.Contracts.Registry;

namespace Iop.Contracts;

/// <summary>A queue and the message it is fed with.</summary>
public sealed record Subscription(string Queue, Type Message);

/// <summary>Who hears what. Migrations declares exactly these exchanges, queues and bindings before anything runs, so that no
/// message is lost because its listener was late; a test in each service holds its reactions to this list. Every message has at
/// least one listener.</summary>
public static class Topology
{
    public static IReadOnlyList<Subscription> Subscriptions { get; } =
    [
        new("identity.keep-organisation-when-it-changes", typeof(OrganisationChanged)),
        new("agreements.keep-organisation-when-it-changes", typeof(OrganisationChanged)),
        new("agreements.keep-person-when-membership-changes", typeof(MembershipChanged)),
        new("follow-up.keep-organisation-when-it-changes", typeof(OrganisationChanged)),
        new("outcome-finance.keep-organisation-when-it-changes", typeof(OrganisationChanged)),
        new("outcome-finance.keep-person-when-membership-changes", typeof(MembershipChanged)),
        new("notifications.keep-organisation-when-it-changes", typeof(OrganisationChanged)),
        new("notifications.keep-recipient-when-membership-changes", typeof(MembershipChanged)),

        new("notifications.mail-link-when-account-link-made", typeof(AccountLinkMade)),

        new("registry.publish-entry-when-agreement-enters-into-force", typeof(AgreementEnteredIntoForce)),
        new("registry.follow-agreement-when-it-changes", typeof(AgreementChanged)),
        new("registry.end-entry-when-agreement-ends", typeof(AgreementEnded)),

        new("follow-up.open-plan-when-agreement-enters-into-force", typeof(AgreementEnteredIntoForce)),
        new("follow-up.follow-agreement-when-it-changes", typeof(AgreementChanged)),
        new("follow-up.close-plan-when-agreement-ends", typeof(AgreementEnded)),
        new("follow-up.let-party-back-when-it-joins", typeof(PartyJoinedPartnership)),
        new("follow-up.let-party-go-when-it-leaves", typeof(PartyLeftPartnership)),
        new("follow-up.keep-guest-when-it-changes", typeof(GuestChanged)),
        new("follow-up.prepare-measuring-when-outcome-contract-signed", typeof(OutcomeContractSigned)),
        new("follow-up.amend-measuring-when-outcome-contract-amended", typeof(OutcomeContractAmended)),
        new("follow-up.destroy-participants-when-outcome-contract-ended", typeof(OutcomeContractEnded)),

        new("outcome-finance.keep-guest-when-it-changes", typeof(GuestChanged)),
        new("outcome-finance.calculate-when-measurement-verified", typeof(MeasurementVerified)),
        new("outcome-finance.publish-contract-when-outcome-contract-signed", typeof(OutcomeContractSigned)),
        new("outcome-finance.publish-amendment-when-outcome-contract-amended", typeof(OutcomeContractAmended)),
        new("outcome-finance.publish-end-when-outcome-contract-ended", typeof(OutcomeContractEnded)),
        new("outcome-finance.destroy-participants-when-outcome-contract-ended", typeof(OutcomeContractEnded)),

        new("notifications.tell-when-party-joined-partnership", typeof(PartyJoinedPartnership)),
        new("notifications.tell-when-party-left-partnership", typeof(PartyLeftPartnership)),
        new("notifications.tell-when-guest-time-ends", typeof(GuestTimeEnds)),
        new("notifications.tell-when-assessment-completed", typeof(AssessmentCompleted)),
        new("notifications.tell-when-assessment-approved", typeof(AssessmentApproved)),
        new("notifications.tell-when-assessment-voided", typeof(AssessmentVoided)),
        new("notifications.tell-when-agreement-opened-for-signature", typeof(AgreementOpenedForSignature)),
        new("notifications.tell-when-agreement-signature-given", typeof(AgreementSignatureGiven)),
        new("notifications.tell-when-agreement-signed", typeof(AgreementSigned)),
        new("notifications.tell-when-agreement-entered-into-force", typeof(AgreementEnteredIntoForce)),
        new("notifications.tell-when-agreement-change-begun", typeof(AgreementChangeBegun)),
        new("notifications.tell-when-agreement-change-abandoned", typeof(AgreementChangeAbandoned)),
        new("notifications.tell-when-agreement-notice-given", typeof(AgreementNoticeGiven)),
        new("notifications.tell-when-notice-date-approaches", typeof(NoticeDateApproaches)),
        new("notifications.tell-when-agreement-end-approaches", typeof(AgreementEndApproaches)),
        new("notifications.tell-when-agreement-check-due", typeof(AgreementCheckDue)),
        new("notifications.tell-when-joint-talk-due", typeof(JointTalkDue)),
        new("notifications.tell-when-joint-talk-noted", typeof(JointTalkNoted)),
        new("notifications.tell-when-agreement-changed", typeof(AgreementChanged)),
        new("notifications.tell-when-agreement-ended", typeof(AgreementEnded)),
        new("notifications.tell-when-agreement-withdrawn", typeof(AgreementWithdrawn)),
        new("notifications.tell-when-dialogue-ended", typeof(DialogueEnded)),
        new("notifications.tell-when-dialogue-reopened", typeof(DialogueReopened)),
        new("notifications.tell-when-section-commented", typeof(SectionCommented)),
        new("notifications.tell-when-signing-opened-to-party", typeof(SigningOpenedToParty)),
        new("notifications.tell-when-version-review-asked", typeof(VersionReviewAsked)),
        new("notifications.tell-when-version-reviewed", typeof(VersionReviewed)),
        new("notifications.tell-when-agreement-version-declined", typeof(AgreementVersionDeclined)),
        new("notifications.tell-when-agreement-redrafted", typeof(AgreementRedrafted)),
        new("notifications.tell-when-intervention-plan-adopted", typeof(InterventionPlanAdopted)),
        new("notifications.tell-when-precondition-noted", typeof(PreconditionNoted)),
        new("notifications.tell-when-pool-grant-decided", typeof(PoolGrantDecided)),
        new("notifications.tell-when-pool-grant-closed", typeof(PoolGrantClosed)),
        new("notifications.tell-when-paper-agreement-ready", typeof(PaperAgreementReady)),
        new("notifications.tell-when-paper-agreement-answered", typeof(PaperAgreementAnswered)),
        new("notifications.tell-when-plan-opened", typeof(PlanOpened)),
        new("notifications.tell-when-indicator-reported", typeof(IndicatorReported)),
        new("notifications.tell-when-indicator-report-due", typeof(IndicatorReportDue)),
        new("notifications.tell-when-deviation-raised", typeof(DeviationRaised)),
        new("notifications.tell-when-deviation-decided", typeof(DeviationDecided)),
        new("notifications.tell-when-deviation-withdrawn", typeof(DeviationWithdrawn)),
        new("notifications.tell-when-meeting-called", typeof(MeetingCalled)),
        new("notifications.tell-when-meeting-called-off", typeof(MeetingCalledOff)),
        new("notifications.tell-when-meeting-approaches", typeof(MeetingApproaches)),
        new("notifications.tell-when-meeting-action-due", typeof(MeetingActionDue)),
        new("notifications.tell-when-measurement-due", typeof(MeasurementDue)),
        new("notifications.tell-when-measurement-reported", typeof(MeasurementReported)),
        new("notifications.tell-when-measurement-returned", typeof(MeasurementReturned)),
        new("notifications.tell-when-measurement-verified", typeof(MeasurementVerified)),
        new("notifications.tell-when-outcome-contract-opened-for-signature", typeof(OutcomeContractOpenedForSignature)),
        new("notifications.tell-when-outcome-contract-signed", typeof(OutcomeContractSigned)),
        new("notifications.tell-when-outcome-contract-amendment-opened", typeof(OutcomeContractAmendmentOpened)),
        new("notifications.tell-when-outcome-contract-amended", typeof(OutcomeContractAmended)),
        new("notifications.tell-when-outcome-contract-ended", typeof(OutcomeContractEnded)),
        new("notifications.tell-when-obligation-triggered", typeof(ObligationTriggered)),
        new("notifications.tell-when-obligation-claimed", typeof(ObligationClaimed)),
        new("notifications.tell-when-obligation-attested", typeof(ObligationAttested)),
        new("notifications.tell-when-obligation-settled", typeof(ObligationSettled)),
        new("notifications.tell-when-obligation-disputed", typeof(ObligationDisputed)),
        new("notifications.tell-when-outcome-contract-amendment-abandoned", typeof(OutcomeContractAmendmentAbandoned)),
        new("notifications.tell-when-obligation-dispute-resolved", typeof(ObligationDisputeResolved)),
        new("notifications.tell-when-obligation-written-off", typeof(ObligationWrittenOff)),
        new("notifications.tell-when-paid-in-recorded", typeof(PaidInRecorded)),
        new("notifications.tell-when-paid-in-answered", typeof(PaidInAnswered)),
        new("notifications.tell-when-entry-confirmation-due", typeof(EntryConfirmationDue)),
        new("notifications.tell-when-entry-confirmation-settled", typeof(EntryConfirmationSettled)),
        new("notifications.tell-when-second-factor-reset-asked", typeof(SecondFactorResetAsked)),
        new("notifications.tell-when-second-factor-reset-settled", typeof(SecondFactorResetSettled)),
    ];
}
