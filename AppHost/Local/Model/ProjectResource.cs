using System.Globalization;
using Iop.LocalServers;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>One of our programs, run by <c>dotnet</c> from its built output.</summary>
public sealed class ProjectResource(string name, IProjectMetadata project) : Resource(name)
{
    private OwnedProcess? process;

    internal override async Task<OwnedProcess> StartAsync(string folder, Action<string> log, CancellationToken cancel)
    {
        if (!File.Exists(project.ProgramPath))
        {
            throw new CannotStartException(
                $"{Name} is not built: {project.ProgramPath} is missing.", "Build first: dotnet build AppHost");
        }
        if (process is not null) await process.DisposeAsync();
        return process = OwnedProcess.Start(new ProcessPlan(Name, DotnetHost, [project.ProgramPath, .. Arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(project.ProjectPath),
            Environment = ProcessEnvironment(),
            Log = log,
        });
    }

    internal override async Task StopAsync()
    {
        if (process is not null) await process.DisposeAsync();
    }

    private static string DotnetHost =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? InstalledPrograms.OnPath("dotnet") ?? "dotnet";

    private Dictionary<string, string?> ProcessEnvironment()
    {
        Dictionary<string, string?> environment = new(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = IsTask ? null : string.Join(';', Endpoints.Values.Select(endpoint => endpoint.Url)),
            ["OTEL_SERVICE_NAME"] = Name,
            // Ten processes share a developer's machine: small heaps, and no second round of compiling hot code.
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_TieredPGO"] = "0",
            ["DOTNET_GCConserveMemory"] = ConserveMemory.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (variable, value) in EnvironmentVariables) environment[variable] = value();
        return environment;
    }

    private const int ConserveMemory = 5;
}
