using System.Net;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Transforms;
using Iop.Gateway.Sessions;
using Microsoft.Net.Http.Headers;

namespace Iop.Gateway.Routing;

/// <summary>Which service answers what. Addresses pass unchanged: services serve their full path. Everything else is the
/// pages'.</summary>
internal static class Routes
{
    private static readonly TimeSpan ActivityTimeout = TimeSpan.FromSeconds(40); // a PDF may take half of it
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

    public static IReadOnlyList<string> Services { get; } = ["identity", "registry", "agreements", "follow-up", "outcome-finance",
        "notifications", "web"];

    // A file of ten megabytes and a little around it; the service says exactly. Pages take more, to be able to say it in words.
    private const long UploadMax = 11 * 1024 * 1024;
    private const long UploadPageMax = 28 * 1024 * 1024;

    /// <summary>Where files come in: everything else keeps the gateway's own limit.</summary>
    private static readonly (string Id, string Cluster, string Path, long BytesMax)[] Uploads =
    [
        ("agreement-files", "agreements", "/agreements/v1/agreements/{id}/attachments", UploadMax),
        ("evidence-files", "follow-up", "/follow-up/v1/measurements/{id}/evidence-files", UploadMax),
        ("evidence-file-pages", "web", "/verifiering/{id}/underlag", UploadPageMax),
        ("agreement-file-pages", "web", "/avtal/{id}/bilagor", UploadPageMax),
    ];

    private static readonly string[] SeeOtherCookies = ["web", "identity"];

    public static void AddRoutes(this WebApplicationBuilder builder)
    {
        builder.Services.AddReverseProxy()
            .LoadFromMemory(RouteTable(), [.. Services.Select(service => Cluster(service, builder.Configuration))])
            .AddTransforms(transforms =>
            {
                var cookie = transforms.Services.GetRequiredService<SessionCookie>();
                var keepsOthers = SeeOtherCookies.Contains(transforms.Cluster?.ClusterId, StringComparer.Ordinal);
                transforms.AddRequestTransform(request =>
                {
                    Strip(request, cookie.Name, keepsOthers);
                    return ValueTask.CompletedTask;
                });
            });
        builder.Services.AddHttpClient(nameof(SystemIsReady));
        builder.Services.AddHttpClient(nameof(ShowGateway));
        builder.Services.AddHealthChecks().AddCheck<SystemIsReady>("system", tags: ["ready"]);
    }

    /// <summary>The session cookie stays here; other cookies are for the pages and for sign-in alone.</summary>
    private static void Strip(RequestTransformContext request, string ours, bool keepsOthers)
    {
        request.ProxyRequest.Headers.Remove(HeaderNames.Cookie);
        if (!keepsOthers) return;
        var others = request.HttpContext.Request.Cookies.Where(cookie => cookie.Key != ours)
            .Select(cookie => $"{cookie.Key}={Uri.EscapeDataString(cookie.Value)}").ToList();
        if (others.Count > 0) request.ProxyRequest.Headers.TryAddWithoutValidation(HeaderNames.Cookie, string.Join("; ", others));
    }

    private static List<RouteConfig> RouteTable()
    {
        var routes = Services.Where(service => service != "web")
            .Select(service => Route(service, service, $"/{service}/v1/{{**rest}}", order: 1)).ToList();
        routes.AddRange(Uploads.Select(upload => new RouteConfig
        {
            RouteId = upload.Id, ClusterId = upload.Cluster, Match = new RouteMatch { Path = upload.Path }, Order = 0,
            MaxRequestBodySize = upload.BytesMax,
        }));
        routes.Add(Route("well-known", "identity", "/.well-known/{**rest}", order: 1));
        routes.Add(Route("pages", "web", "/{**rest}", order: 100));
        return routes;
    }

    private static RouteConfig Route(string id, string cluster, string path, int order) =>
        new() { RouteId = id, ClusterId = cluster, Match = new RouteMatch { Path = path }, Order = order };

    private static ClusterConfig Cluster(string service, IConfiguration configuration) => new()
    {
        ClusterId = service,
        Destinations = configuration.GetSection($"services:{service}:http").GetChildren()
            .ToDictionary(one => $"{service}-{one.Key}", one =>
                new DestinationConfig { Address = one.Value! }, StringComparer.Ordinal),
        LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
        HttpRequest = new ForwarderRequestConfig
        {
            Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            ActivityTimeout = ActivityTimeout,
        },
        HealthCheck = new HealthCheckConfig
        {
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
            Active = new ActiveHealthCheckConfig
            {
                Enabled = true, Interval = ProbeEvery, Timeout = ProbeTimeout,
                Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures, Path = "/health/live",
            },
            Passive = new PassiveHealthCheckConfig
            {
                Enabled = true, Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate,
            },
        },
    };
}
