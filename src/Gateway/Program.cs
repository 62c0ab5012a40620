using Iop.Gateway.Protection;
using Iop.Gateway.Routing;
using Iop.Gateway.Sessions;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddSingleton(TimeProvider.System);
builder.AddSessions();
builder.AddProtection();
builder.AddRoutes();

var app = builder.Build();
app.MapDefaultEndpoints();
app.UseProtection();       // headers, limits, foreign origins
app.UseSessions();         // who is this; the cookie becomes a token
SignInAtIdentity.Map(app); // /session/start, /session/callback
SignOut.Map(app);          // /session/end
ShowGateway.Map(app);      // /gateway/v1/operation, for the operator
app.MapReverseProxy();
app.Run();
