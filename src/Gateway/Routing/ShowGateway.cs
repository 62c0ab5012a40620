using System.Net;
using System.Reflection;
using Iop.Gateway.Protection;
using Iop.Gateway.Sessions;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Iop.Gateway.Routing;

/// <summary>How the door is doing (driftläge), for the operator: its version, and how many replicas of each service answer its
/// probes. Who is an operator is known by Identity, which is asked what only an operator is told.</summary>
internal static class ShowGateway
{
    public sealed record View(string Service, string Version, IReadOnlyList<Behind> Services);

    /// <param name="Answering">Replicas whose last probes were answered.</param>
    public sealed record Behind(string Name, int Replicas, int Answering);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/gateway/v1/operation", Handle);

    private static async Task Handle(
        HttpContext http, IHttpClientFactory clients, GatewaySettings settings, IProxyStateLookup proxy, GatewayProblems problems)
    {
        var asked = await AskIdentity(http, clients, settings);
        if (asked is not HttpStatusCode.OK)
        {
            var (status, code) = asked switch
            {
                HttpStatusCode.Unauthorized => (StatusCodes.Status401Unauthorized, "gateway.not-signed-in"),
                HttpStatusCode.Forbidden => (StatusCodes.Status403Forbidden, "gateway.operators-only"),
                _ => (StatusCodes.Status503ServiceUnavailable, "gateway.away"),
            };
            await problems.Write(http, status, code);
            return;
        }
        var version = typeof(ShowGateway).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(new View(
            "gateway", version?.InformationalVersion ?? "", [.. Routes.Services.Select(service => Of(service, proxy))]));
    }

    private static Behind Of(string service, IProxyStateLookup proxy)
    {
        var replicas = proxy.TryGetCluster(service, out var cluster) ? cluster.Destinations.Values.ToList() : [];
        return new Behind(service, replicas.Count, replicas.Count(one =>
            one.Health.Active != DestinationHealth.Unhealthy && one.Health.Passive != DestinationHealth.Unhealthy));
    }

    /// <returns>Null when it does not answer.</returns>
    private static async Task<HttpStatusCode?> AskIdentity(
        HttpContext http, IHttpClientFactory clients, GatewaySettings settings)
    {
        using var asking = clients.CreateClient(nameof(ShowGateway));
        using var question = new HttpRequestMessage(HttpMethod.Get, new Uri(settings.Identity, "/identity/v1/operation"));
        question.Headers.TryAddWithoutValidation(HeaderNames.Authorization, http.Request.Headers.Authorization.ToString());
        try
        {
            using var answer = await asking.SendAsync(question, http.RequestAborted);
            return answer.StatusCode;
        }
        catch (Exception away) when (away is HttpRequestException
            || (away is OperationCanceledException && !http.RequestAborted.IsCancellationRequested))
        {
            return null;
        }
    }
}
