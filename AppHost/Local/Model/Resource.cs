using Iop.LocalServers;

namespace Aspire.Hosting.ApplicationModel;

public interface IResource
{
    string Name { get; }
}

public interface IResourceBuilder<out T>
    where T : IResource
{
    IDistributedApplicationBuilder ApplicationBuilder { get; }
    T Resource { get; }
}

/// <summary>Something that can say its value once everything has its ports and secrets.</summary>
public interface IValueProvider
{
    string GetValue();
}

/// <summary>A resource that is a process: what it waits for, what it is given and how one sees that it is well.</summary>
public abstract class Resource(string name) : IResource
{
    public string Name { get; } = name;

    internal List<Resource> WaitsForHealth { get; } = [];
    internal List<Resource> WaitsForCompletion { get; } = [];
    internal List<(string Name, Func<string> Value)> EnvironmentVariables { get; } = [];
    internal List<string> Arguments { get; } = [];
    internal Dictionary<string, Endpoint> Endpoints { get; } = new(StringComparer.Ordinal);
    internal string? HealthPath { get; set; }
    internal bool IsExternal { get; set; }

    /// <summary>Runs to its end instead of staying: nothing is served at any endpoint.</summary>
    internal bool IsTask => Endpoints.Count == 0;

    /// <summary>False for servers, whose own chatter belongs in their log file only.</summary>
    internal virtual bool ShowsLog => true;

    internal Endpoint EndpointNamed(string name) => Endpoints.TryGetValue(name, out var endpoint)
        ? endpoint
        : throw new InvalidOperationException($"{Name} has no endpoint named {name}.");

    /// <summary>Starts it, the first time or again after it ended; servers are ready when this returns.</summary>
    internal abstract Task<OwnedProcess> StartAsync(string folder, Action<string> log, CancellationToken cancel);

    internal abstract Task StopAsync();
}

/// <summary>A port on 127.0.0.1: the wished one, or one that was free.</summary>
internal sealed record Endpoint(string Scheme, int? WishedPort)
{
    public const string Host = "127.0.0.1";

    public int Port { get; } = WishedPort ?? Ports.Free();
    public string Url => FormattableString.Invariant($"{Scheme}://{Host}:{Port}");
}
