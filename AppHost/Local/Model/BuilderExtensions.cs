using Aspire.Hosting.ApplicationModel;
using Iop.AppHost.Local;

namespace Aspire.Hosting;

/// <summary>What can be added to the system.</summary>
public static class BuilderExtensions
{
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
        => builder.AddResource(new ProjectResource(name, new TProject()));

    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
        => builder.AddResource(new PostgresServerResource(name, port, password?.Resource));

    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
        => builder.AddResource(new RabbitMQServerResource(name, port, password?.Resource));

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value)
        => builder.AddResource(new ParameterResource(name, () => Configured(builder, name) ?? value));

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, bool secret)
        => builder.AddParameter(name, new GenerateKeyDefault(), secret, persist: true);

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        ParameterDefault value,
        bool secret = false,
        bool persist = false)
        => builder.AddResource(new ParameterResource(name, () => Configured(builder, name)
            ?? (secret && persist ? Kept(builder, name, value) : value.GetDefaultValue())));

    private static string? Configured(IDistributedApplicationBuilder builder, string name) =>
        builder.Configuration[$"Parameters:{name}"];

    private static string Kept(IDistributedApplicationBuilder builder, string name, ParameterDefault value) =>
        DataFolder.Of(builder.Configuration).KeptSecret(name, value.GetDefaultValue);
}
