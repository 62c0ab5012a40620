using System.Text.Json;
using Iop.Contracts;
using Iop.Kernel;
using Iop.Migrations;
using Iop.Platform.Identity;
using Iop.Platform.Messaging;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client;

namespace Iop.TestKit;

/// <summary>
/// A whole service with a database and a virtual host of its own, a clock the test sets and callers the test chooses.
/// Derive a world from it: <c>public sealed class RegistryWorld(Servers servers) : ServiceHost&lt;Program&gt;(servers,
/// "registry")</c>
/// and let the test classes be <c>IClassFixture&lt;RegistryWorld&gt;</c>.
/// </summary>
public abstract class ServiceHost<TProgram>(Servers servers, string database, DateTimeOffset? now = null) : IAsyncLifetime
    where TProgram : class
{
    private const int SystemConnectionsMax = 12;

    /// <summary>Set in the environment, the service logs to the console as it would outside tests.</summary>
    private const string LogWish = "IOP_TEST_LOG";

    private static readonly DateTimeOffset Begins = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private TestDatabase? _database;
    private TestVirtualHost? _broker;
    private TestTokens? _tokens;
    private WebApplicationFactory<TProgram>? _factory;
    private HttpClient? _http;
    private NpgsqlDataSource? _system;
    private readonly SemaphoreSlim _oneSpeaker = new(1, 1);
    private IConnection? _speakersConnection;
    private IChannel? _speaker;

    public SettableClock Clock { get; } = new(now ?? Begins);

    /// <summary>The running service's own things. Scoped ones need a scope.</summary>
    public IServiceProvider Services => _factory!.Services;

    public TestDatabase Database => _database!;

    public TestVirtualHost Broker => _broker!;

    /// <summary>The service's system login: sees everything.</summary>
    public NpgsqlDataSource AsSystem => _system!;

    public CallerClient Anonymous => new(_http!, () => null);

    public CallerClient As(Caller caller) => new(_http!, () => _tokens!.For(caller));

    /// <summary>The token the caller would bring, for whoever stands before the service.</summary>
    public string TokenOf(Caller caller) => _tokens!.For(caller);

    /// <summary>A caller who reads another language than Swedish.</summary>
    public CallerClient As(Caller caller, string language) => new(_http!, () => _tokens!.For(caller)) { Language = language };

    /// <summary>Without anything that tests usually want: no token, no cookies kept, no redirects followed.</summary>
    public HttpClient NewClient() => Bare(_factory!);

    /// <summary>Another process of the same service: same database, same virtual host. Ends with this one.</summary>
    public HttpClient AnotherReplica() => Bare(_factory!.WithWebHostBuilder(_ => { }));

    /// <summary>Ends every process of the service, as a stop of the machine would: database and virtual host stay.</summary>
    public async Task Stop()
    {
        _http!.Dispose();
        await _factory!.DisposeAsync();
        (_http, _factory) = (null, null);
    }

    /// <summary>Starts the service again after <see cref="Stop"/>, all of its processes at the same moment.</summary>
    public async Task Start(int replicas = 1)
    {
        _factory = new Factory(this);
        var all = Enumerable.Range(0, replicas)
            .Select(number => number == 0 ? _factory : _factory.WithWebHostBuilder(_ => { })).ToList();
        await Task.WhenAll(all.Select(one => Task.Run(() => Bare(one).Dispose())));
        _http = _factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
    }

    /// <summary>Puts the database of a stopped service back to what it was before its newest script, by what undoes that, and
    /// upgrades it as Migrations does.</summary>
    public async Task Upgrade(string script, string asItWas)
    {
        await using var server = new NpgsqlConnection(Database.ConnectionString);
        await server.OpenAsync();
        await using var undo = new NpgsqlCommand($"{asItWas}; DELETE FROM migration WHERE script = '{script}'", server);
        await undo.ExecuteNonQueryAsync();
        var service = Service.All.Single(one => one.Name == database);
        Assert.Equal([script], await Schema.Apply(server, service, Script.Of(service)));
    }

    /// <summary>The way into the service without a network, for whoever stands before it.</summary>
    public HttpMessageHandler Wire => _factory!.Server.CreateHandler();

    /// <summary>What this service has said of a kind, sent or not, in the order it was said.</summary>
    public async Task<IReadOnlyList<TMessage>> Announced<TMessage>()
    {
        await using var command = AsSystem.CreateCommand("SELECT envelope FROM outbox WHERE exchange = $1 ORDER BY position");
        command.Parameters.Add(new() { Value = Messaging.ExchangeOf(typeof(TMessage)) });
        var said = new List<TMessage>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            said.Add(JsonSerializer.Deserialize<JsonElement>(reader.GetFieldValue<byte[]>(0)).GetProperty("message")
                .Deserialize<TMessage>(Json)!);
        return said;
    }

    /// <summary>Says a fact as the service that owns it would.</summary>
    /// <param name="message">A message of Contracts.</param>
    /// <param name="messageId">To say the same thing twice, the id that the first time gave back.</param>
    public async Task<Guid> Publish<TMessage>(TMessage message, Guid? messageId = null) where TMessage : class
    {
        var outgoing = OutgoingMessage.Of(Guid.NewGuid(), 1, message, Clock.GetUtcNow(), trace: null, messageId);
        var properties = new BasicProperties
        {
            MessageId = outgoing.MessageId.ToString(), ContentType = "application/vnd.masstransit+json", Persistent = true,
        };
        var speaker = await Speaker();
        await speaker.BasicPublishAsync(outgoing.Exchange, "", mandatory: true, properties, outgoing.Envelope);
        return outgoing.MessageId;
    }

    /// <summary>Says a fact and waits until all of the service's own reactions to it have had their effect.</summary>
    public async Task<Guid> Tell<TMessage>(TMessage message) where TMessage : class
    {
        var id = await Publish(message);
        var expected =
            Subscriptions.Count(one =>
                one.Message == typeof(TMessage) && one.Queue.StartsWith(QueuePrefix, StringComparison.Ordinal));
        await Eventually.Holds($"all reactions to {typeof(TMessage).Name}", async () => await HandledBy(id) == expected);
        return id;
    }

    /// <summary>How many reactions have handled a message.</summary>
    public Task<long> HandledBy(Guid messageId) => Scalar<long>("SELECT count(*) FROM inbox WHERE message_id = $1", messageId);

    /// <summary>One value, read by the system login.</summary>
    public async Task<T> Scalar<T>(string sql, params IEnumerable<object> arguments)
    {
        await using var command = AsSystem.CreateCommand(sql);
        foreach (var argument in arguments) command.Parameters.Add(new() { Value = argument });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>One value, read by the application's login in a caller's name: what the policies let her see. Nothing that the
    /// sentence may have done remains.</summary>
    public async Task<T> ScalarAs<T>(Caller caller, string sql, params IEnumerable<object> arguments)
    {
        await using var connection = new NpgsqlConnection(Login("app"));
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var who = new NpgsqlCommand($"""
            SELECT set_config('iop.org', '{caller.Organisation}', true), set_config('iop.unit', '{caller.Unit}', true),
                   set_config('iop.person', '{caller.Person}', true),
                   set_config('iop.today', '{SwedishTime.DateIn(Clock.GetUtcNow()):yyyy-MM-dd}', true)
            """, connection, transaction);
        await who.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var argument in arguments) command.Parameters.Add(new() { Value = argument });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public virtual async ValueTask InitializeAsync()
    {
        _tokens = new TestTokens(Clock);
        _database = await servers.NewDatabaseAsync(Template);
        _broker = await servers.NewVirtualHostAsync();
        await TestTopology.Declare(_broker.Uri, Subscriptions, QueuePrefix);
        _system = NpgsqlDataSource.Create(Login("system"));
        await Start();
        await BeforeTests();
    }

    public virtual async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_factory is not null) await _factory.DisposeAsync();
        if (_system is not null) await _system.DisposeAsync();
        if (_speakersConnection is not null) await _speakersConnection.DisposeAsync();
        _oneSpeaker.Dispose();
        if (_broker is not null) await _broker.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        _tokens?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What the tests of this world take for granted.</summary>
    protected virtual Task BeforeTests() => Task.CompletedTask;

    /// <summary>Settings beyond those every service has.</summary>
    protected virtual IEnumerable<(string Key, string Value)> Settings => [];

    /// <summary>What every process of the service is told; also one of its own, that can be killed.</summary>
    public IEnumerable<(string Key, string Value)> WhereThingsAre =>
    [
        ("ConnectionStrings:app", Login("app")), ("ConnectionStrings:system", Login("system")),
        ("ConnectionStrings:messaging", Broker.Uri.ToString()), ("PublicBaseUrl", TestTokens.Issuer),
        ("Sealing:Secret", Convert.ToBase64String("test-secret-test-secret-test-123"u8)),
    ];

    /// <summary>For the outside world's stand-ins; our own code is never replaced.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    /// <summary>How many connections the requests share; one, to see whether a connection remembers the caller before.</summary>
    protected virtual int ConnectionsMax => 12;

    protected virtual DatabaseTemplate Template => ServiceDatabase.Template(database);

    protected virtual IReadOnlyList<Subscription> Subscriptions => Topology.Subscriptions;

    /// <summary>The channel that the test itself speaks on.</summary>
    private async Task<IChannel> Speaker()
    {
        await _oneSpeaker.WaitAsync();
        try
        {
            if (_speaker is { IsOpen: true }) return _speaker;
            if (_speakersConnection is not null) await _speakersConnection.DisposeAsync();
            var factory = new ConnectionFactory { Uri = Broker.Uri, AutomaticRecoveryEnabled = false };
            _speakersConnection = await factory.CreateConnectionAsync();
            return _speaker = await _speakersConnection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        }
        finally
        {
            _oneSpeaker.Release();
        }
    }

    private static HttpClient Bare(WebApplicationFactory<TProgram> factory) =>
        factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });

    private string QueuePrefix => database.Replace('_', '-') + ".";

    private string Login(string which) => new NpgsqlConnectionStringBuilder(
        Database.ConnectionStringFor($"{database}_{which}", ServiceDatabase.Password)) { MaxPoolSize = which == "app"
            ? ConnectionsMax : SystemConnectionsMax }.ConnectionString;

    private sealed class Factory(ServiceHost<TProgram> host) : WebApplicationFactory<TProgram>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseContentRoot(AppContext.BaseDirectory);
            builder.UseEnvironment("Development");
            if (Environment.GetEnvironmentVariable(LogWish) is null)
                builder.ConfigureLogging(logging => logging.ClearProviders());
            foreach (var (key, value) in host.WhereThingsAre.Concat(host.Settings)) builder.UseSetting(key, value);
            builder.ConfigureTestServices(services =>
            {
                services.AddSingleton<TimeProvider>(host.Clock);
                host._tokens!.TrustedBy(services);
                host.Configure(services);
            });
        }
    }
}
