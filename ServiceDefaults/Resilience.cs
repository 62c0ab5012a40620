using System.Net;

namespace Iop.ServiceDefaults;

/// <summary>A reading request that met a service on its way up or down is asked once more; a changing one is not.</summary>
internal sealed class Resilience : DelegatingHandler
{
    public static readonly TimeSpan RequestPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseBeforeSecond = TimeSpan.FromMilliseconds(200);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get) return await base.SendAsync(request, cancellationToken);
        try
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.StatusCode is not (HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable)) return answer;
            answer.Dispose();
        }
        catch (HttpRequestException) when (!cancellationToken.IsCancellationRequested) { } // the second answer counts
        await Task.Delay(PauseBeforeSecond, cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }
}
