using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Iop.Web.Frame;
using Iop.Web.Texts;
using Microsoft.Net.Http.Headers;

namespace Iop.Web.Gateway;

/// <summary>Calls the gateway as the person who looks at the page: same token, same language.</summary>
internal sealed class GatewayCalls(HttpClient http, IHttpContextAccessor request, Visitor visitor, Words words)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    public Task<Answer<T>> Get<T>(string path, CancellationToken cancel) =>
        Send<T>(HttpMethod.Get, path, null, null, null, cancel);

    /// <summary>A question too long for an address; changes nothing.</summary>
    public Task<Answer<T>> Ask<T>(string path, object body, CancellationToken cancel) =>
        Send<T>(HttpMethod.Post, path, body, null, null, cancel);

    /// <summary>Creates something: the key says that a second sending is the same wish.</summary>
    public Task<Answer<T>> Create<T>(string path, object body, string? key, CancellationToken cancel) =>
        Send<T>(HttpMethod.Post, path, body, key ?? Guid.CreateVersion7().ToString(), null, cancel);

    /// <summary>Acts on an existing thing as it was seen.</summary>
    public Task<Answer<T>> Act<T>(
        HttpMethod method, string path, object? body, string? tag, string? key, CancellationToken cancel) =>
        Send<T>(method, path, body, key, tag, cancel);

    /// <summary>Sends a file as it is, under the name it has.</summary>
    public Task<Answer<T>> Upload<T>(string path, Stream file, string name, string? key, CancellationToken cancel)
    {
        var content = new StreamContent(file);
        content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/octet-stream");
        content.Headers.ContentDisposition =
            new System.Net.Http.Headers.ContentDispositionHeaderValue("attachment") { FileNameStar = name };
        return Send<T>(HttpMethod.Post, path, content, key ?? Guid.CreateVersion7().ToString(), null, cancel);
    }

    private async Task<Answer<T>> Send<T>(
        HttpMethod method, string path, object? body, string? key, string? tag, CancellationToken cancel)
    {
        using var call = new HttpRequestMessage(method, path);
        call.Headers.AcceptLanguage.ParseAdd(visitor.Language);
        call.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        call.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/problem+json"));
        if (request.HttpContext?.Request.Headers.Authorization.ToString() is { Length: > 0 } bearer)
            call.Headers.TryAddWithoutValidation(HeaderNames.Authorization, bearer);
        if (key is not null) call.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (tag is not null) call.Headers.TryAddWithoutValidation(HeaderNames.IfMatch, tag.StartsWith('"') ? tag : $"\"{tag}\"");
        if (body is not null) call.Content = body as HttpContent ?? JsonContent.Create(body, options: Json);
        try
        {
            using var answer = await http.SendAsync(call, cancel);
            return await Read<T>(answer, cancel);
        }
        catch (Exception away) when (
            away is HttpRequestException || (away is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            return Failed<T>(new Problem(503, null, words["problem.away"], words["problem.away.detail"], []));
        }
    }

    private async Task<Answer<T>> Read<T>(HttpResponseMessage answer, CancellationToken cancel)
    {
        var cookies = answer.Headers.TryGetValues(HeaderNames.SetCookie, out var set) ? set.ToArray() : [];
        if (!answer.IsSuccessStatusCode) return Failed<T>(await ProblemOf(answer, cancel)) with { Cookies = cookies };
        var hasBody = answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) ?? false;
        var value = hasBody ? await answer.Content.ReadFromJsonAsync<T>(Json, cancel) : default;
        if (value is IMayBeReadByGuests { ReadAs: { } guest }) visitor.Guest ??= guest;
        return new Answer<T>(answer.StatusCode, value, answer.Headers.ETag?.ToString(), null)
        {
            More = answer.Headers.TryGetValues(HeaderNames.Link, out var links)
                && links.Any(link => link.Contains("rel=\"next\"", StringComparison.Ordinal)),
            Location = answer.Headers.Location?.ToString(),
            Cookies = cookies,
        };
    }

    private async Task<Problem> ProblemOf(HttpResponseMessage answer, CancellationToken cancel)
    {
        var status = (int)answer.StatusCode;
        var wire = answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? await answer.Content.ReadFromJsonAsync<WireProblem>(Json, cancel)
            : null;
        var title = wire?.Title ?? words.Find($"problem.{status}") ?? words["problem.other"];
        var code = wire?.Code ?? wire?.Type?.Split('/')[^1];
        return new Problem(status, code, title, wire?.Detail,
            [.. (wire?.Errors ?? []).Select(error =>
                new WrongField(error.Field ?? "", error.Code, error.Detail ?? error.Code ?? ""))])
        {
            ExistingId = Guid.TryParse(wire?.ExistingId, out var existing) ? existing : null,
        };
    }

    private static Answer<T> Failed<T>(Problem problem) => new((HttpStatusCode)problem.Status, default, null, problem);

    private sealed record WireProblem(
        string? Type, string? Title, string? Detail, string? Code, IReadOnlyList<WireError>? Errors,
        string? ExistingId = null);

    private sealed record WireError(string? Field, string? Code, string? Detail);
}
