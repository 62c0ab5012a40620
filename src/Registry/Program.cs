using Iop.Contracts.Agreements;
using Iop.Platform;
using Iop.Registry;
using Iop.Registry.Entries;
using Iop.Registry.Figures;
using Iop.Registry.Importing;
using Iop.Registry.Keeping;
using Iop.Registry.Likenesses;
using Iop.Registry.OpenData;
using Iop.Registry.Organisations;
using Iop.Registry.Places;
using Iop.Registry.Statistics;
using Iop.Registry.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPlatform<RegistryDb>("registry", reactions => reactions
    .On<AgreementEnteredIntoForce, PublishEntryWhenAgreementEntersIntoForce>(PublishEntryWhenAgreementEntersIntoForce.Queue)
    .On<AgreementChanged, FollowAgreementWhenItChanges>(FollowAgreementWhenItChanges.Queue)
    .On<AgreementEnded, EndEntryWhenAgreementEnds>(EndEntryWhenAgreementEnds.Queue));
builder.Services.AddTimer<SettleEntriesWhenTheirDayComes>(SettleEntriesWhenTheirDayComes.Kind);
builder.Services.AddTimer<WriteImportWhenConfirmed>(WriteImportWhenConfirmed.Kind);
builder.Services.AddHostedService<CountAhead>();
builder.Services.AddHostedService<TakeSnapshot>();
builder.Services.AddScoped<Reader>();
var app = builder.Build();
if (args.Contains(AnnounceAgain.Wish, StringComparer.Ordinal)) return await AnnounceAgain.Run(app.Services);

app.MapDefaultEndpoints();
var api = app.MapApi();
RegisterOrganisation.Map(api);
ChangeOrganisation.Map(api);
AddUnit.Map(api);
RenameUnit.Map(api);
FindOrganisations.Map(api);
ShowOrganisation.Map(api);
DeclareCoverage.Map(api);
WriteEntry.Map(api);
ConfirmEntry.Map(api);
AskForCorrection.Map(api);
ListOwnEntries.Map(api);
FindEntries.Map(api);
ListParties.Map(api);
ShowEntry.Map(api);
LookForLikenesses.Map(api);
DecideProposal.Map(api);
ReadImport.Map(api);
ConfirmImport.Map(api);
ExportEntries.Map(api);
ShowFigures.Map(api);
ShowStatistics.Map(api);
ImportInhabitants.Map(api);
ListAreas.Map(api);
ListPlaces.Map(api);
ShowCatalogue.Map(api);
ShowSnapshots.Map(api);
ListChanges.Map(api);
app.Run();
return 0;
