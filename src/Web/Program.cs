using System.Text.Encodings.Web;
using System.Text.Unicode;
using Iop.Web.About;
using Iop.Web.Agreements;
using Iop.Web.Attesting;
using Iop.Web.AuditTrail;
using Iop.Web.Contracts;
using Iop.Web.FollowUp;
using Iop.Web.Frame;
using Iop.Web.Gateway;
using Iop.Web.Inbox;
using Iop.Web.Partnerships;
using Iop.Web.Problems;
using Iop.Web.Register;
using Iop.Web.SigningIn;
using Iop.Web.Start;
using Iop.Web.Terms;
using Iop.Web.Texts;
using Iop.Web.Verifying;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddRazorComponents();
builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)); // å, ä and ö as themselves
builder.Services.AddSingleton(TextCatalogue.Load(AppContext.BaseDirectory));
builder.Services.AddSingleton(ProblemCatalogue.Load(AppContext.BaseDirectory));
builder.Services.AddScoped<Visitor>();
builder.Services.AddScoped<Words>();
builder.Services.AddScoped<Sessions>();
builder.Services.AddScoped<RegisterApi>();
builder.Services.AddScoped<PartnershipsApi>();
builder.Services.AddScoped<AgreementsApi>();
builder.Services.AddScoped<FollowUpApi>();
builder.Services.AddScoped<ContractsApi>();
builder.Services.AddScoped<TermsApi>();
builder.Services.AddGateway(builder.Configuration);

var app = builder.Build();
app.UseExceptionHandler(errors => errors.Run(ErrorPages.WhenSomethingBroke));
app.UseStatusCodePages(ErrorPages.WhenNothingWasWritten);
app.UsePageHeaders();
app.UseMiddleware<WhoIsVisiting>();
app.MapDefaultEndpoints();
app.MapStaticAssets();

StartPage.Map(app);
RegisterPages.Map(app);
SignInPages.Map(app);
PartnershipPages.Map(app);
AgreementPages.Map(app);
FollowUpPages.Map(app);
VerifyingPages.Map(app);
ContractPages.Map(app);
AttestingPages.Map(app);
InboxPages.Map(app);
AuditPages.Map(app);
CalculateTerms.Map(app);
AboutPages.Map(app);
ProblemPages.Map(app);
app.Run();

/// <summary>The pages people see; knows the other services only through the gateway.</summary>
internal sealed partial class Program;
