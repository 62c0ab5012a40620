extern alias gateway;

using System.Net.Http.Headers;
using Iop.Contracts;
using Iop.Migrations;
using Iop.TestKit;
using Npgsql;

namespace Iop.Benchmarks;

/// <summary>One of our services as it runs in operation, on a socket: with a database of its own, the queues, and somebody in
/// Identity's place who says who is signed in.</summary>
internal sealed class ServiceInOperation<TProgram> : IAsyncDisposable
    where TProgram : class
{
    private readonly string _name;
    private readonly TestDatabase _database;
    private readonly TestVirtualHost _broker;
    private KestrelHost<TProgram>? _service;
    private KestrelHost<gateway::Program>? _gateway;

    private ServiceInOperation(string name, TestDatabase database, TestVirtualHost broker, StandInIdentity identity) =>
        (_name, _database, _broker, Identity, Sql) =
            (name, database, broker, identity, NpgsqlDataSource.Create(database.ConnectionString));

    public StandInIdentity Identity { get; }

    /// <summary>The database bare: the server's own login, that no policy holds.</summary>
    public NpgsqlDataSource Sql { get; }

    /// <param name="servers">Where.</param>
    /// <param name="name">The database's name, such as <c>follow_up</c>.</param>
    /// <param name="fill">What the database holds when the service starts.</param>
    /// <param name="settings">Beyond those every service has; a later one counts.</param>
    public static async Task<ServiceInOperation<TProgram>> StartAsync(
        Servers servers, string name, Func<NpgsqlDataSource, Task>? fill = null, params (string Key, string Value)[] settings)
    {
        var database = await servers.NewDatabaseAsync(ServiceDatabase.Template(name));
        var broker = await servers.NewVirtualHostAsync();
        await Messaging.Declare(broker.Uri, [.. Topology.Subscriptions]);
        var running = new ServiceInOperation<TProgram>(name, database, broker, await StandInIdentity.StartAsync());
        if (fill is not null) await fill(running.Sql);
        running._service = new KestrelHost<TProgram>([.. running.Settings(), .. settings]);
        return running;
    }

    /// <summary>Straight to the service: nobody keeps cookies or follows redirects unasked.</summary>
    public HttpClient Client() => Client(_service!.Address);

    public HttpClient SignedIn(string? token = null)
    {
        var client = Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Identity.Token());
        return client;
    }

    /// <summary>By the gateway, which starts when the first one comes.</summary>
    public HttpClient AtTheGateway()
    {
        _gateway ??= new KestrelHost<gateway::Program>(
            ("PublicBaseUrl", StandInIdentity.Issuer), ("Gateway:ClientSecret", StandInIdentity.GatewaySecret),
            ("RateLimits:RequestsPerSecond", "1000000"), ("services:identity:http:0", Identity.Address),
            ($"services:{_name.Replace('_', '-')}:http:0", _service!.Address));
        return Client(_gateway.Address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null) await _gateway.DisposeAsync();
        if (_service is not null) await _service.DisposeAsync();
        await Identity.DisposeAsync();
        await Sql.DisposeAsync();
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static HttpClient Client(string address) =>
        new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(30),
        };

    private IEnumerable<(string Key, string Value)> Settings() =>
    [
        ("ConnectionStrings:app", _database.ConnectionStringFor($"{_name}_app", ServiceDatabase.Password)),
        ("ConnectionStrings:system", _database.ConnectionStringFor($"{_name}_system", ServiceDatabase.Password)),
        ("ConnectionStrings:messaging", _broker.Uri.ToString()),
        ("Sealing:Secret", InOperation.Secret),
        ("PublicBaseUrl", StandInIdentity.Issuer), ("services:identity:http:0", Identity.Address),
    ];
}

internal static class InOperation
{
    /// <summary>From which services derive what they encrypt with.</summary>
    public static readonly string Secret = Convert.ToBase64String("bench-secret-bench-secret-bench1"u8);

    /// <summary>Runs statements and reads all that they give.</summary>
    public static async Task RunAsync(this NpgsqlDataSource sql, string text, params IEnumerable<object> values)
    {
        await using var command = sql.CreateCommand(text);
        command.CommandTimeout = 0;
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        do
            while (await reader.ReadAsync()) _ = reader.FieldCount > 0 ? reader.GetValue(0) : null;
        while (await reader.NextResultAsync());
    }

    public static async Task MustGetAsync(this HttpClient http, string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        await answer.Content.LoadIntoBufferAsync();
    }
}
