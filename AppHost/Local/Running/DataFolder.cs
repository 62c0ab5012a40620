using System.Collections.Concurrent;
using System.Text.Json;
using Iop.LocalServers;
using Microsoft.Extensions.Configuration;

namespace Iop.AppHost.Local;

/// <summary>Everything one running system keeps: data of the servers, logs, secrets, process ids. One system at a time.</summary>
internal sealed class DataFolder
{
    private const string SecretsFile = "secrets.json";
    private static readonly ConcurrentDictionary<string, DataFolder> Known = new(StringComparer.Ordinal);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Lock secretsLock = new();

    private DataFolder(string root) => Root = root;

    public string Root { get; }
    public string Logs => Path.Combine(Root, "logs");
    private string ProcessIds => Path.Combine(Root, "pids");
    private string LockFile => Path.Combine(Root, "lock");

    public static DataFolder Of(IConfiguration configuration) =>
        Known.GetOrAdd(Path.GetFullPath(configuration["IOP_DATA"] ?? ".iop"), root => new(root));

    public string Of(string resource) => Path.Combine(Root, resource);

    /// <summary>Takes the folder for this process. The kernel gives it back whatever happens to us.</summary>
    public IDisposable Take(int port)
    {
        OwnerOnly.MakeFolder(Root);
        Directory.CreateDirectory(Logs);
        Directory.CreateDirectory(ProcessIds);
        FileStream taken;
        try { taken = new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException alreadyTaken)
        {
            var holder = File.Exists(LockFile + ".holder") ? File.ReadAllText(LockFile + ".holder").Trim() : "another process";
            throw new CannotStartException(
                $"A system already runs on {Root} ({holder}).",
                "End it (Ctrl-C in its terminal), or start another beside it: IOP_DATA=<folder> IOP_PORT=<port> deploy/run",
                alreadyTaken);
        }
        File.WriteAllText(LockFile + ".holder", $"process {Environment.ProcessId}, http://localhost:{port}\n");
        EndLeftovers();
        return taken;
    }

    /// <summary>A secret that is made once and then stays with the data it protects.</summary>
    public string KeptSecret(string name, Func<string> make)
    {
        var file = Path.Combine(Root, SecretsFile);
        lock (secretsLock)
        {
            Directory.CreateDirectory(Root);
            var secrets = File.Exists(file)
                ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(file))!
                : new SortedDictionary<string, string>(StringComparer.Ordinal);
            if (secrets.TryGetValue(name, out var kept)) return kept;
            secrets[name] = kept = make();
            OwnerOnly.WriteFile(file, JsonSerializer.Serialize(secrets, Indented));
            return kept;
        }
    }

    public void Remember(string resource, ProcessIdentity? process) => process?.WriteTo(Path.Combine(ProcessIds, resource));

    public void Forget(string resource) => File.Delete(Path.Combine(ProcessIds, resource));

    /// <summary>What processes left here for people: a first sign-in link, the demo's logins.</summary>
    public IEnumerable<string> Notices() => Directory.EnumerateFiles(Root)
        .Where(file => Path.GetExtension(file) is ".txt")
        .Order(StringComparer.Ordinal);

    // Nothing should be left: the children die with their parent. But if something is, it must not stand in the way.
    private void EndLeftovers()
    {
        foreach (var file in Directory.EnumerateFiles(ProcessIds))
        {
            if (ProcessIdentity.ReadFrom(file) is { IsAlive: true } left) Signals.SendToGroup(left.Id, Signal.Kill);
            File.Delete(file);
        }
    }
}
