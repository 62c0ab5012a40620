using Iop.Contracts.Agreements;
using Iop.Contracts.FollowUp;
using Iop.Contracts.Identity;
using Iop.Contracts.OutcomeFinance;
using Iop.Contracts.Registry;
using Iop.OutcomeFinance.Amending;
using Iop.OutcomeFinance.Assessing;
using Iop.OutcomeFinance.Banking;
using Iop.OutcomeFinance.Calculating;
using Iop.OutcomeFinance.Contracting;
using Iop.OutcomeFinance.Guests;
using Iop.OutcomeFinance.Investing;
using Iop.OutcomeFinance.Invoicing;
using Iop.OutcomeFinance.Organisations;
using Iop.OutcomeFinance.Paying;
using Iop.OutcomeFinance.Portfolio;
using Iop.OutcomeFinance.Publishing;
using Iop.OutcomeFinance.Reporting;
using Iop.OutcomeFinance.Signing;
using Iop.OutcomeFinance.Simulating;
using Iop.OutcomeFinance.Storage;
using Iop.OutcomeFinance.Terms;
using Iop.Platform;
using Iop.Printing;
using Iop.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPlatform<OutcomeFinanceDb>("outcome-finance", reactions => reactions
    .On<OrganisationChanged, KeepOrganisationWhenItChanges>("outcome-finance.keep-organisation-when-it-changes")
    .On<MembershipChanged, KeepPersonWhenMembershipChanges>("outcome-finance.keep-person-when-membership-changes")
    .On<GuestChanged, KeepGuestWhenItChanges>("outcome-finance.keep-guest-when-it-changes")
    .On<MeasurementVerified, CalculateWhenMeasurementVerified>("outcome-finance.calculate-when-measurement-verified")
    .On<OutcomeContractEnded, DestroyParticipantsWhenOutcomeContractEnded>(
        "outcome-finance.destroy-participants-when-outcome-contract-ended")
    .On<OutcomeContractSigned, PublishContractWhenOutcomeContractSigned>(
        "outcome-finance.publish-contract-when-outcome-contract-signed")
    .On<OutcomeContractAmended, PublishAmendmentWhenOutcomeContractAmended>(
        "outcome-finance.publish-amendment-when-outcome-contract-amended")
    .On<OutcomeContractEnded, PublishEndWhenOutcomeContractEnded>(
        "outcome-finance.publish-end-when-outcome-contract-ended"));
builder.Services.AddSealing();
builder.Services.AddSingleton<TermsReader>();
builder.Services.AddScoped<AmendmentWriting>().AddScoped<AmendmentViews>();
builder.Services.AddSingleton<ContractCatalogue>().AddScoped<ContractAssessments>();
builder.Services.AddSingleton<ChromiumPrinter>();
builder.Services.AddScoped<ContractViews>().AddScoped<ObligationViews>().AddScoped<CalculateContract>()
    .AddScoped<PublishResults>().AddSingleton<ReadContracts>();
builder.Services.AddScoped<MakeInvoice>().AddScoped<Statements>().AddScoped<Portfolios>()
    .AddScoped<Settlements>();
builder.Services.AddScoped<SimulationViews>().AddHostedService<RunSimulations>();
var app = builder.Build();
app.MapDefaultEndpoints();
var api = app.MapApi();

CheckTerms.Map(api);
EvaluateTerms.Map(api);

DraftContract.Map(api);
ListContracts.Map(api);
ShowContract.Map(api);
ReviseTerms.Map(api);
PlanInvestments.Map(api);
StatePublicCosts.Map(api);
StartSimulation.Map(api);
ListSimulations.Map(api);
ShowSimulation.Map(api);
CancelSimulation.Map(api);
RecordScenario.Map(api);
ListScenarios.Map(api);
ShowLevels.Map(api);
ShowContractAssessment.Map(api);
AnswerContractQuestion.Map(api);
ApproveContract.Map(api);

OpenContract.Map(api);
SignContract.Map(api);
ShowVersion.Map(api);
PrintContract.Map(api);
ShowSealingKeys.Map(api);

DraftAmendment.Map(api);
RewriteAmendment.Map(api);
ShowAmendment.Map(api);
OpenAmendment.Map(api);
SignAmendment.Map(api);
AbandonAmendment.Map(api);

ShowDerivation.Map(api);
ShowPublishedContract.Map(api);

ShowInvoicingDetails.Map(api);
KeepInvoicingDetails.Map(api);
ListObligations.Map(api);
ShowObligation.Map(api);
ClaimObligation.Map(api);
ShowInvoice.Map(api);
AttestObligation.Map(api);
SettleObligation.Map(api);
DisputeObligation.Map(api);
ResolveDispute.Map(api);
WriteOffObligation.Map(api);

MakePaymentFile.Map(api);
ListPaymentFiles.Map(api);
CancelPaymentFile.Map(api);
ReadBankStatement.Map(api);
ListBankStatements.Map(api);

RecordPaidIn.Map(api);
AnswerPaidIn.Map(api);
EndContract.Map(api);

ShowLedger.Map(api);
ShowReconciliation.Map(api);
ShowBudgetYears.Map(api);
ShowStatement.Map(api);
KeepFund.Map(api);
ShowPortfolio.Map(api);
ExportPortfolio.Map(api);

ShowOwnData.Map(api);

app.Run();
