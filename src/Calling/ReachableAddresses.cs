using System.Net;
using System.Net.Sockets;

namespace Iop.Calling;

/// <summary>Where a service may call what an organisation has written down: public addresses, and where the operator allows it.
/// An organisation must not reach, through us, what only we can reach. The address that was judged is the one that is connected
/// to.</summary>
/// <remarks>The networks are those of the special-purpose address registries (RFC 6890 and its successors).</remarks>
/// <param name="internalNetworks">Networks of the operator's own that may be reached although they are not public.</param>
/// <param name="onThisMachineToo">In Development: also this machine, and there without encryption.</param>
/// <param name="plainInside">Also without encryption, but into those networks only.</param>
public sealed class ReachableAddresses(
    IReadOnlyList<string> internalNetworks, bool onThisMachineToo = false, bool plainInside = false)
{
    /// <summary>What is said of a name that does not lead to an address that may be reached.</summary>
    public const string Forbidden = "internal-address";

    /// <summary>What is said of a name that leads out of the networks in which encryption may be left out.</summary>
    public const string Unencrypted = "not-encrypted";

    private static readonly TimeSpan NamesAreKept = TimeSpan.FromMinutes(1);

    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork PublicV6 = IPNetwork.Parse("2000::/3");
    private readonly IPNetwork[] _own = [.. internalNetworks.Select(IPNetwork.Parse)];

    /// <summary>For a client that reaches nothing else, and follows nobody to where it was not sent.</summary>
    public SocketsHttpHandler NewHandler() => new()
    {
        ConnectCallback = Connect, AllowAutoRedirect = false, UseProxy = false, UseCookies = false,
        PooledConnectionLifetime = NamesAreKept,
    };

    public bool MayReach(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return MayReach(address.MapToIPv4());
        if (onThisMachineToo && IPAddress.IsLoopback(address)) return true;
        if (Array.Exists(_own, network => network.Contains(address))) return true;
        return !Array.Exists(NotPublic, network => network.Contains(address))
            && (address.AddressFamily == AddressFamily.InterNetwork || PublicV6.Contains(address));
    }

    /// <summary>Encrypted, and without a user name; plain only where that may be. Where a name leads is judged when it is
    /// called.</summary>
    public bool MayBeCalled(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && MayBeCalledPlain(uri)));

    private bool MayBeCalledPlain(Uri uri) => (uri.IsLoopback && onThisMachineToo)
        || (plainInside && _own.Length > 0 && (!IPAddress.TryParse(uri.DnsSafeHost, out var literal) || MayReachPlain(literal)));

    private bool MayReachPlain(IPAddress address) => address.IsIPv4MappedToIPv6 ? MayReachPlain(address.MapToIPv4())
        : (onThisMachineToo && IPAddress.IsLoopback(address))
            || (plainInside && Array.Exists(_own, network => network.Contains(address)));

    /// <summary>Why a call did not succeed, in a word.</summary>
    public static string Why(HttpRequestException no) =>
        (no.InnerException ?? no).Message is (Forbidden or Unencrypted) and var why ? why : no.HttpRequestError.ToString();

    /// <summary>Connects to the first address of a name that may be reached.</summary>
    /// <exception cref="HttpRequestException">None of them may.</exception>
    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
        var isPlain = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttp;
        var allowed = found.Where(isPlain ? MayReachPlain : MayReach).ToArray();
        if (allowed.Length == 0) throw new HttpRequestException(
            HttpRequestError.ConnectionError, isPlain && Array.Exists(found, MayReach) ? Unencrypted : Forbidden);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
