using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Iop.DemoData.Playing;

/// <summary>An answer of the API: its body and its tag.</summary>
internal sealed record Reply(HttpStatusCode Status, JsonElement Body, string? Tag)
{
    public bool IsNotFound => Status is HttpStatusCode.NotFound;

    public Guid Id => Body.GetProperty("id").GetGuid();

    public string Text(string name) => Body.GetProperty(name).GetString() ?? "";

    public IEnumerable<JsonElement> Items(string name = "items") => Body.GetProperty(name).EnumerateArray();
}

internal sealed record Upload(string Name, string Type, byte[] Content);

/// <summary>The platform's API as one person uses it, through the gateway.</summary>
internal sealed class Api(HttpClient http, Func<HttpRequestMessage, Task> identify)
{
    private const int TriesMax = 5;
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    public Task<Reply> Get(string path, CancellationToken cancel) => Send(HttpMethod.Get, path, null, null, null, cancel);

    /// <summary>Creates; the key makes a repeat harmless.</summary>
    public Task<Reply> Create(string path, object body, CancellationToken cancel) =>
        Send(HttpMethod.Post, path, body, Guid.NewGuid().ToString(), null, cancel);

    /// <summary>Acts on a thing as it was seen.</summary>
    public Task<Reply> Act(string path, object body, string? tag, CancellationToken cancel) =>
        Send(HttpMethod.Post, path, body, Guid.NewGuid().ToString(), tag, cancel);

    public Task<Reply> Put(string path, object body, string? tag, CancellationToken cancel) =>
        Send(HttpMethod.Put, path, body, null, tag, cancel);

    /// <summary>Sends a file as it is.</summary>
    public Task<Reply> Upload(string path, string name, string type, byte[] content, CancellationToken cancel) =>
        Send(HttpMethod.Post, path, new Upload(name, type, content), Guid.NewGuid().ToString(), null, cancel);

    private static HttpContent ContentOf(object body)
    {
        if (body is not Upload file) return JsonContent.Create(body, body.GetType());
        var content = new ByteArrayContent(file.Content);
        content.Headers.ContentType = new MediaTypeHeaderValue(file.Type);
        content.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = file.Name };
        return content;
    }

    private async Task<Reply> Send(
        HttpMethod method, string path, object? body, string? key, string? tag, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.AcceptLanguage.ParseAdd("sv");
            await identify(request);
            if (key is not null) request.Headers.Add("Idempotency-Key", key);
            if (tag is not null) request.Headers.TryAddWithoutValidation("If-Match", $"\"{tag}\"");
            if (body is not null) request.Content = ContentOf(body);
            using var answer = await http.SendAsync(request, cancel);
            if (attempt < TriesMax && answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.BadGateway)
            {
                await Task.Delay(answer.Headers.RetryAfter?.Delta ?? RetryPause * attempt, cancel);
                continue;
            }
            var text = await answer.Content.ReadAsStringAsync(cancel);
            if (!answer.IsSuccessStatusCode && answer.StatusCode is not HttpStatusCode.NotFound)
                throw new RefusedException($"{method} {path} → {(int)answer.StatusCode} {text}");
            var json = text.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(text) : default;
            return new Reply(answer.StatusCode, json, answer.Headers.ETag?.Tag.Trim('"'));
        }
    }
}

/// <summary>The platform said no where the story expects yes.</summary>
internal sealed class RefusedException(string message) : Exception(message);
