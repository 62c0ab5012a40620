using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Iop.Gateway.Sessions;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Iop.Gateway.Protection;

/// <summary>What stands before every service: size and rate limits, refusal of foreign origins, headers.</summary>
internal static class ProtectionServices
{
    private const long BodyMax = 2 * 1024 * 1024;
    private const int RequestsPerSecondDefault = 100;
    private const int BurstSeconds = 4;
    private const int SignInsPerMinuteDefault = 30;

    // Whoever is not signed in shares an address with others: a whole town hall, or the visitors of our own pages.
    private const int PerAddressFactor = 5;
    private const string Address = "address ";
    private static readonly string[] RecoveryPages = ["/glomt-losenord", "/nytt-losenord", "/ny-engangskod", "/ny-adress"];

    public static void AddProtection(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = BodyMax;
            kestrel.AddServerHeader = false;
        });
        builder.Services.AddSingleton<GatewayProblems>();
        TrustProxies(builder);
        var signIns = builder.Configuration.GetValue("RateLimits:SignInsPerMinute", SignInsPerMinuteDefault);
        var perSecond = builder.Configuration.GetValue("RateLimits:RequestsPerSecond", RequestsPerSecondDefault);
        builder.Services.AddRateLimiter(limits =>
        {
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => IsSignIn(http.Request)
                ? PerMinute(http, "sign-in", signIns)
                : IsRecovery(http.Request) ? PerMinute(http, "recovery", signIns * PerAddressFactor)
                : RateLimitPartition.GetTokenBucketLimiter(
                    CallerOf(http), caller =>
                        Bucket(caller.StartsWith(Address, StringComparison.Ordinal) ? perSecond * PerAddressFactor : perSecond)));
            limits.OnRejected = async (rejected, _) =>
            {
                var after = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
                rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, after.TotalSeconds))
                    .ToString(CultureInfo.InvariantCulture);
                await rejected.HttpContext.RequestServices.GetRequiredService<GatewayProblems>()
                    .Write(rejected.HttpContext, StatusCodes.Status429TooManyRequests, "gateway.too-many-requests");
            };
        });
    }

    public static void UseProtection(this WebApplication app)
    {
        var problems = app.Services.GetRequiredService<GatewayProblems>();
        // With nobody to trust the middleware would trust everybody.
        if (app.Configuration.GetSection("TrustedProxies").GetChildren().Any()) app.UseForwardedHeaders();
        app.Use(SecurityHeaders.Add);
        app.UseExceptionHandler(
            errors => errors.Run(http => problems.Write(http, StatusCodes.Status503ServiceUnavailable, "gateway.away")));
        app.UseStatusCodePages(context => problems.Write(context.HttpContext));
        app.UseRateLimiter();
        app.Use(ForeignOrigin.Refuse);
    }

    /// <summary>Who is asking is decided by address, also at Identity: only load balancers named in the configuration may say
    /// another than their own.</summary>
    private static void TrustProxies(WebApplicationBuilder builder) =>
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in builder.Configuration.GetSection("TrustedProxies").GetChildren())
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network.Value!));
    });

    private static RateLimitPartition<string> PerMinute(HttpContext http, string what, int most) =>
        RateLimitPartition.GetFixedWindowLimiter($"{what} {http.Connection.RemoteIpAddress}", _ =>
            new FixedWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromMinutes(1) });

    private static TokenBucketRateLimiterOptions Bucket(int perSecond) => new()
    {
        TokenLimit = perSecond * BurstSeconds,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    };

    private static bool IsSignIn(HttpRequest request) => HttpMethods.IsPost(request.Method)
        && (request.Path.StartsWithSegments("/identity/v1/sign-in") || request.Path.StartsWithSegments("/identity/v1/bootstrap")
            || RecoveryPages.Any(page => request.Path.StartsWithSegments(page)));

    /// <summary>What the pages of recovery ask Identity for all their visitors: one of them must not use it up for the
    /// others.</summary>
    private static bool IsRecovery(HttpRequest request) => HttpMethods.IsPost(request.Method)
        && (request.Path.StartsWithSegments("/identity/v1/password-resets")
            || request.Path.StartsWithSegments("/identity/v1/second-factors")
            || request.Path.StartsWithSegments("/identity/v1/address-changes"));

    /// <summary>By session, if it is one we know: with invented credentials one would else get a new allowance each time. All
    /// others by address. Hashed, so that no credential lies about in memory as a key.</summary>
    private static string CallerOf(HttpContext http)
    {
        var cookie = http.RequestServices.GetRequiredService<SessionCookie>().Read(http.Request);
        var tokens = http.RequestServices.GetRequiredService<SessionTokens>();
        return tokens.Known(cookie, http.Request.Headers.Authorization.ToString()) is { } session
            ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(session)))
            : $"{Address}{http.Connection.RemoteIpAddress}";
    }
}
