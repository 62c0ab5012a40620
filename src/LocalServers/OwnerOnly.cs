using System.Text;

namespace Iop.LocalServers;

/// <summary>Files and folders that nobody but their owner may read.</summary>
public static class OwnerOnly
{
    private const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void MakeFolder(string folder)
    {
        LinuxOnly();
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(folder, ReadWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Replaces the file; it is never readable by others, not even while it is written.</summary>
    public static void WriteFile(string file, string text)
    {
        LinuxOnly();
        if (OperatingSystem.IsWindows()) return;
        File.Delete(file);
        using var stream = new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = ReadWrite,
        });
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private static void LinuxOnly()
    {
        if (OperatingSystem.IsLinux()) return;
        throw new CannotStartException(
            "PostgreSQL and RabbitMQ are started as child processes on Linux only.",
            "Use Linux (WSL and containers will do), or build with -p:Orchestrator=Aspire.");
    }
}
