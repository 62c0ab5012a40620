using Iop.Contracts.Registry;
using Iop.Identity.Federation;
using Iop.Identity.Inviting;
using Iop.Identity.Memberships;
using Iop.Identity.OwnData;
using Iop.Identity.People;
using Iop.Identity.Providers;
using Iop.Identity.Proving;
using Iop.Identity.Recovery;
using Iop.Identity.Sessions;
using Iop.Identity.SigningIn;
using Iop.Identity.StandingIn;
using Iop.Identity.Storage;
using Iop.Identity.Systems;
using Iop.Identity.Trials;
using Iop.Platform;
using Iop.Platform.Sealing;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPlatform<IdentityDb>("identity", reactions => reactions
    .On<OrganisationChanged, KeepOrganisationWhenItChanges>(KeepOrganisationWhenItChanges.Queue));
builder.Services.AddSingleton(new KeyPurpose(Tokens.Purpose, Tokens.KeyAgeMax));
builder.Services.AddSingleton<Tokens>().AddSingleton<OwnKeys>().AddSingleton<Clients>().AddSingleton<Passwords>()
    .AddSingleton<SecretBox>().AddSingleton<TypedAddress>().AddSingleton<MailServer>();
builder.Services.AddScoped<Attempts>().AddScoped<SystemAssertion>().AddScoped<ComeIn>()
    .AddScoped<SecondFactor>().AddScoped<KnownDevices>().AddScoped<OwnPassword>().AddScoped<AccountTrail>()
    .AddScoped<OfferedSecrets>();
var federation = builder.Configuration.GetSection("Federation").Get<FederationSettings>() ?? new FederationSettings();
builder.Services.AddSingleton(federation.Reachable(builder.Environment)).AddSingleton<ProviderCalls>()
    .AddSingleton<ProviderDescriptions>().AddSingleton<JourneyCookie>().AddSingleton<RedeemCode>().AddSingleton<ReadToken>();
builder.Services.AddScoped<GoToProvider.Departure>().AddScoped<ComeFromProvider>().AddScoped<FollowProvider>()
    .AddScoped<FollowName>().AddScoped<TrialSignIn>();
builder.Services.AddTimer<SendPasswordLink>(AskForPassword.Timer);
builder.Services.AddTimer<TellOfReset>(TellOfReset.Timer);
builder.Services.AddTimer<EndWhatIsNotUsed>(EndWhatIsNotUsed.Kind);
builder.Services.AddScoped<SettleStandIns>().AddTimer<TurnStandIn>(TurnStandIn.Kind);
builder.Services.AddHostedService<OfferOperatorLink>().AddHostedService<ForgetWhatHasExpired>();
OwnKeys.Use(builder.Services);
var app = builder.Build();
app.MapDefaultEndpoints();
var api = app.MapApi();
ShowProvider.Map(app);

BecomeFirstOperator.Map(api);
RegisterPerson.Map(api);
InviteAgain.Map(api);
InviteElsewhere.Map(api);
OfferSecondFactor.Map(api);
AcceptInvitation.Map(api);
ShowPerson.Map(api);
NamePeople.Map(api);
ChangePassword.Map(api);
RecoveryCodes.Map(api);
AskForPassword.Map(api);
ShowPasswordLink.Map(api);
ChooseNewPassword.Map(api);
ResetSecondFactor.Map(api);
TakeNewSecondFactor.Map(api);

GiveMembership.Map(api);
ChangeMembership.Map(api);
FollowLoginAgain.Map(api);
ListMemberships.Map(api);
ShowOperators.Map(api);
AppointStandIn.Map(api);
EndStandIn.Map(api);
ListStandIns.Map(api);
RegisterSystem.Map(api);
ChangeSystem.Map(api);
SystemKeys.Map(api);

AddProvider.Map(api);
ListProviders.Map(api);
ChangeProvider.Map(api);
RenewProviderKey.Map(api);
TryProvider.Map(app);
TrialSignIn.Map(app);
ShowTrial.Map(api);
GrantByProvider.Map(api);
ShowGrant.Map(api);

Authorize.Map(api);
SignIn.Map(api);
ListOpenProviders.Map(api);
GoToProvider.Map(app);
ComeFromProvider.Map(app);
GiveToken.Map(api);

ShowSession.Map(api);
ActForOrganisation.Map(api);
ConnectLogin.Map(api);
ListDevices.Map(api);
SignOut.Map(api);
SignOutAtProvider.Map(app);
ShowOwnData.Map(api);
CorrectOwnData.Map(api);
ConfirmAddress.Map(api);
app.Run();

/// <summary>Who is signed in, for which organisation, in which roles.</summary>
public sealed partial class Program;
