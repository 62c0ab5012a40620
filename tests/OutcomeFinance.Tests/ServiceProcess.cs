using System.Diagnostics;

namespace Iop.OutcomeFinance.Tests;

/// <summary>The service as a process of its own, beside or instead of the one in memory: this one can be killed.</summary>
internal sealed class ServiceProcess
{
    private readonly Process _process;

    private ServiceProcess(Process process) => _process = process;

    public static ServiceProcess Start(OutcomeFinanceWorld world)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Iop.OutcomeFinance.dll")])
        {
            UseShellExecute = false, WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (key, value) in world.WhereThingsAre)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Logging__LogLevel__Default"] = "None"; // it is killed in the middle of what it does, and says so
        return new(Process.Start(start)!);
    }

    /// <summary>SIGKILL: it gets no chance to end anything.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
