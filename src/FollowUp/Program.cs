using Iop.Contracts.Agreements;
using Iop.Contracts.OutcomeFinance;
using Iop.Contracts.Registry;
using Iop.FollowUp.Deviating;
using Iop.FollowUp.Evidencing;
using Iop.FollowUp.Guests;
using Iop.FollowUp.Measuring;
using Iop.FollowUp.Meetings;
using Iop.FollowUp.Participants;
using Iop.FollowUp.Planning;
using Iop.FollowUp.Reminding;
using Iop.FollowUp.Reporting;
using Iop.FollowUp.Storage;
using Iop.Platform;
using Iop.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddScoped<ComingAndGoing>();
builder.Services.AddScoped<ReportsDue>().AddTimer<TellWhenReportIsDue>(TellWhenReportIsDue.Kind);
builder.Services.AddScoped<MeasurementsDue>().AddTimer<TellWhenMeasurementIsDue>(TellWhenMeasurementIsDue.Kind);
builder.Services.AddTimer<CatchUpOnReports>(CatchUpOnReports.Kind);
builder.Services.AddTimer<CatchUpOnMeasurements>(CatchUpOnMeasurements.Kind);
builder.Services.AddTimer<RemindOfMeeting>(RemindOfMeeting.Kind).AddTimer<RemindOfAction>(RemindOfAction.Kind);
builder.AddPlatform<FollowUpDb>("follow-up", reactions => reactions
    .On<OrganisationChanged, KeepOrganisationWhenItChanges>("follow-up.keep-organisation-when-it-changes")
    .On<AgreementEnteredIntoForce, OpenPlanWhenAgreementEntersIntoForce>("follow-up.open-plan-when-agreement-enters-into-force")
    .On<AgreementChanged, FollowAgreementWhenItChanges>("follow-up.follow-agreement-when-it-changes")
    .On<AgreementEnded, ClosePlanWhenAgreementEnds>("follow-up.close-plan-when-agreement-ends")
    .On<PartyJoinedPartnership, LetPartyBackWhenItJoins>("follow-up.let-party-back-when-it-joins")
    .On<PartyLeftPartnership, LetPartyGoWhenItLeaves>("follow-up.let-party-go-when-it-leaves")
    .On<GuestChanged, KeepGuestWhenItChanges>("follow-up.keep-guest-when-it-changes")
    .On<OutcomeContractSigned, PrepareMeasuringWhenOutcomeContractSigned>(
        "follow-up.prepare-measuring-when-outcome-contract-signed")
    .On<OutcomeContractAmended, AmendMeasuringWhenOutcomeContractAmended>(
        "follow-up.amend-measuring-when-outcome-contract-amended")
    .On<OutcomeContractEnded, DestroyParticipantsWhenOutcomeContractEnded>(
        "follow-up.destroy-participants-when-outcome-contract-ended"));
var app = builder.Build();
app.MapDefaultEndpoints();
var api = app.MapApi();

ListPlans.Map(api);
ShowPlan.Map(api);
FollowIndicator.Map(api);
ShowIndicator.Map(api);
ReportIndicator.Map(api);
RaiseDeviation.Map(api);
ListDeviations.Map(api);
ShowDeviation.Map(api);
NoteLesson.Map(api);
DecideDeviation.Map(api);
WithdrawDeviation.Map(api);
CallMeeting.Map(api);
ListMeetings.Map(api);
ShowMeeting.Map(api);
MoveMeeting.Map(api);
CallOffMeeting.Map(api);
WriteMinutes.Map(api);
AskForAction.Map(api);
FinishAction.Map(api);
ListOpenActions.Map(api);

ListContracts.Map(api);
ShowContract.Map(api);
MintKeys.Map(api);
ListKeys.Map(api);
ReportMeasurement.Map(api);
AttachEvidence.Map(api);
DownloadEvidence.Map(api);
ShowBench.Map(api);
ListMeasurements.Map(api);
ShowMeasurement.Map(api);
ShowParticipants.Map(api);
VerifyMeasurement.Map(api);
ReturnMeasurement.Map(api);

ShowOwnData.Map(api);

app.Run();
