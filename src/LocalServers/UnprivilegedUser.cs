using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Iop.LocalServers;

/// <summary>PostgreSQL refuses to run as root. This finds a way to be somebody else, or ourselves if we are not root.</summary>
internal abstract class UnprivilegedUser
{
    public abstract IReadOnlyList<string> Wrapper { get; }

    /// <summary>Where the data goes, for a caller who asked for this folder.</summary>
    public virtual string ReachableFolderFor(string folder) => Path.Combine(folder, "cluster");

    public virtual void MakeFolder(string folder) => OwnerOnly.MakeFolder(folder);

    public virtual void WriteFile(string file, string text) => OwnerOnly.WriteFile(file, text);

    public static UnprivilegedUser Find()
    {
        if (!Environment.IsPrivilegedProcess) return new Ourselves();
        return Succeeds("unshare", [.. InUserNamespace.Arguments, "true"]) ? new InUserNamespace() : new PostgresAccount();
    }

    private static bool Succeeds(string program, IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private sealed class Ourselves : UnprivilegedUser
    {
        public override IReadOnlyList<string> Wrapper => [];
    }

    /// <summary>Root outside, 1000 inside: no other account, no chown, and folders under a 0700 parent stay reachable.</summary>
    private sealed class InUserNamespace : UnprivilegedUser
    {
        public static readonly IReadOnlyList<string> Arguments = ["--user", "--map-user=1000", "--map-group=1000"];

        public override IReadOnlyList<string> Wrapper => ["unshare", .. Arguments];
    }

    /// <summary>Where user namespaces are forbidden: the account from the package, in a folder that it can reach.</summary>
    private sealed class PostgresAccount : UnprivilegedUser
    {
        private const string Account = "postgres";

        public override IReadOnlyList<string> Wrapper =>
            ["setpriv", $"--reuid={Account}", $"--regid={Account}", "--init-groups", "--"];

        public override string ReachableFolderFor(string folder)
        {
            var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16];
            return Path.Combine("/var/tmp", $"iop-postgres-{name}");
        }

        public override void MakeFolder(string folder)
        {
            base.MakeFolder(folder);
            GiveAway(folder);
        }

        public override void WriteFile(string file, string text)
        {
            base.WriteFile(file, text);
            GiveAway(file);
        }

        private static void GiveAway(string path)
        {
            if (Succeeds("chown", [Account, path])) return;
            throw new CannotStartException($"Could not give {path} to {Account}.", "Run as another user than root.");
        }
    }
}
