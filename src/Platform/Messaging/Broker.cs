using Microsoft.Extensions.Configuration;

namespace Iop.Platform.Messaging;

internal static class Broker
{
    /// <summary>Where the broker is, login and virtual host included.</summary>
    public static Uri Address(IConfiguration configuration) =>
        new(configuration.GetConnectionString("messaging")
            ?? throw new InvalidOperationException("ConnectionStrings:messaging is missing."));
}
