using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Iop.Calling;

namespace Iop.Notifications.Webhooks;

/// <summary>Signs and sends as the Standard Webhooks specification says: <c>webhook-id</c>, <c>webhook-timestamp</c> and
/// <c>webhook-signature</c> (HMAC-SHA256 over all three of id, time and body; when the secret has been renewed also by those
/// before it, for a while).</summary>
internal sealed class WebhookSender : IDisposable
{
    private const int SecretBytes = 32;
    private const string SecretPrefix = "whsec_";
    private static readonly TimeSpan AttemptMax = TimeSpan.FromSeconds(15);
    private readonly HttpClient _http;
    private readonly byte[] _installation;
    private readonly TimeProvider _clock;

    public WebhookSender(ReachableAddresses reachable, IConfiguration configuration, TimeProvider clock)
    {
        _clock = clock;
        _installation = Convert.FromBase64String(configuration["Sealing:Secret"]
            ?? throw new InvalidOperationException("Sealing:Secret is missing (32 bytes, base64)."));
        // A receiver that answers with another address is not followed: only what the organisation wrote is reached.
        _http = new HttpClient(reachable.NewHandler()) { Timeout = AttemptMax };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("IOP-Webhooks", "1"));
    }

    /// <summary>The receiver's secret, as the specification writes it.</summary>
    public string SecretOf(Webhook webhook) => SecretPrefix + Convert.ToBase64String(Key(webhook, webhook.Generation));

    /// <returns>Whether it was taken, and what was answered: a status, or why there was none.</returns>
    public async Task<(bool Taken, string Answer)> Send(Webhook webhook, WebhookDelivery delivery, CancellationToken cancel)
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, webhook.Url)
        {
            Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json"),
        };
        var id = delivery.DeliveryId.ToString();
        var now = _clock.GetUtcNow();
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = Encoding.UTF8.GetBytes($"{id}.{time}.{delivery.Body}");
        call.Headers.Add("webhook-id", id);
        call.Headers.Add("webhook-timestamp", time);
        call.Headers.Add("webhook-signature", string.Join(' ', webhook.Signing(now).Select(number =>
            "v1," + Convert.ToBase64String(HMACSHA256.HashData(Key(webhook, number), signed)))));
        try
        {
            using var answer = await _http.SendAsync(call, HttpCompletionOption.ResponseHeadersRead, cancel);
            return (answer.IsSuccessStatusCode, ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture));
        }
        catch (HttpRequestException no)
        {
            return (false, ReachableAddresses.Why(no));
        }
        catch (SocketException no)
        {
            return (false, no.SocketErrorCode.ToString());
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (false, "slow");
        }
    }

    public static bool IsGone(string answer) => answer == ((int)HttpStatusCode.Gone).ToString(CultureInfo.InvariantCulture);

    public void Dispose() => _http.Dispose();

    private byte[] Key(Webhook webhook, int generation) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _installation, SecretBytes,
        info: Encoding.ASCII.GetBytes($"webhook {webhook.WebhookId} {generation}"));
}
