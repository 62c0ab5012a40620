using Microsoft.Extensions.Diagnostics.HealthChecks;

// As a task ("task <code>") it prints a line and ends with that code. Otherwise it is a service that tells what it was given.
if (args is ["task", var code])
{
    Console.WriteLine($"given: {Environment.GetEnvironmentVariable("GIVEN")}");
    return int.Parse(code, System.Globalization.CultureInfo.InvariantCulture);
}
if (args is ["broken"])
{
    Console.WriteLine("cannot go on");
    return 3;
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddHttpClient();
if (Environment.GetEnvironmentVariable("BROKER_AWAY") is not null)
{
    // As MassTransit registers its own.
    builder.Services.AddHealthChecks()
        .AddCheck("masstransit-bus", () => HealthCheckResult.Unhealthy(), tags: ["ready", "masstransit"]);
}
var app = builder.Build();
app.MapDefaultEndpoints();
app.MapGet("/environment/{name}", (string name) => Environment.GetEnvironmentVariable(name) ?? "");
app.MapGet("/process", () => Environment.ProcessId);
app.MapGet("/ask/{service}/{name}", (string service, string name, IHttpClientFactory clients) =>
    clients.CreateClient().GetStringAsync(new Uri($"http://{service}/environment/{name}")));
app.Run();
return 0;
