using System.Globalization;
using System.Reflection;
using Iop.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Iop.Platform.Api;

/// <summary>What a handler gives back: a value with its version, or a refusal. Written only after the transaction has
/// committed.</summary>
public sealed class Answer<T> : IAnswer, IEndpointMetadataProvider
{
    private Answer(object? body, Refusal? refusal) => (Body, Refusal) = (body, refusal);

    public int Status { get; init; } = StatusCodes.Status200OK;

    public object? Body { get; }

    public Refusal? Refusal { get; }

    /// <summary>The strong tag, without quotes; null when the answer is not one thing.</summary>
    public string? Tag { get; init; }

    public string? Location { get; init; }

    public string? Link { get; init; }

    public static implicit operator Answer<T>(Refusal refusal) => new(null, refusal);

    public static implicit operator Answer<T>(T body) => new(body, null);

    internal static Answer<T> Of(T body, int status, object? tag, string? location, string? link) => new(body, null)
    {
        Status = status, Location = location, Link = link,
        Tag = tag is null ? null : Convert.ToString(tag, CultureInfo.InvariantCulture),
    };

    public Task ExecuteAsync(HttpContext httpContext) => Answers.Write(httpContext, this);

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
}

/// <summary>The untyped side of <see cref="Answer{T}"/>, for the filters.</summary>
public interface IAnswer : IResult
{
    int Status { get; }

    object? Body { get; }

    Refusal? Refusal { get; }

    string? Tag { get; }

    string? Location { get; }

    string? Link { get; }
}

public static class Answers
{
    /// <summary>200 with the thing's tag.</summary>
    public static Answer<T> Ok<T>(T body, object tag) =>
        Answer<T>.Of(body, StatusCodes.Status200OK, tag, null, null);

    /// <summary>201 with the new thing's address and tag.</summary>
    public static Answer<T> Created<T>(string location, T body, object tag) =>
        Answer<T>.Of(body, StatusCodes.Status201Created, tag, location, null);

    /// <summary>A page of a list, with the address of the next one when there is more.</summary>
    public static Answer<T> Page<T>(T body, string? next) =>
        Answer<T>.Of(body, StatusCodes.Status200OK, null, null, next is null ? null : $"<{next}>; rel=\"next\"");

    internal static async Task Write(HttpContext http, IAnswer answer)
    {
        if (answer.Refusal is { } refusal)
        {
            await http.RequestServices.GetRequiredService<Problems>().Write(http, refusal);
            return;
        }
        var response = http.Response;
        if (answer.Tag is { } tag)
        {
            response.Headers.ETag = $"\"{tag}\"";
            response.Headers.CacheControl = "private, no-cache";
            if (HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.IfNoneMatch.Any(value => value == $"\"{tag}\""))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }
        if (answer.Location is { } location) response.Headers.Location = location;
        if (answer.Link is { } link) response.Headers.Link = link;
        response.StatusCode = answer.Status;
        await response.WriteAsJsonAsync(answer.Body, answer.Body?.GetType() ?? typeof(object));
    }
}
