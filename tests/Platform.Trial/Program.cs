using Iop.Platform;
using Iop.Platform.Trial;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddSingleton<Attempts>();
builder.AddPlatform<TrialDb>("trial", reactions => reactions
    .On<Asked, DoWhenAsked>(DoWhenAsked.Queue)
    .On<Asked, KeepNewestWhenAsked>(KeepNewestWhenAsked.Queue));
builder.Services.AddSealing();
builder.Services.AddTimer<WriteWhenItRings>(WriteWhenItRings.Kind);
var app = builder.Build();
app.MapDefaultEndpoints();
Notes.Map(app.MapApi());
app.Run();
