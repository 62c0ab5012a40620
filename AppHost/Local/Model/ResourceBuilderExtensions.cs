using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>How resources are configured and depend on each other.</summary>
public static class ResourceBuilderExtensions
{
    private const string Http = "http";

    public static IResourceBuilder<T> WaitFor<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<Resource> dependency)
        where T : Resource
        => builder.With(resource => resource.WaitsForHealth.Add(dependency.Resource));

    public static IResourceBuilder<T> WaitForCompletion<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<Resource> dependency)
        where T : Resource
        => builder.With(resource => resource.WaitsForCompletion.Add(dependency.Resource));

    public static IResourceBuilder<T> WithReference<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<ServerResource> source, string? connectionName = null)
        where T : Resource
        => builder.With(resource => resource.EnvironmentVariables.Add(
            ($"ConnectionStrings__{connectionName ?? source.Resource.Name}", () => source.Resource.ConnectionString)));

    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, IResourceBuilder<ProjectResource> source)
        where T : Resource
        => builder.With(resource => resource.EnvironmentVariables.Add(
            ($"services__{source.Resource.Name}__http__0", () => source.Resource.EndpointNamed(Http).Url)));

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : Resource
        => builder.With(resource => resource.EnvironmentVariables.Add((name, () => value ?? "")));

    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> parameter)
        where T : Resource
        => builder.With(resource => resource.EnvironmentVariables.Add((name, parameter.Resource.GetValue)));

    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder, string name, in ReferenceExpression.ExpressionInterpolatedStringHandler value)
        where T : Resource
    {
        var expression = value.Expression;
        return builder.With(resource => resource.EnvironmentVariables.Add((name, expression.GetValue)));
    }

    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params string[] args)
        where T : Resource
        => builder.With(resource => resource.Arguments.AddRange(args));

    public static IResourceBuilder<T> WithHttpEndpoint<T>(this IResourceBuilder<T> builder, int? port = null, string? name = null)
        where T : Resource
        => builder.With(resource => resource.Endpoints.Add(name ?? Http, new(Http, port)));

    /// <summary>Shown to people; the others are for the system's own parts.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : Resource
        => builder.With(resource => resource.IsExternal = true);

    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, string path)
        where T : Resource
        => builder.With(resource => resource.HealthPath = path);

    /// <summary>Data is kept in the data folder in any case: a volume's name means something to containers only.</summary>
    public static IResourceBuilder<T> WithDataVolume<T>(this IResourceBuilder<T> builder, string? name = null)
        where T : ServerResource
        => builder.With(_ => ArgumentException.ThrowIfNullOrEmpty(name));

    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : Resource
        => new(builder.Resource, name);

    private static IResourceBuilder<T> With<T>(this IResourceBuilder<T> builder, Action<T> change)
        where T : Resource
    {
        change(builder.Resource);
        return builder;
    }
}
