using System.Net.Http.Headers;
using System.Text.Json;
using Iop.Calling;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Iop.Identity.Providers;

/// <summary>A provider did not do what was asked of it; the code says what, in the words of the pages.</summary>
internal sealed class ProviderException(string code, string? detail = null, Exception? cause = null) : Exception(code, cause)
{
    /// <summary>It does not answer, or not in time.</summary>
    public const string Away = "provider-away";

    /// <summary>What it says of itself cannot be used.</summary>
    public const string Misdescribed = "provider-misdescribed";

    /// <summary>It answered, and said no.</summary>
    public const string Refused = "provider-refused";

    /// <summary>What it gave is not what we asked for, or not from it.</summary>
    public const string NotGenuine = "provider-not-genuine";

    public string Code { get; } = code;

    /// <summary>For those who look after it: never shown to somebody signing in.</summary>
    public string? Detail { get; } = detail;

    /// <summary>What it said itself, in its own words; for the same people.</summary>
    public string? Said { get; init; }
}

/// <summary>All that leaves for a provider: to addresses that may be reached, not redirected, within a few seconds, and no more
/// is read than such answers need.</summary>
internal sealed class ProviderCalls : IDisposable
{
    private const int AnswerBytesMax = 512 * 1024;
    private static readonly TimeSpan ConnectMax = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(5);
    private readonly ReachableAddresses _reachable;
    private readonly HttpClient _http;

    public ProviderCalls(ReachableAddresses reachable)
    {
        _reachable = reachable;
        var handler = reachable.NewHandler();
        handler.ConnectTimeout = ConnectMax;
        _http = new HttpClient(handler) { Timeout = AnswerMax, MaxResponseContentBufferSize = AnswerBytesMax };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("IOP-Identity", "1"));
    }

    /// <summary>What a provider says of itself, and its keys.</summary>
    public async Task<OpenIdConnectConfiguration> Describe(string address, CancellationToken cancel)
    {
        try
        {
            return await OpenIdConnectConfigurationRetriever.GetAsync(address, new Documents(this), cancel);
        }
        catch (Exception no) when (no is ArgumentException or JsonException or InvalidOperationException)
        {
            throw new ProviderException(ProviderException.Misdescribed, "not-a-description", no);
        }
    }

    /// <summary>The answer's status and JSON; a JSON object even where the status is one of refusal.</summary>
    public async Task<(bool Ok, JsonElement Answer)> Ask(HttpRequestMessage call, CancellationToken cancel)
    {
        if (!_reachable.MayBeCalled(call.RequestUri?.ToString()))
            throw new ProviderException(ProviderException.Misdescribed, "not-https");
        try
        {
            using var answer = await _http.SendAsync(call, cancel);
            var text = await answer.Content.ReadAsStringAsync(cancel);
            if ((int)answer.StatusCode >= StatusCodes.Status500InternalServerError)
                throw new ProviderException(ProviderException.Away, $"{(int)answer.StatusCode}");
            var json = JsonSerializer.Deserialize<JsonElement>(text);
            return json.ValueKind is JsonValueKind.Object ? (answer.IsSuccessStatusCode, json)
                : throw new ProviderException(ProviderException.Misdescribed, "not-json");
        }
        catch (JsonException no)
        {
            throw new ProviderException(ProviderException.Misdescribed, "not-json", no);
        }
        catch (HttpRequestException no)
        {
            throw new ProviderException(ProviderException.Away, Why(no), no);
        }
        catch (OperationCanceledException no) when (!cancel.IsCancellationRequested)
        {
            throw new ProviderException(ProviderException.Away, "slow", no);
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Why(HttpRequestException no) =>
        no.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded ? "too-long" : ReachableAddresses.Why(no);

    private sealed class Documents(ProviderCalls calls) : IDocumentRetriever
    {
        public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
                throw new ProviderException(ProviderException.Misdescribed, "not-https");
            using var call = new HttpRequestMessage(HttpMethod.Get, uri);
            var (ok, answer) = await calls.Ask(call, cancel);
            return ok ? answer.GetRawText() : throw new ProviderException(ProviderException.Misdescribed, "not-found");
        }
    }
}
