namespace Iop.Gateway.Sessions;

/// <summary>What the AppHost tells the gateway.</summary>
internal sealed class GatewaySettings(IConfiguration configuration, IHostEnvironment environment)
{
    /// <summary>Where people reach the platform; issuer and redirect addresses are made from it.</summary>
    public Uri Public { get; } = new(Required(configuration, "PublicBaseUrl"));

    /// <summary>Identity, inside.</summary>
    public Uri Identity { get; } = new(Required(configuration, "services:identity:http:0"));

    /// <summary>The gateway's secret as Identity's client.</summary>
    public string ClientSecret { get; } = Required(configuration, "Gateway:ClientSecret");

    /// <summary>Over http (local development) the cookie cannot be Secure, and so not have the __Host- prefix either.</summary>
    public bool IsHttps => Public.Scheme == Uri.UriSchemeHttps || environment.IsProduction();

    /// <summary>Browsers are told to come by https only, for a year; a developer's own host name is spared that.</summary>
    public bool SaysHttpsOnly => IsHttps && !environment.IsDevelopment();

    private static string Required(IConfiguration configuration, string key) =>
        configuration[key] ?? throw new InvalidOperationException($"{key} is missing.");
}
