using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Iop.Notifications.Mailing;

/// <summary>What the server declined, in its words.</summary>
internal sealed class SmtpDeclined(string step, int code, string words) : Exception($"{step}: {code} {words}")
{
    public string Step { get; } = step;

    public int Code { get; } = code;

    public string Words { get; } = words;
}

/// <summary>One mail handed to a server, word by word (RFC 5321): who gives it must know whether the server may have it. It says
/// so itself, since <c>System.Net.Mail</c> tells neither how far it had come nor whom a no concerned.</summary>
internal sealed class SmtpConversation : IAsyncDisposable
{
    public const string Opening = "greeting";
    public const string Receiver = "RCPT TO";
    public const string Body = "message";
    private const int LineMax = 2_048;
    private const int LinesMax = 100;
    private const int ServiceReady = 220;
    private const int Done = 250;
    private const int Forwarded = 251;
    private const int GoOn = 354;
    private readonly TcpClient _connection = new() { NoDelay = true };
    private readonly byte[] _heard = new byte[LineMax];
    private Stream _stream = Stream.Null;
    private (int From, int To) _unread;
    private IReadOnlyList<string> _offered = [];

    /// <summary>Connects, and says who we are: encrypted and with the password, where the settings say so.</summary>
    public async Task Begin(MailSettings settings, string ownName, CancellationToken cancel)
    {
        await _connection.ConnectAsync(settings.Host, settings.Port, cancel);
        _stream = _connection.GetStream();
        await Hear(Opening, ServiceReady, cancel);
        await Greet(ownName, cancel);
        if (settings.StartTls)
        {
            await Say("STARTTLS", "STARTTLS", ServiceReady, cancel);
            var encrypted = new SslStream(_stream);
            _stream = encrypted;
            _unread = default; // what came before the encryption counts for nothing
            await encrypted.AuthenticateAsClientAsync(Trusting(settings), cancel);
            await Greet(ownName, cancel);
        }
        if (settings.User is { } user) await SignIn(user, settings.Password ?? "", cancel);
    }

    /// <summary>From whom and to whom; then the server waits for the mail.</summary>
    public async Task Address(string from, string to, CancellationToken cancel)
    {
        await Say("MAIL FROM", $"MAIL FROM:<{from}>", Done, cancel);
        await Say(Receiver, $"RCPT TO:<{to}>", Done, cancel);
        await Say("DATA", "DATA", GoOn, cancel);
    }

    /// <summary>The mail but for its end: without that no server may take it.</summary>
    public async Task Dictate(string mail, CancellationToken cancel)
    {
        var stuffed = mail.StartsWith('.') ? "." + mail : mail;
        await Write(stuffed.Replace("\r\n.", "\r\n..", StringComparison.Ordinal), cancel);
    }

    /// <summary>The end of the mail. From here on the server may have taken it, whatever is heard.</summary>
    public async Task End(CancellationToken cancel) => await Say(Body, ".", Done, cancel);

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _connection.Dispose();
    }

    /// <summary>Politeness; nothing depends on it.</summary>
    public Task TakeLeave(CancellationToken cancel) => Write("QUIT\r\n", cancel);

    private async Task Greet(string ownName, CancellationToken cancel) =>
        _offered = await Say("EHLO", $"EHLO {ownName}", Done, cancel);

    private async Task SignIn(string user, string password, CancellationToken cancel)
    {
        const string Step = "AUTH";
        const int Accepted = 235;
        const int Continue = 334;
        var ways = _offered.FirstOrDefault(one => one.StartsWith("AUTH ", StringComparison.OrdinalIgnoreCase)) ?? "";
        if (ways.Contains("PLAIN", StringComparison.OrdinalIgnoreCase))
        {
            await Say(Step, $"AUTH PLAIN {Coded($"\0{user}\0{password}")}", Accepted, cancel);
            return;
        }
        await Say(Step, "AUTH LOGIN", Continue, cancel);
        await Say(Step, Coded(user), Continue, cancel);
        await Say(Step, Coded(password), Accepted, cancel);
    }

    private static string Coded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static SslClientAuthenticationOptions Trusting(MailSettings settings)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = settings.Host, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
        if (settings.Authority is not { } authority) return options;
        options.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck,
        };
        options.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(authority);
        return options;
    }

    private async Task<IReadOnlyList<string>> Say(string step, string line, int wanted, CancellationToken cancel)
    {
        await Write(line + "\r\n", cancel);
        return await Hear(step, wanted, cancel);
    }

    private async Task Write(string text, CancellationToken cancel)
    {
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancel);
        await _stream.FlushAsync(cancel);
    }

    /// <summary>An answer of one line or several, each with the code.</summary>
    private async Task<IReadOnlyList<string>> Hear(string step, int wanted, CancellationToken cancel)
    {
        var words = new List<string>();
        while (words.Count < LinesMax)
        {
            var line = await Line(cancel);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), CultureInfo.InvariantCulture, out var code))
                throw new IOException("This is no mail server.");
            words.Add(line.Length > 4 ? line[4..].Trim() : "");
            if (line.Length > 3 && line[3] == '-') continue;
            return code == wanted || (wanted == Done && code == Forwarded) ? words
                : throw new SmtpDeclined(step, code, string.Join(' ', words));
        }
        throw new IOException("The mail server does not end its answer.");
    }

    private async Task<string> Line(CancellationToken cancel)
    {
        while (true)
        {
            var end = Array.IndexOf(_heard, (byte)'\n', _unread.From, _unread.To - _unread.From);
            if (end >= 0)
            {
                var line = Encoding.UTF8.GetString(_heard, _unread.From, end - _unread.From).TrimEnd('\r');
                _unread.From = end + 1;
                return line;
            }
            _heard.AsSpan(_unread.From, _unread.To - _unread.From).CopyTo(_heard);
            _unread = (0, _unread.To - _unread.From);
            if (_unread.To == LineMax) throw new IOException("The mail server's line is too long.");
            var more = await _stream.ReadAsync(_heard.AsMemory(_unread.To), cancel);
            if (more == 0) throw new IOException("The mail server hung up.");
            _unread.To += more;
        }
    }
}
