using Iop.LocalServers;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A server that others reach by a connection string.</summary>
public abstract class ServerResource : Resource
{
    internal const string EndpointName = "tcp";

    private protected ServerResource(string name, string scheme, int? port, ParameterResource? password)
        : base(name)
    {
        Endpoints.Add(EndpointName, new(scheme, port));
        Password = password ?? throw new InvalidOperationException($"{name} needs a password parameter.");
    }

    internal ParameterResource Password { get; }
    internal int Port => EndpointNamed(EndpointName).Port;
    internal override bool ShowsLog => false;
    internal abstract string ConnectionString { get; }
}

public sealed class PostgresServerResource : ServerResource
{
    private PostgresServer? server;

    internal PostgresServerResource(string name, int? port, ParameterResource? password)
        : base(name, "tcp", port, password)
    {
    }

    internal override string ConnectionString =>
        $"Host={Endpoint.Host};Port={Port};Username={PostgresServer.SuperUser};Password={Password.GetValue()}";

    internal override async Task<OwnedProcess> StartAsync(string folder, Action<string> log, CancellationToken cancel)
    {
        if (server is not null) await server.StartAgainAsync(cancel);
        server ??= await PostgresServer.StartAsync(new(folder, Password.GetValue()) { Port = Port, Log = log }, cancel);
        return server.Process;
    }

    internal override async Task StopAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }
}

public sealed class RabbitMQServerResource : ServerResource
{
    private const string User = "iop";
    private RabbitMqServer? server;

    internal RabbitMQServerResource(string name, int? port, ParameterResource? password)
        : base(name, "amqp", port, password)
    {
    }

    internal override string ConnectionString => $"amqp://{User}:{Password.GetValue()}@{Endpoint.Host}:{Port}";

    internal override async Task<OwnedProcess> StartAsync(string folder, Action<string> log, CancellationToken cancel)
    {
        if (server is not null) await server.StartAgainAsync(cancel);
        server ??= await RabbitMqServer.StartAsync(new(folder, User, Password.GetValue()) { Port = Port, Log = log }, cancel);
        return server.Process;
    }

    internal override async Task StopAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }
}
