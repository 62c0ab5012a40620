using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Iop.LocalServers;
using Iop.TestKit;

namespace Iop.Hosting.Tests;

/// <summary>AppHost/Local with the smallest possible services instead of ours.</summary>
public sealed class LocalRunTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly string data = Directory.CreateTempSubdirectory("iop-data-").FullName;
    private readonly int port = FreePair();
    private readonly HttpClient http = new();
    private readonly CancellationTokenSource stop = new();

    [Fact]
    public async Task A_service_is_given_what_the_map_says()
    {
        var builder = Builder();
        var password = Secret(builder, "letters-password");
        var first = builder.AddProject<Echo>("first").WithHttpEndpoint().WithHttpHealthCheck("/health/ready")
            .WithEnvironment("PLAIN", "word").WithEnvironment("LOGIN", $"User=letters;Password={password}");
        builder.AddProject<Echo>("second").WithHttpEndpoint(port: port).WithHttpHealthCheck("/health/live")
            .WithReference(first).WaitFor(first);
        var running = Start(builder);
        await Answers("/health/ready");

        Assert.Equal("word", await http.GetStringAsync(At("/ask/first/PLAIN"), Token));
        var login = await http.GetStringAsync(At("/ask/first/LOGIN"), Token);
        Assert.Matches("^User=letters;Password=[A-Za-z0-9]{32}$", login);
        Assert.Contains(login[^32..], await KeptAsync("secrets.json"), StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task The_servers_are_up_before_those_who_wait_for_them()
    {
        var builder = Builder();
        var postgres = builder.AddPostgres("postgres", Secret(builder, "postgres-password"));
        var messaging = builder.AddRabbitMQ("messaging", Secret(builder, "messaging-password"));
        builder.AddProject<Echo>("prepare").WithReference(postgres, connectionName: "server").WithReference(messaging)
            .WithEnvironment("GIVEN", $"{postgres.GetEndpoint("tcp").Property(EndpointProperty.Host)}")
            .WithArgs("task", "0").WaitFor(postgres).WaitFor(messaging);

        var code = await Start(builder, "--until", "prepare");

        Assert.Equal(0, code);
        Assert.Contains("given: 127.0.0.1", await KeptAsync("logs/prepare.log"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(data, "pids")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task A_run_until_a_task_is_done_ends_with_its_code(int code)
    {
        var builder = Builder();
        builder.AddProject<Echo>("task").WithArgs("task", code.ToString(CultureInfo.InvariantCulture));

        Assert.Equal(code, await Start(builder, "--until", "task"));
    }

    [Fact]
    public async Task A_service_that_dies_is_started_again_at_the_same_address()
    {
        var builder = Builder();
        builder.AddProject<Echo>("service").WithHttpEndpoint(port: port).WithHttpHealthCheck("/health/ready");
        var running = Start(builder);
        await Eventually.Holds("it is well", async () => (await PartsAsync()).Any(part => part.State is "Healthy"), Patience);
        var before = await http.GetStringAsync(At("/process"), Token);

        Signals.Send(int.Parse(before, CultureInfo.InvariantCulture), Signal.Kill);

        await Eventually.Holds("another process answers", async () => await TryGetAsync("/process") is { } now && now != before);
        Assert.Equal(1, Assert.Single(await PartsAsync()).Restarts);
        await stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task A_service_that_cannot_start_ends_the_run()
    {
        var builder = Builder();
        builder.AddProject<Echo>("broken").WithHttpEndpoint(port: port).WithHttpHealthCheck("/health/ready").WithArgs("broken");

        Assert.Equal(1, await Start(builder));
    }

    [Fact]
    public async Task A_failed_task_ends_the_run_only_if_somebody_waits_for_it()
    {
        var builder = Builder();
        builder.AddProject<Echo>("service").WithHttpEndpoint(port: port).WithHttpHealthCheck("/health/ready");
        var task = builder.AddProject<Echo>("task").WithArgs("task", "5");
        var running = Start(builder);
        await Eventually.Holds("it has failed", async () => (await PartsAsync()).Any(part => part.State is "Failed"), Patience);
        await Answers("/health/ready");
        Assert.False(running.IsCompleted);
        await stop.CancelAsync();
        Assert.Equal(0, await running);

        using var again = new CancellationTokenSource();
        builder.AddProject<Echo>("next").WithArgs("task", "0").WaitForCompletion(task);
        Assert.Equal(1, await builder.Build().RunAsync([], again.Token).WaitAsync(Patience, Token));
        Assert.DoesNotContain("given", await KeptAsync("logs/next.log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_on_the_same_data_is_refused_and_leaves_the_first_alone()
    {
        var builder = Builder();
        builder.AddProject<Echo>("service").WithHttpEndpoint(port: port).WithHttpHealthCheck("/health/ready");
        var running = Start(builder);
        await Answers("/health/live");

        var second = await Start(Builder());

        Assert.Equal(2, second);
        using var still = await http.GetAsync(At("/health/live"), Token);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        await stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task A_taken_port_is_said_before_anything_starts()
    {
        using var other = new System.Net.Sockets.TcpListener(IPAddress.Loopback, port);
        other.Start();
        var builder = Builder();
        builder.AddProject<Echo>("service").WithHttpEndpoint(port: port).WithHttpHealthCheck("/health/ready");

        Assert.Equal(2, await Start(builder));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        http.Dispose();
        stop.Dispose();
        Directory.Delete(data, recursive: true);
    }

    private IDistributedApplicationBuilder Builder()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        builder.Configuration["IOP_DATA"] = data;
        builder.Configuration["IOP_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        return builder;
    }

    private Task<int> Start(IDistributedApplicationBuilder builder, params string[] args) =>
        builder.Build().RunAsync(args, stop.Token).WaitAsync(Patience, Token);

    private static IResourceBuilder<ParameterResource> Secret(IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, new GenerateParameterDefault { MinLength = 32 }, secret: true, persist: true);

    private Task<string> KeptAsync(string file) => File.ReadAllTextAsync(Path.Combine(data, file), Token);

    private Uri At(string path) => new($"http://localhost:{port}{path}");

    private Task Answers(string path) =>
        Eventually.Holds($"{path} answers", async () => await TryGetAsync(path) is not null, Patience);

    private async Task<string?> TryGetAsync(string path)
    {
        try { return await http.GetStringAsync(At(path), Token); }
        catch (HttpRequestException) { return null; }
    }

    private async Task<Part[]> PartsAsync()
    {
        try { return (await http.GetFromJsonAsync<Part[]>(new Uri($"http://localhost:{port + 1}/status.json"), Token))!; }
        catch (HttpRequestException) { return []; }
    }

    // The status page is one port above.
    private static int FreePair()
    {
        while (true)
        {
            var candidate = Ports.Free();
            if (Ports.IsFree(candidate + 1)) return candidate;
        }
    }

    private sealed record Part(string State, int Restarts);

    private sealed class Echo : IProjectMetadata
    {
        public string ProgramPath { get; } = typeof(LocalRunTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key is "EchoProgram").Value!;

        public string ProjectPath => ProgramPath;
    }
}
