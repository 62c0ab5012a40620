// The system's map: what there is, what needs what. Written against Aspire's app model; Local/ runs the same calls as plain
// processes of this machine. README.md beside this file lists the resources and what each gets.
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);

// Where the system is reached. Issuer of tokens and all links are made from it, so it is one value for everybody.
const int DefaultPort = 8080;
var port = builder.Configuration.GetValue("IOP_PORT", DefaultPort);
var publicBaseUrl = builder.AddParameter("public-base-url", $"http://localhost:{port}");

// Passwords are made at the first start and kept (locally in the data folder, with Aspire in the user secrets).
// sealing-secret wraps private keys at rest: 32 bytes as base64; with Aspire give it yourself (openssl rand -base64 32).
var sealingSecret = builder.AddParameter("sealing-secret", secret: true);

// By which Identity knows the gateway as its client.
var gatewaySecret = Password("gateway-client-secret");

// One PostgreSQL with a database per service, one RabbitMQ.
var postgres = builder.AddPostgres("postgres", password: Password("postgres-password")).WithDataVolume("iop-postgres");
var messaging = builder.AddRabbitMQ("messaging", password: Password("messaging-password")).WithDataVolume("iop-messaging");

// Makes roles, databases, schemas, exchanges and queues, then ends. The only one with the server's own login.
var migrations = builder.AddProject<Projects.Migrations>("migrations")
    .WithReference(postgres, connectionName: "server").WaitFor(postgres)
    .WithReference(messaging).WaitFor(messaging)
    .WithEnvironment("Sealing__Secret", sealingSecret);

// Who is signed in, for which organisation, in which roles; keys and tokens.
var identity = Service<Projects.Identity>("identity", "identity").WithEnvironment("Gateway__ClientSecret", gatewaySecret);

// Organisations, and the public register of partnerships.
var registry = Service<Projects.Registry>("registry", "registry").WithReference(identity);

// What the parties agree: drafting, assessing, signing, amending, ending.
var agreements = Service<Projects.Agreements>("agreements", "agreements").WithReference(identity);

// What came of it: reports, meetings, outcome measurements and their verification.
var followUp = Service<Projects.FollowUp>("follow-up", "follow_up").WithReference(identity);

// What it pays: contracts, calculations, claims, ledger.
var outcomeFinance = Service<Projects.OutcomeFinance>("outcome-finance", "outcome_finance").WithReference(identity);

// Who must be told, how, and whether it arrived.
var notifications = Service<Projects.Notifications>("notifications", "notifications").WithReference(identity);

// The pages: rendered on the server, talking to the gateway only.
var web = builder.AddProject<Projects.Web>("web").WithHttpEndpoint().WithHttpHealthCheck("/health/ready")
    .WithEnvironment("PublicBaseUrl", publicBaseUrl);

// The only door from outside: routes, sessions, limits. Its /health/ready answers for the whole system, demo data included,
// which is why the others wait for /health/live only.
var gateway = builder.AddProject<Projects.Gateway>("gateway").WithHttpEndpoint(port: port).WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health/live")
    .WithEnvironment("PublicBaseUrl", publicBaseUrl)
    .WithEnvironment("Gateway__ClientSecret", gatewaySecret)
    .WithReference(identity).WithReference(registry).WithReference(agreements).WithReference(followUp)
    .WithReference(outcomeFinance).WithReference(notifications).WithReference(web);
web.WithReference(gateway);

if (builder.ExecutionContext.IsRunMode) AddDemo();

builder.Build().Run();

// A service with a database of its own and two logins to it: "app", held to its organisation by row-level security,
// and "system", for what no organisation asked for (relay, reactions, timers).
IResourceBuilder<ProjectResource> Service<TProject>(string name, string database)
    where TProject : IProjectMetadata, new()
{
    var appPassword = Password($"{name}-app-password");
    var systemPassword = Password($"{name}-system-password");
    migrations.WithEnvironment($"Logins__{database}__App", appPassword)
        .WithEnvironment($"Logins__{database}__System", systemPassword);
    var server = postgres.GetEndpoint("tcp");
    var (host, serverPort) = (server.Property(EndpointProperty.Host), server.Property(EndpointProperty.Port));
    return builder.AddProject<TProject>(name).WithHttpEndpoint().WithHttpHealthCheck("/health/ready")
        .WaitForCompletion(migrations)
        .WithReference(messaging)
        .WithEnvironment("ConnectionStrings__app",
            $"Host={host};Port={serverPort};Database={database};Username={database}_app;Password={appPassword}")
        .WithEnvironment("ConnectionStrings__system",
            $"Host={host};Port={serverPort};Database={database};Username={database}_system;Password={systemPassword}")
        .WithEnvironment("PublicBaseUrl", publicBaseUrl)
        .WithEnvironment("Sealing__Secret", sealingSecret);
}

// The demo is played by users through the gateway, at the first start of a data folder (and whenever --once asks for it).
// What it leaves for people is in the data folder: the operator's first link, the demo's logins, how far its clock is ahead.
void AddDemo()
{
    var data = Path.GetFullPath(builder.Configuration["IOP_DATA"] ?? Path.Combine(builder.AppHostDirectory, "..", ".iop"));
    var (clock, played) = (Path.Combine(data, "clock"), Path.Combine(data, "demo-played"));
    var (logins, operatorLink) = (Path.Combine(data, "demo-logins.json"), Path.Combine(data, "operator-link.txt"));
    foreach (var service in (IEnumerable<IResourceBuilder<ProjectResource>>)
        [migrations, identity, registry, agreements, followUp, outcomeFinance, notifications, web, gateway])
    {
        service.WithEnvironment("IOP_CLOCK_FILE", clock);
    }
    identity.WithEnvironment("Identity__OneTimeLinkFile", operatorLink);
    gateway.WithEnvironment("Demo__DoneFile", played);
    if (File.Exists(played) && !args.Contains("--until")) return;
    builder.AddProject<Projects.DemoData>("demo-data")
        .WithEnvironment("PublicBaseUrl", publicBaseUrl)
        .WithEnvironment("IOP_CLOCK_FILE", clock)
        .WithEnvironment("IOP_LOGINS_FILE", logins)
        .WithEnvironment("Identity__OneTimeLinkFile", operatorLink)
        .WithEnvironment("Demo__DoneFile", played)
        .WaitFor(identity).WaitFor(registry).WaitFor(agreements).WaitFor(followUp)
        .WaitFor(outcomeFinance).WaitFor(notifications).WaitFor(web).WaitFor(gateway);
}

IResourceBuilder<ParameterResource> Password(string name) => builder.AddParameter(
    name, new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);
