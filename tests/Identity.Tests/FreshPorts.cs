using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Iop.Identity.Tests;

/// <summary>Ports for providers, none of them twice: what one provider said of itself is kept by its address, and would otherwise
/// be believed of the next.</summary>
internal static class FreshPorts
{
    private const int TriesMax = 1000;
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    public static int Next()
    {
        for (var tried = 0; tried < TriesMax; tried++)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (Given.TryAdd(port, true)) return port;
        }
        throw new InvalidOperationException("No port is left that no provider has had.");
    }
}
