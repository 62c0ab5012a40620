using Iop.Calling;
using Iop.Contracts.Agreements;
using Iop.Contracts.FollowUp;
using Iop.Contracts.Identity;
using Iop.Contracts.OutcomeFinance;
using Iop.Contracts.Registry;
using Iop.Notifications.Calendar;
using Iop.Notifications.Inbox;
using Iop.Notifications.Mailing;
using Iop.Notifications.Operating;
using Iop.Notifications.OwnData;
using Iop.Notifications.Recipients;
using Iop.Notifications.Reporting;
using Iop.Notifications.Storage;
using Iop.Notifications.Telling;
using Iop.Notifications.Webhooks;
using Iop.Platform;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddSingleton<Rules>();
builder.Services.AddSingleton<LineText>();
builder.Services.AddSingleton(builder.Configuration.GetSection("Mail").Get<MailSettings>() ?? new MailSettings());
builder.Services.AddSingleton<SmtpSender>();
builder.Services.AddScoped<KeepDeadlines>();
builder.Services.AddScoped<QueueMail>();
builder.Services.AddScoped<WriteLetter>();
builder.Services.AddScoped<WriteLines>();
builder.Services.AddScoped<WatchSignatories>();
builder.Services.AddSingleton<SystemWork>();
builder.Services.AddSingleton<ErrorQueues>();
builder.Services.AddHostedService<Postman>();
var webhooks = builder.Configuration.GetSection("Webhooks").Get<WebhookSettings>() ?? new WebhookSettings();
builder.Services.AddSingleton(webhooks).AddSingleton(new ReachableAddresses(webhooks.InternalNetworks, plainInside: true));
builder.Services.AddSingleton<WebhookSender>();
builder.Services.AddScoped<QueueWebhooks>();
builder.Services.AddScoped<TellOfTrouble>();
builder.Services.AddHostedService<CallWebhooks>().AddHostedService<ForgetWhatWasSent>();
builder.AddPlatform<NotificationsDb>("notifications", reactions => reactions
    .On<OrganisationChanged, KeepOrganisationWhenItChanges>(KeepOrganisationWhenItChanges.Queue)
    .On<MembershipChanged, KeepRecipientWhenMembershipChanges>(KeepRecipientWhenMembershipChanges.Queue)
    .On<AccountLinkMade, MailLinkWhenAccountLinkMade>(MailLinkWhenAccountLinkMade.Queue)
    .On<PartyJoinedPartnership, Tell<PartyJoinedPartnership>>("notifications.tell-when-party-joined-partnership")
    .On<PartyLeftPartnership, Tell<PartyLeftPartnership>>("notifications.tell-when-party-left-partnership")
    .On<GuestTimeEnds, Tell<GuestTimeEnds>>("notifications.tell-when-guest-time-ends")
    .On<AssessmentCompleted, Tell<AssessmentCompleted>>("notifications.tell-when-assessment-completed")
    .On<AssessmentApproved, Tell<AssessmentApproved>>("notifications.tell-when-assessment-approved")
    .On<AssessmentVoided, Tell<AssessmentVoided>>("notifications.tell-when-assessment-voided")
    .On<AgreementOpenedForSignature, Tell<AgreementOpenedForSignature>>("notifications.tell-when-agreement-opened-for-signature")
    .On<AgreementSignatureGiven, Tell<AgreementSignatureGiven>>("notifications.tell-when-agreement-signature-given")
    .On<AgreementSigned, Tell<AgreementSigned>>("notifications.tell-when-agreement-signed")
    .On<AgreementEnteredIntoForce, Tell<AgreementEnteredIntoForce>>("notifications.tell-when-agreement-entered-into-force")
    .On<AgreementChangeBegun, Tell<AgreementChangeBegun>>("notifications.tell-when-agreement-change-begun")
    .On<AgreementChangeAbandoned, Tell<AgreementChangeAbandoned>>("notifications.tell-when-agreement-change-abandoned")
    .On<AgreementNoticeGiven, Tell<AgreementNoticeGiven>>("notifications.tell-when-agreement-notice-given")
    .On<NoticeDateApproaches, Tell<NoticeDateApproaches>>("notifications.tell-when-notice-date-approaches")
    .On<AgreementEndApproaches, Tell<AgreementEndApproaches>>("notifications.tell-when-agreement-end-approaches")
    .On<AgreementCheckDue, Tell<AgreementCheckDue>>("notifications.tell-when-agreement-check-due")
    .On<JointTalkDue, Tell<JointTalkDue>>("notifications.tell-when-joint-talk-due")
    .On<JointTalkNoted, Tell<JointTalkNoted>>("notifications.tell-when-joint-talk-noted")
    .On<AgreementChanged, Tell<AgreementChanged>>("notifications.tell-when-agreement-changed")
    .On<AgreementEnded, Tell<AgreementEnded>>("notifications.tell-when-agreement-ended")
    .On<AgreementWithdrawn, Tell<AgreementWithdrawn>>("notifications.tell-when-agreement-withdrawn")
    .On<DialogueEnded, Tell<DialogueEnded>>("notifications.tell-when-dialogue-ended")
    .On<DialogueReopened, Tell<DialogueReopened>>("notifications.tell-when-dialogue-reopened")
    .On<SectionCommented, Tell<SectionCommented>>("notifications.tell-when-section-commented")
    .On<SigningOpenedToParty, Tell<SigningOpenedToParty>>("notifications.tell-when-signing-opened-to-party")
    .On<VersionReviewAsked, Tell<VersionReviewAsked>>("notifications.tell-when-version-review-asked")
    .On<VersionReviewed, Tell<VersionReviewed>>("notifications.tell-when-version-reviewed")
    .On<AgreementVersionDeclined, Tell<AgreementVersionDeclined>>("notifications.tell-when-agreement-version-declined")
    .On<AgreementRedrafted, Tell<AgreementRedrafted>>("notifications.tell-when-agreement-redrafted")
    .On<InterventionPlanAdopted, Tell<InterventionPlanAdopted>>("notifications.tell-when-intervention-plan-adopted")
    .On<PreconditionNoted, Tell<PreconditionNoted>>("notifications.tell-when-precondition-noted")
    .On<PoolGrantDecided, Tell<PoolGrantDecided>>("notifications.tell-when-pool-grant-decided")
    .On<PoolGrantClosed, Tell<PoolGrantClosed>>("notifications.tell-when-pool-grant-closed")
    .On<PaperAgreementReady, Tell<PaperAgreementReady>>("notifications.tell-when-paper-agreement-ready")
    .On<PaperAgreementAnswered, Tell<PaperAgreementAnswered>>("notifications.tell-when-paper-agreement-answered")
    .On<PlanOpened, Tell<PlanOpened>>("notifications.tell-when-plan-opened")
    .On<IndicatorReported, Tell<IndicatorReported>>("notifications.tell-when-indicator-reported")
    .On<IndicatorReportDue, Tell<IndicatorReportDue>>("notifications.tell-when-indicator-report-due")
    .On<DeviationRaised, Tell<DeviationRaised>>("notifications.tell-when-deviation-raised")
    .On<DeviationDecided, Tell<DeviationDecided>>("notifications.tell-when-deviation-decided")
    .On<DeviationWithdrawn, Tell<DeviationWithdrawn>>("notifications.tell-when-deviation-withdrawn")
    .On<MeetingCalled, Tell<MeetingCalled>>("notifications.tell-when-meeting-called")
    .On<MeetingCalledOff, Tell<MeetingCalledOff>>("notifications.tell-when-meeting-called-off")
    .On<MeetingApproaches, Tell<MeetingApproaches>>("notifications.tell-when-meeting-approaches")
    .On<MeetingActionDue, Tell<MeetingActionDue>>("notifications.tell-when-meeting-action-due")
    .On<MeasurementDue, Tell<MeasurementDue>>("notifications.tell-when-measurement-due")
    .On<MeasurementReported, Tell<MeasurementReported>>("notifications.tell-when-measurement-reported")
    .On<MeasurementReturned, Tell<MeasurementReturned>>("notifications.tell-when-measurement-returned")
    .On<MeasurementVerified, Tell<MeasurementVerified>>("notifications.tell-when-measurement-verified")
    .On<OutcomeContractOpenedForSignature, Tell<OutcomeContractOpenedForSignature>>(
        "notifications.tell-when-outcome-contract-opened-for-signature")
    .On<OutcomeContractSigned, Tell<OutcomeContractSigned>>("notifications.tell-when-outcome-contract-signed")
    .On<OutcomeContractAmendmentOpened, Tell<OutcomeContractAmendmentOpened>>(
        "notifications.tell-when-outcome-contract-amendment-opened")
    .On<OutcomeContractAmended, Tell<OutcomeContractAmended>>("notifications.tell-when-outcome-contract-amended")
    .On<OutcomeContractEnded, Tell<OutcomeContractEnded>>("notifications.tell-when-outcome-contract-ended")
    .On<ObligationTriggered, Tell<ObligationTriggered>>("notifications.tell-when-obligation-triggered")
    .On<ObligationClaimed, Tell<ObligationClaimed>>("notifications.tell-when-obligation-claimed")
    .On<ObligationAttested, Tell<ObligationAttested>>("notifications.tell-when-obligation-attested")
    .On<ObligationSettled, Tell<ObligationSettled>>("notifications.tell-when-obligation-settled")
    .On<ObligationDisputed, Tell<ObligationDisputed>>("notifications.tell-when-obligation-disputed")
    .On<OutcomeContractAmendmentAbandoned, Tell<OutcomeContractAmendmentAbandoned>>(
        "notifications.tell-when-outcome-contract-amendment-abandoned")
    .On<ObligationDisputeResolved, Tell<ObligationDisputeResolved>>("notifications.tell-when-obligation-dispute-resolved")
    .On<ObligationWrittenOff, Tell<ObligationWrittenOff>>("notifications.tell-when-obligation-written-off")
    .On<PaidInRecorded, Tell<PaidInRecorded>>("notifications.tell-when-paid-in-recorded")
    .On<PaidInAnswered, Tell<PaidInAnswered>>("notifications.tell-when-paid-in-answered")
    .On<EntryConfirmationDue, Tell<EntryConfirmationDue>>("notifications.tell-when-entry-confirmation-due")
    .On<EntryConfirmationSettled, Tell<EntryConfirmationSettled>>("notifications.tell-when-entry-confirmation-settled")
    .On<SecondFactorResetAsked, Tell<SecondFactorResetAsked>>("notifications.tell-when-second-factor-reset-asked")
    .On<SecondFactorResetSettled, Tell<SecondFactorResetSettled>>("notifications.tell-when-second-factor-reset-settled"));
var app = builder.Build();

app.MapDefaultEndpoints();
var api = app.MapApi();
ListInbox.Map(api);
DismissLine.Map(api);
ChooseMail.Map(api);
ListRefusedAddresses.Map(api);
ChooseCalendar.Map(api);
ReadCalendar.Map(api);
ManageWebhooks.Map(api);
ListDeliveries.Map(api);
TryWebhook.Map(app);
OperateQueues.Map(api);
ReplayQueue.Map(api);
OperateMail.Map(api);
SendMailsAgain.Map(api);
ReportInaccessible.Map(api);
HandleReport.Map(api);
ShowOwnData.Map(api);
app.Run();
