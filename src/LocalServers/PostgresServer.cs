namespace Iop.LocalServers;

/// <summary>How a PostgreSQL server is to run.</summary>
public sealed record PostgresPlan(string Folder, string Password)
{
    public int Port { get; init; } = Ports.Free();

    /// <summary>For tests: nothing is worth keeping, so nothing waits for the disk.</summary>
    public bool Throwaway { get; init; }

    public int ConnectionsMax { get; init; } = 300;
    public Action<string>? Log { get; init; }
}

/// <summary>PostgreSQL as a child process, listening on 127.0.0.1 only.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    public const string SuperUser = "postgres";
    private const string ReadyWords = "database system is ready to accept connections";
    private static readonly TimeSpan CreatePatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30); // its last checkpoint touches every file

    private readonly PostgresPlan plan;
    private readonly UnprivilegedUser user;
    private readonly string bin;
    private readonly string cluster;
    private OwnedProcess? process;

    private PostgresServer(PostgresPlan plan, UnprivilegedUser user)
    {
        (this.plan, this.user) = (plan, user);
        bin = InstalledPrograms.Postgres();
        cluster = user.ReachableFolderFor(Path.GetFullPath(plan.Folder));
    }

    public int Port => plan.Port;
    public OwnedProcess Process => process ?? throw new InvalidOperationException("PostgreSQL is not running.");

    /// <summary>For the server's own login; only Migrations and tests may have it.</summary>
    public string ConnectionString =>
        $"Host=127.0.0.1;Port={Port};Username={SuperUser};Password={plan.Password};Database=postgres";

    public static async Task<PostgresServer> StartAsync(PostgresPlan plan, CancellationToken cancel = default)
    {
        var server = new PostgresServer(plan, UnprivilegedUser.Find());
        await server.CreateClusterAsync(cancel);
        await server.StartAgainAsync(cancel);
        return server;
    }

    /// <summary>Also after <see cref="StopAsync"/>: same port, same data.</summary>
    public async Task StartAgainAsync(CancellationToken cancel = default)
    {
        process = OwnedProcess.Start(Plan("postgres", ["-D", cluster, .. Settings()]) with
        {
            StopSignal = Signal.Interrupt, // "fast": ends the sessions, writes a checkpoint
            DeathSignal = Signal.Quit,     // "immediate": its workers go too, recovery at the next start
        });
        await process.WaitForOutputAsync(ReadyWords, StartPatience, cancel);
    }

    public Task StopAsync() => Process.StopAsync(StopPatience);

    public async ValueTask DisposeAsync()
    {
        if (process is null) return;
        await process.StopAsync(StopPatience);
        await process.DisposeAsync();
    }

    private async Task CreateClusterAsync(CancellationToken cancel)
    {
        if (File.Exists(Path.Combine(cluster, "PG_VERSION")))
        {
            MustBeOfInstalledVersion();
            return;
        }
        Directory.CreateDirectory(plan.Folder);
        user.MakeFolder(cluster);
        var passwordFile = Path.Combine(cluster + ".password");
        user.WriteFile(passwordFile, plan.Password + "\n");
        try
        {
            await OwnedProcess.RunToEndAsync(
                Plan("initdb",
                [
                    "--pgdata", cluster, "--username", SuperUser, "--pwfile", passwordFile, "--auth", "scram-sha-256",
                    "--encoding", "UTF8", "--locale", "C.UTF-8", .. plan.Throwaway ? ["--no-sync"] : Array.Empty<string>(),
                ]),
                CreatePatience, cancel);
        }
        finally { File.Delete(passwordFile); }
    }

    private void MustBeOfInstalledVersion()
    {
        var made = File.ReadAllText(Path.Combine(cluster, "PG_VERSION")).Trim();
        var installed = Path.GetFileName(Path.GetDirectoryName(bin));
        if (installed is null || !installed.All(char.IsAsciiDigit)) return; // not Debian's layout: PostgreSQL will say it itself
        if (string.Equals(made, installed, StringComparison.Ordinal)) return;
        throw new CannotStartException(
            $"The data in {cluster} was made by PostgreSQL {made}; installed is {installed}.",
            $"Install PostgreSQL {made}, or start with another data folder: IOP_DATA=<folder> deploy/run");
    }

    private ProcessPlan Plan(string program, IReadOnlyList<string> arguments) => new(
        program, Path.Combine(bin, program), arguments)
    {
        Wrapper = user.Wrapper,
        WorkingDirectory = "/",
        Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["LC_ALL"] = "C.UTF-8", ["TZ"] = "UTC", ["PGDATA"] = null,
        },
        Log = plan.Log,
    };

    private IEnumerable<string> Settings()
    {
        Dictionary<string, string> settings = new(StringComparer.Ordinal)
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = FormattableString.Invariant($"{Port}"),
            ["unix_socket_directories"] = "", // socket paths are limited to 107 bytes, and any folder must do
            ["max_connections"] = FormattableString.Invariant($"{plan.ConnectionsMax}"),
            ["shared_buffers"] = "128MB",
            ["jit"] = "off",
            ["timezone"] = "UTC",
            ["password_encryption"] = "scram-sha-256",
        };
        if (plan.Throwaway) settings["fsync"] = settings["full_page_writes"] = settings["synchronous_commit"] = "off";
        return settings.SelectMany(setting => (string[])["-c", $"{setting.Key}={setting.Value}"]);
    }
}
