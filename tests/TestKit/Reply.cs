using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Iop.Platform.Identity;

namespace Iop.TestKit;

/// <summary>What a service answered.</summary>
/// <param name="Status">The status.</param>
/// <param name="Tag">The ETag with its quotes, ready for If-Match.</param>
/// <param name="Location">Address of what was created.</param>
/// <param name="Text">The body as it was sent.</param>
/// <param name="Message">The whole answer, for its headers.</param>
public sealed record Reply(HttpStatusCode Status, string? Tag, string? Location, string Text, HttpResponseMessage Message)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    public JsonElement Body => JsonSerializer.Deserialize<JsonElement>(Text);

    public T As<T>() => JsonSerializer.Deserialize<T>(Text, Json)!;

    /// <summary>The problem's code, such as <c>agreement.already-signed</c>.</summary>
    public string? Code => Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>The <c>id</c> of the thing answered.</summary>
    public Guid Id => Body.GetProperty("id").GetGuid();

    /// <summary>Fails the test, showing the answer, unless it has this status.</summary>
    public Reply Is(HttpStatusCode expected)
    {
        Assert.True(expected == Status, $"Expected {(int)expected} but was {(int)Status}: {Text}");
        return this;
    }

    /// <summary>Fails the test unless it refuses with this status and code.</summary>
    public Reply Refuses(HttpStatusCode status, string code)
    {
        Is(status);
        Assert.Equal(code, Code);
        return this;
    }

    internal static async Task<Reply> Of(HttpResponseMessage message) => new(
        message.StatusCode, message.Headers.ETag?.ToString(), message.Headers.Location?.ToString(),
            await message.Content.ReadAsStringAsync(), message);
}

/// <summary>A caller with an HTTP client: the requests a service's users make.</summary>
public sealed class CallerClient(HttpClient http, Func<string?> token)
{
    /// <summary>What the requests ask for; empty when they do not say.</summary>
    public string Language { get; init; } = "sv";

    public Task<Reply> Get(string path) => Send(HttpMethod.Get, path, body: null);

    /// <summary>A POST that creates: with an Idempotency-Key, a new one unless given.</summary>
    public Task<Reply> Create(string path, object body, string? key = null) =>
        Send(HttpMethod.Post, path, body, ("Idempotency-Key", key ?? Guid.NewGuid().ToString()));

    /// <summary>A POST that acts on an existing thing, which the caller has seen in the version of the tag.</summary>
    public Task<Reply> Act(string path, string? tag, object? body = null) =>
        Send(HttpMethod.Post, path, body ?? new { }, ("If-Match", tag));

    public Task<Reply> Put(string path, string? tag, object body) => Send(HttpMethod.Put, path, body, ("If-Match", tag));

    public Task<Reply> Delete(string path, string? tag = null) => Send(HttpMethod.Delete, path, body: null, ("If-Match", tag));

    public Task<Reply> Send(
        HttpMethod method, string path, object? body, params IEnumerable<(string Name, string? Value)> headers) =>
        Send(method, path, body, CancellationToken.None, headers);

    /// <summary>The same by a caller who may lose patience.</summary>
    public async Task<Reply> Send(
        HttpMethod method, string path, object? body, CancellationToken patience,
        params IEnumerable<(string Name, string? Value)> headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType());
        return await Send(request, headers, patience);
    }

    /// <summary>A request of the test's own making.</summary>
    public Task<Reply> Send(HttpRequestMessage request, params IEnumerable<(string Name, string? Value)> headers) =>
        Send(request, headers, CancellationToken.None);

    /// <summary>The same caller, with the token of this moment for all requests.</summary>
    public CallerClient Hold()
    {
        var now = token();
        return new CallerClient(http, () => now) { Language = Language };
    }

    /// <summary>The same caller at another replica.</summary>
    public CallerClient Through(HttpClient other) => new(other, token) { Language = Language };

    private async Task<Reply> Send(
        HttpRequestMessage request, IEnumerable<(string Name, string? Value)> headers, CancellationToken patience)
    {
        if (token() is { } bearer) request.Headers.Authorization = new("Bearer", bearer);
        if (Language.Length > 0) request.Headers.AcceptLanguage.ParseAdd(Language);
        foreach (var (name, value) in headers)
        {
            if (value is not null) request.Headers.TryAddWithoutValidation(name, value);
        }
        return await Reply.Of(await http.SendAsync(request, patience));
    }
}

public static class Callers
{
    /// <summary>A new person of an organisation, in these roles.</summary>
    public static Caller Of(Guid organisation, params IEnumerable<string> roles) => OfUnit(organisation, unit: null, roles);

    /// <summary>A system of an organisation, with a token that says these roles.</summary>
    public static Caller SystemOf(Guid organisation, params IEnumerable<string> roles) =>
        Of(organisation, roles) with { IsSystem = true };

    public static Caller OfUnit(Guid organisation, Guid? unit, params IEnumerable<string> roles) =>
        new(Guid.NewGuid(), organisation, unit, roles.ToHashSet(StringComparer.Ordinal));
}
