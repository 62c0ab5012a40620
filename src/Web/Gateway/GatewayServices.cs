namespace Iop.Web.Gateway;

/// <summary>Wires the calls to the gateway.</summary>
internal static class GatewayServices
{
    private static readonly TimeSpan AnswerWithinMax = TimeSpan.FromSeconds(30);

    public static void AddGateway(this IServiceCollection services, IConfiguration configuration)
    {
        var inside = configuration["services:gateway:http:0"] ?? configuration["services:gateway:https:0"]
            ?? "http://localhost:8080";
        services.AddHttpContextAccessor();
        services.AddHttpClient<GatewayCalls>(http =>
        {
            http.BaseAddress = new Uri(inside);
            http.Timeout = AnswerWithinMax;
        }).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    }
}
