using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Iop.AppHost.Local;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Aspire's entry point, run as local processes.</summary>
public sealed class DistributedApplication
{
    private readonly DistributedApplicationBuilder builder;

    private DistributedApplication(DistributedApplicationBuilder builder) => this.builder = builder;

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args);

    /// <summary>Runs until it is told to end; the process's exit code says how it went.</summary>
    public void Run() => Environment.ExitCode = RunAsync(builder.Arguments, CancellationToken.None).GetAwaiter().GetResult();

    internal Task<int> RunAsync(string[] args, CancellationToken cancel) =>
        LocalRun.RunAsync(builder.Resources, LocalOptions.Read(args, builder.Configuration), cancel);

    private sealed class DistributedApplicationBuilder(string[] args) : IDistributedApplicationBuilder
    {
        public ConfigurationManager Configuration { get; } = ReadConfiguration();
        public DistributedApplicationExecutionContext ExecutionContext { get; } = new();
        public List<Resource> Resources { get; } = [];
        public string[] Arguments => args;

        public string AppHostDirectory { get; } = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => metadata.Key is "AppHostDirectory")?.Value ?? Environment.CurrentDirectory;

        public IResourceBuilder<T> AddResource<T>(T resource)
            where T : IResource
        {
            if (resource is Resource started) Resources.Add(started);
            return new ResourceBuilder<T>(this, resource);
        }

        public DistributedApplication Build() => new(this);

        private static ConfigurationManager ReadConfiguration()
        {
            var configuration = new ConfigurationManager();
            configuration.AddEnvironmentVariables();
            return configuration;
        }
    }

    private sealed record ResourceBuilder<T>(IDistributedApplicationBuilder ApplicationBuilder, T Resource) : IResourceBuilder<T>
        where T : IResource;
}

public interface IDistributedApplicationBuilder
{
    ConfigurationManager Configuration { get; }
    DistributedApplicationExecutionContext ExecutionContext { get; }
    string AppHostDirectory { get; }

    IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource;

    DistributedApplication Build();
}

/// <summary>Local orchestration only ever runs; manifests are Aspire's.</summary>
public sealed class DistributedApplicationExecutionContext
{
    public bool IsRunMode => !IsPublishMode;
    public bool IsPublishMode { get; init; }
}

/// <summary>Where a referenced project is. The classes are written by the build: see Projects.targets.</summary>
public interface IProjectMetadata
{
    string ProjectPath { get; }
    string ProgramPath { get; }
}
