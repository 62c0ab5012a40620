using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Iop.LocalServers;

/// <summary>Ports on 127.0.0.1 that nobody listens on.</summary>
public static class Ports
{
    // Below the range that Linux hands out to outgoing connections (32768 and up), so that none of those takes it first.
    private const int FreeFrom = 20_000;
    private const int FreeTo = 32_000;
    private const int AttemptsMax = 500;

    private static readonly HashSet<int> Given = [];

    /// <summary>A free port, never the same twice in one process.</summary>
    public static int Free()
    {
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(FreeFrom, FreeTo);
            lock (Given)
            {
                if (IsFree(port) && Given.Add(port)) return port;
            }
        }
        throw new CannotStartException(
            $"No free port found between {FreeFrom} and {FreeTo}.", "See what holds them with: ss -ltnp");
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException) { return false; }
    }

    public static void MustBeFree(int port, string usedFor, string variable)
    {
        if (IsFree(port)) return;
        throw new CannotStartException(
            $"Port {port} on 127.0.0.1 is taken; it is needed for {usedFor}.",
            $"End what holds it (ss -ltnp 'sport = :{port}' shows it), or choose another: {variable}=<port> deploy/run");
    }
}
