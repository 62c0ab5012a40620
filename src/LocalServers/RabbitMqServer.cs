using System.Security.Cryptography;
using System.Text;

namespace Iop.LocalServers;

/// <summary>How a RabbitMQ node is to run.</summary>
public sealed record RabbitMqPlan(string Folder, string User, string Password)
{
    public int Port { get; init; } = Ports.Free();
    public Action<string>? Log { get; init; }
}

/// <summary>RabbitMQ as a child process, with its own port mapper (epmd), all of it on 127.0.0.1 only.</summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    private const string ReadyWords = "Server startup complete";
    private const int CookieBytes = 24;
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ControlPatience = TimeSpan.FromSeconds(60);

    private readonly RabbitMqPlan plan;
    private readonly string folder;
    private readonly int portMapperPort = Ports.Free();
    private readonly int distributionPort = Ports.Free();
    private OwnedProcess? portMapper;
    private OwnedProcess? process;

    private RabbitMqServer(RabbitMqPlan plan) => (this.plan, folder) = (plan, Path.GetFullPath(plan.Folder));

    public int Port => plan.Port;
    public int ManagementPort { get; } = Ports.Free();
    public OwnedProcess Process => process ?? throw new InvalidOperationException("RabbitMQ is not running.");
    public OwnedProcess PortMapper => portMapper ?? throw new InvalidOperationException("RabbitMQ is not running.");
    public string ConnectionString => $"amqp://{plan.User}:{plan.Password}@127.0.0.1:{Port}";
    public string ManagementUri => $"http://{plan.User}:{plan.Password}@127.0.0.1:{ManagementPort}";

    public static async Task<RabbitMqServer> StartAsync(RabbitMqPlan plan, CancellationToken cancel = default)
    {
        var server = new RabbitMqServer(plan);
        server.WriteConfiguration();
        await server.StartAgainAsync(cancel);
        return server;
    }

    /// <summary>Also after <see cref="StopAsync"/>: same port, same queues.</summary>
    public async Task StartAgainAsync(CancellationToken cancel = default)
    {
        // Started by us and in the foreground. Left to itself, Erlang starts it as a daemon that nobody ever ends.
        portMapper ??= OwnedProcess.Start(new ProcessPlan(
            "epmd", "epmd", "-address", "127.0.0.1", "-port", FormattableString.Invariant($"{portMapperPort}")));
        process = OwnedProcess.Start(new ProcessPlan("rabbitmq", Path.Combine(InstalledPrograms.RabbitMq(), "rabbitmq-server"))
        {
            Environment = ServerEnvironment(), WorkingDirectory = folder, Log = plan.Log,
        });
        await process.WaitForOutputAsync(ReadyWords, StartPatience, cancel);
    }

    public Task StopAsync() => Process.StopAsync(StopPatience);

    /// <summary>rabbitmqctl for this node, for what the HTTP interface cannot do (an alarm, say).</summary>
    public Task ControlAsync(params IReadOnlyList<string> arguments) => OwnedProcess.RunToEndAsync(
        new ProcessPlan("rabbitmqctl", Path.Combine(InstalledPrograms.RabbitMq(), "rabbitmqctl"), arguments)
        {
            Environment = ServerEnvironment(), WorkingDirectory = folder,
        },
        ControlPatience);

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.StopAsync(StopPatience);
            await process.DisposeAsync();
        }
        if (portMapper is not null) await portMapper.DisposeAsync();
    }

    private string Home => Path.Combine(folder, "home");

    private void WriteConfiguration()
    {
        Directory.CreateDirectory(Home);
        var cookie = Path.Combine(Home, ".erlang.cookie");
        if (!File.Exists(cookie))
        {
            OwnerOnly.WriteFile(cookie, Convert.ToHexString(RandomNumberGenerator.GetBytes(CookieBytes)));
        }
        File.WriteAllText(Path.Combine(folder, "enabled_plugins"), "[rabbitmq_management].\n");
        OwnerOnly.WriteFile(Path.Combine(folder, "rabbitmq.conf"), $"""
            listeners.tcp.1 = 127.0.0.1:{Port}
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {ManagementPort}
            default_user = {plan.User}
            default_pass = {plan.Password}
            vm_memory_high_watermark.relative = 0.2
            disk_free_limit.absolute = 50MB

            """);
    }

    private Dictionary<string, string?> ServerEnvironment() => new(StringComparer.Ordinal)
    {
        ["HOME"] = Home,
        ["RABBITMQ_NODENAME"] = $"iop{NameOf(folder)}@localhost", // the same folder is the same node after a restart
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = FormattableString.Invariant($"{Port}"),
        ["RABBITMQ_DIST_PORT"] = FormattableString.Invariant($"{distributionPort}"),
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "mnesia"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
        ["RABBITMQ_LOGS"] = "-",
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "enabled_plugins"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq"),
        ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
        ["RABBITMQ_PID_FILE"] = Path.Combine(folder, "pid"),
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["ERL_EPMD_PORT"] = FormattableString.Invariant($"{portMapperPort}"),
        ["ERL_CRASH_DUMP"] = Path.Combine(folder, "erl_crash.dump"),
        ["RUNNING_UNDER_SYSTEMD"] = "true", // the script then becomes the server instead of waiting beside it
        ["NOTIFY_SOCKET"] = null,
        ["LC_ALL"] = "C.UTF-8",
    };

    private static string NameOf(string folder) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..12];
}
