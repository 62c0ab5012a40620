using Iop.Agreements.Advising;
using Iop.Agreements.Aid;
using Iop.Agreements.Assessing;
using Iop.Agreements.Attachments;
using Iop.Agreements.Bodies;
using Iop.Agreements.Changing;
using Iop.Agreements.Circulating;
using Iop.Agreements.Checking;
using Iop.Agreements.Closing;
using Iop.Agreements.Comments;
using Iop.Agreements.Delivering;
using Iop.Agreements.Dialogue;
using Iop.Agreements.Drafting;
using Iop.Agreements.Ending;
using Iop.Agreements.FromPaper;
using Iop.Agreements.Guests;
using Iop.Agreements.History;
using Iop.Agreements.Life;
using Iop.Agreements.Organisations;
using Iop.Agreements.Partners;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Plans;
using Iop.Agreements.Pool;
using Iop.Agreements.Preconditions;
using Iop.Agreements.Signing;
using Iop.Agreements.Storage;
using Iop.Agreements.Versions;
using Iop.Contracts.Identity;
using Iop.Contracts.Registry;
using Iop.Platform;
using Iop.Printing;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPlatform<AgreementsDb>("agreements", reactions => reactions
    .On<OrganisationChanged, KeepOrganisationWhenItChanges>(KeepOrganisationWhenItChanges.Queue)
    .On<MembershipChanged, KeepPersonWhenMembershipChanges>(KeepPersonWhenMembershipChanges.Queue));
builder.Services.AddSealing();
builder.Services.AddSingleton<Catalogues>();
builder.Services.AddSingleton<ChromiumPrinter>();
builder.Services.AddScoped<Viewer>();
builder.Services.AddScoped<StoredFiles>();
builder.Services.AddTimer<EnterIntoForceWhenStartDateComes>(EnterIntoForceWhenStartDateComes.Kind);
builder.Services.AddTimer<RenewWhenLastDateOfNoticePasses>(RenewWhenLastDateOfNoticePasses.Kind);
builder.Services.AddTimer<LetPartyGoWhenItsNoticeRunsOut>(LetPartyGoWhenItsNoticeRunsOut.Kind);
builder.Services.AddTimer<RemindOfLastDateOfNotice>(RemindOfLastDateOfNotice.Kind);
builder.Services.AddTimer<RemindOfEnd>(RemindOfEnd.Kind);
builder.Services.AddTimer<RemindOfChecks>(RemindOfChecks.Kind);
builder.Services.AddTimer<CatchUpOnReminders>(CatchUpOnReminders.Kind);
builder.Services.AddTimer<RemindOfGuestsLastDay>(RemindOfGuestsLastDay.Kind);
builder.Services.AddTimer<KeepAccessWithTheAgreements>(KeepAccessWithTheAgreements.Kind);
builder.Services.AddScoped<LifeActs>();
builder.Services.AddScoped<PassingOfTime>();
builder.Services.AddScoped<TakingOver>();
builder.Services.AddTimer<EndWhenLastDayPasses>(EndWhenLastDayPasses.Kind);
builder.Services.AddTimer<TellWhenApprovalIsVoided>(TellWhenApprovalIsVoided.Kind);
builder.Services.AddTimer<AskAgainWhenPaperIsChanged>(AskAgainWhenPaperIsChanged.Kind);
var app = builder.Build();
app.Services.GetRequiredService<Catalogues>(); // a faulty catalogue stops the start, not the first lawyer
app.MapDefaultEndpoints();
app.Use(UploadLimit.Keep);
var api = app.MapApi();

StartPartnership.Map(api);
InviteParty.Map(api);
ListPartnerships.Map(api);
ShowPartnership.Map(api);
ChooseTrack.Map(api);

RecordDialogue.Map(api);
CorrectDialogue.Map(api);
ListDialogue.Map(api);
EndDialogue.Map(api);
ReopenDialogue.Map(api);
ChoosePartners.Map(api);
NameActor.Map(api);
InviteGuest.Map(api);
AcceptGuestInvitation.Map(api);
RenewGuestInvitation.Map(api);
ChangeGuest.Map(api);
EndGuest.Map(api);
ShowOwnData.Map(api);
MoveActor.Map(api);
ShowPartners.Map(api);
InvolveTargetGroup.Map(api);

DraftAgreement.Map(api);
ShowAgreement.Map(api);
ChangeFrame.Map(api);
WriteSection.Map(api);
OfferContribution.Map(api);
ChangeContribution.Map(api);
SetGoal.Map(api);
PlanActivity.Map(api);
AcceptRoles.Map(api);
AttachFile.Map(api);
ChangeAttachment.Map(api);
DownloadFile.Map(api);

FormBody.Map(api);
ListBodies.Map(api);
ListBodyDecisions.Map(api);
ChangeBody.Map(api);
SeatMember.Map(api);
RaiseItem.Map(api);
CommentOnSection.Map(api);
ReplyToComment.Map(api);
ResolveComment.Map(api);
ListComments.Map(api);
ShowHistory.Map(api);
ShowAgreementAsOf.Map(api);

ListInstruments.Map(api);
ShowInstrument.Map(api);
AnswerInstrument.Map(api);
AddMatter.Map(api);
ListRelation.Map(api);

ShowAssessment.Map(api);
AnswerQuestion.Map(api);
ConfirmAnswer.Map(api);
BookAid.Map(api);
StateOtherAid.Map(api);
RecordRate.Map(api);
ApproveAssessment.Map(api);

SetSigningOrder.Map(api);
ChooseReviewers.Map(api);
OpenAgreement.Map(api);
ShowSigning.Map(api);
NoteLook.Map(api);
ReleaseReviewer.Map(api);
SignAgreement.Map(api);
DeclineVersion.Map(api);
RedraftAgreement.Map(api);
WithdrawAgreement.Map(api);
ListVersions.Map(api);
CompareVersions.Map(api);
ReportDelivery.Map(api);
ShowResources.Map(api);
ShowVersion.Map(api);
PrintVersion.Map(api);
PackVersion.Map(api);
ShowSealingKeys.Map(api);

BringFromPaper.Map(api);
NamePaper.Map(api);
ConfirmPaper.Map(api);

AdoptPlan.Map(api);
ChangePlan.Map(api);
CheckPlan.Map(api);
ShowPlan.Map(api);
ShowStrategicGroup.Map(api);

NotePrecondition.Map(api);
AgreeTransition.Map(api);
RecordOutcome.Map(api);

SetUpPool.Map(api);
AgreeRate.Map(api);
AgreeCriteria.Map(api);
FillPool.Map(api);
DecideGrant.Map(api);
ReleaseGrant.Map(api);
PayOutGrant.Map(api);
ReverseEntry.Map(api);
ShowPool.Map(api);

WriteClosingReport.Map(api);
PlanExit.Map(api);
SettleUp.Map(api);
FindClosingReports.Map(api);

RenegotiateAgreement.Map(api);
AdmitParty.Map(api);
RenewAgreement.Map(api);
AdjustAgreement.Map(api);
LeaveAgreement.Map(api);
RewordChange.Map(api);
AbandonChange.Map(api);
BookJointTalk.Map(api);
GiveNotice.Map(api);
RescindAgreement.Map(api);
DisputeRescission.Map(api);
ShowLife.Map(api);

app.Run();
