using Microsoft.Extensions.Configuration;

namespace Iop.ServiceDefaults;

/// <summary>
/// Turns <c>http://agreements/…</c> into where that service is, as configured by <c>services:agreements:http:0</c>
/// (Aspire's keys; several replicas are 0, 1, 2 …, one of them is taken by chance). Other hosts are left alone.
/// </summary>
internal sealed class ServiceDiscovery(IConfiguration configuration) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is { } asked && Find(asked.Host) is { } found)
        {
            request.RequestUri = new UriBuilder(asked) { Scheme = found.Scheme, Host = found.Host, Port = found.Port }.Uri;
        }
        return base.SendAsync(request, cancellationToken);
    }

    private Uri? Find(string service)
    {
        var replicas = configuration.GetSection($"services:{service}:http").GetChildren();
        var endpoints = replicas.Select(replica => replica.Value).OfType<string>().ToArray();
        return endpoints.Length == 0 ? null : new Uri(Random.Shared.GetItems(endpoints, 1)[0]);
    }
}
