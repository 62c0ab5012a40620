using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Iop.Gateway.Sessions;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Iop.Gateway.Protection;

/// <summary>What stands before every service: size and rate limits, refusal of foreign origins, headers.</summary>
internal static class ProtectionServices
{
    private const long BodyMax = 2 * 1024 * 1024;
    private const int RequestsPerSecond = 100;
    private const int RequestBurst = 400;
    private const int SignInsPerMinuteDefault = 30;

    // Whoever is not signed in shares an address with others: a whole town hall, or the visitors of our own pages.
    private const int PerAddressFactor = 5;
    private const string Address = "address ";

    public static void AddProtection(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = BodyMax;
            kestrel.AddServerHeader = false;
        });
        builder.Services.AddSingleton<GatewayProblems>();
        var signIns = builder.Configuration.GetValue("RateLimits:SignInsPerMinute", SignInsPerMinuteDefault);
        builder.Services.AddRateLimiter(limits =>
        {
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => IsSignIn(http.Request)
                ? RateLimitPartition.GetFixedWindowLimiter($"sign-in {http.Connection.RemoteIpAddress}", _ => new FixedWindowRateLimiterOptions { PermitLimit = signIns, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetTokenBucketLimiter(CallerOf(http), caller => Bucket(caller.StartsWith(Address, StringComparison.Ordinal) ? PerAddressFactor : 1)));
            limits.OnRejected = async (rejected, _) =>
            {
                var after = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
                rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                await rejected.HttpContext.RequestServices.GetRequiredService<GatewayProblems>()
                    .Write(rejected.HttpContext, StatusCodes.Status429TooManyRequests, "gateway.too-many-requests");
            };
        });
    }

    public static void UseProtection(this WebApplication app)
    {
        app.Use(SecurityHeaders.Add);
        app.UseExceptionHandler(errors => errors.Run(http => http.RequestServices.GetRequiredService<GatewayProblems>().Write(http, StatusCodes.Status503ServiceUnavailable, "gateway.away")));
        app.UseStatusCodePages(context => context.HttpContext.RequestServices.GetRequiredService<GatewayProblems>().Write(context.HttpContext));
        app.UseRateLimiter();
        app.Use(ForeignOrigin.Refuse);
    }

    private static TokenBucketRateLimiterOptions Bucket(int factor) => new()
    {
        TokenLimit = RequestBurst * factor,
        TokensPerPeriod = RequestsPerSecond * factor,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    };

    private static bool IsSignIn(HttpRequest request) => HttpMethods.IsPost(request.Method)
        && (request.Path.StartsWithSegments("/identity/v1/sign-in") || request.Path.StartsWithSegments("/identity/v1/bootstrap"));

    /// <summary>By session, by bearer, else by address; hashed, so that no credential lies about in memory as a key.</summary>
    private static string CallerOf(HttpContext http)
    {
        var credential = http.RequestServices.GetRequiredService<SessionCookie>().Read(http.Request) ?? http.Request.Headers.Authorization.ToString();
        return credential.Length == 0
            ? $"{Address}{http.Connection.RemoteIpAddress}"
            : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(credential)));
    }
}
