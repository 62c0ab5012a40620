extern alias gateway;

using System.Net;
using System.Net.Http.Json;
using Iop.Identity.Tests;
using Iop.TestKit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Iop.Gateway.Tests;

/// <summary>The gateway as it runs, before the real Identity; the other services answer with what reached them, but for one that
/// a test has running at an address of its own.</summary>
internal sealed class GatewayHost(IdentityWorld identity, params (string Key, string Value)[] settings)
    : WebApplicationFactory<gateway::Program>
{
    private static readonly string[] Everybody = ["identity", "registry", "agreements", "follow-up", "outcome-finance",
        "notifications", "web"];

    /// <summary>A browser without memory: tests carry its cookies themselves.</summary>
    public HttpClient NewClient() =>
        CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseContentRoot(AppContext.BaseDirectory);
        builder.UseEnvironment("Development");
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.UseSetting("PublicBaseUrl", TestTokens.Issuer);
        builder.UseSetting("Gateway:ClientSecret", IdentityWorld.GatewaySecret);
        builder.UseSetting("RateLimits:SignInsPerMinute", "1000");
        foreach (var service in Everybody) builder.UseSetting($"services:{service}:http:0", $"http://{service}");
        foreach (var (key, value) in settings) builder.UseSetting(key, value);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(identity.Clock);
            services.AddSingleton<IForwarderHttpClientFactory>(new NoNetwork(identity));
            services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(() => new ByHost(identity)));
        });
    }

    private sealed class NoNetwork(IdentityWorld identity) : IForwarderHttpClientFactory
    {
        public HttpMessageInvoker CreateClient(ForwarderHttpClientContext context) => new(new ByHost(identity));
    }

    private sealed class ByHost(IdentityWorld identity) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _identity = new(identity.Wire);
        private readonly HttpMessageInvoker _network = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false,
            AllowAutoRedirect = false });

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri!.Host == "identity" ? _identity.SendAsync(request, cancellationToken)
                : request.RequestUri.IsLoopback ? _network.SendAsync(request, cancellationToken)
                : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = JsonContent.Create(new Reached(
                        request.RequestUri.Host, request.RequestUri.PathAndQuery, request.Headers.Authorization?.ToString(),
                        request.Headers.TryGetValues("Cookie", out var cookies) ? string.Join("; ", cookies) : null)),
                });

        protected override void Dispose(bool disposing)
        {
            _identity.Dispose();
            _network.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>What a service saw of a request.</summary>
internal sealed record Reached(string Service, string Path, string? Authorization, string? Cookie);
