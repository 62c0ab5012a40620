using System.Globalization;

namespace Iop.LocalServers;

/// <summary>Where the programs that we start are, and what to do when they are not there.</summary>
public static class InstalledPrograms
{
    private const string PostgresFolders = "/usr/lib/postgresql";
    private const string RabbitMqFolder = "/usr/lib/rabbitmq/bin";

    /// <summary>The folder with initdb and postgres: the newest version that is installed.</summary>
    public static string Postgres() => FindPostgres()
        ?? throw new CannotStartException("PostgreSQL is not installed.", InstallLine("postgresql"));

    /// <summary>The folder with rabbitmq-server and rabbitmqctl. The wrappers in sbin insist on their own user.</summary>
    public static string RabbitMq() => FindRabbitMq()
        ?? throw new CannotStartException("RabbitMQ is not installed.", InstallLine("rabbitmq-server"));

    /// <summary>Everything that is missing, in one message.</summary>
    public static void MustBeThere()
    {
        List<string> missing = [];
        if (FindPostgres() is null) missing.Add("postgresql");
        if (FindRabbitMq() is null) missing.Add("rabbitmq-server");
        if (OnPath("setpriv") is null || OnPath("setsid") is null || OnPath("unshare") is null) missing.Add("util-linux");
        if (missing.Count == 0) return;
        throw new CannotStartException($"Not installed: {string.Join(", ", missing)}.", InstallLine([.. missing]));
    }

    public static string? OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    private static string? FindPostgres() =>
        Environment.GetEnvironmentVariable("IOP_POSTGRES_BIN") is { Length: > 0 } chosen ? chosen
        : !Directory.Exists(PostgresFolders) ? OnPath("initdb") is { } initdb ? Path.GetDirectoryName(initdb) : null
        : Directory.GetDirectories(PostgresFolders)
            .Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .MaxBy(bin => int.Parse(Path.GetFileName(Path.GetDirectoryName(bin))!, CultureInfo.InvariantCulture));

    private static string? FindRabbitMq() =>
        File.Exists(Path.Combine(RabbitMqFolder, "rabbitmq-server")) ? RabbitMqFolder : null;

    private static string InstallLine(params string[] packages) =>
        $"sudo apt-get install --no-install-recommends {string.Join(' ', packages)}   (as root deploy/run does this itself)";
}
