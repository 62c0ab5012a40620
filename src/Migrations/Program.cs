using Iop.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client.Exceptions;

// Roles, databases, schemas, exchanges and queues; then it ends. Run again, it does only what is missing.
var builder = Host.CreateApplicationBuilder(args);
using var logging = LoggerFactory.Create(log => log.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
var log = logging.CreateLogger("Iop.Migrations");
var settings = builder.Configuration;
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
try
{
    await WhenUp(() => Messaging.Declare(new Uri(Setting("ConnectionStrings:messaging")), stop.Token));
    log.LogInformation("Exchanges and queues are declared.");
    await using var server = new NpgsqlConnection(Setting("ConnectionStrings:server"));
    await WhenUp(() => server.OpenAsync(stop.Token));
    foreach (var service in Service.All)
    {
        await Databases.EnsureRoles(server, service,
            new LoginPasswords(Setting($"Logins:{service.Name}:App"), Setting($"Logins:{service.Name}:System")), stop.Token);
        await Databases.EnsureDatabase(server, service, stop.Token);
        var address = new NpgsqlConnectionStringBuilder(Setting("ConnectionStrings:server"))
        {
            Database = service.Name,
            Pooling = false,
        };
        await using var database = new NpgsqlConnection(address.ConnectionString);
        await database.OpenAsync(stop.Token);
        var applied = await Schema.Apply(database, service, Script.Of(service), stop.Token);
        var news = applied.Count == 0 ? "nothing new" : string.Join(", ", applied);
        log.LogInformation("{Database}: {Scripts}", service.Name, news);
    }
    return 0;
}
catch (MigrationException cannot)
{
    log.LogCritical("{Reason}", cannot.Message);
    return 1;
}

string Setting(string key) =>
    settings[key] is { Length: > 0 } value ? value : throw new MigrationException($"The setting {key} is missing.");

// Servers started at the same time as we may need a moment.
async Task WhenUp(Func<Task> connect)
{
    const int AttemptsMax = 60;
    for (var attempt = 1; ; attempt++)
    {
        try
        {
            await connect();
            return;
        }
        catch (Exception away) when (attempt < AttemptsMax
            && away is BrokerUnreachableException or NpgsqlException { IsTransient: true })
        {
            log.LogInformation("Waiting for a server: {Reason}", away.Message);
            await Task.Delay(TimeSpan.FromSeconds(1), stop.Token);
        }
    }
}

/// <summary>Not for others: tests host services, each with a Program of its own.</summary>
internal sealed partial class Program;
