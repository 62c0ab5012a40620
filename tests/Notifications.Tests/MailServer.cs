using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Iop.Notifications.Tests;

/// <summary>A real mail server (npm's smtp-server) on a port of its own, that can be away.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<Received> _received = [];
    private Process? _process;

    public int Port { get; } = FreePort();

    public int Count => _received.Count;

    /// <param name="how">What stage.mjs is started with.</param>
    public async Task Start(object? how = null)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "npm", "stage.mjs"), $"{Port}",
            JsonSerializer.Serialize(how ?? new { })])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true,
        };
        _process = Process.Start(start)!;
        Assert.Equal(Port.ToString(CultureInfo.InvariantCulture), await _process.StandardOutput.ReadLineAsync());
        _ = Read(_process.StandardOutput);
    }

    public async Task Stop()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>What it has taken for an address.</summary>
    public IReadOnlyList<Received> For(string address) => [.. _received.Where(mail => mail.To == address)];

    public async ValueTask DisposeAsync() => await Stop();

    private async Task Read(StreamReader lines)
    {
        while (await lines.ReadLineAsync() is { } line)
        {
            var mail = JsonSerializer.Deserialize<JsonElement>(line);
            _received.Enqueue(Received.Of(mail.GetProperty("to").GetString()!,
                Encoding.ASCII.GetString(mail.GetProperty("raw").GetBytesFromBase64())) with
            {
                Encrypted = mail.GetProperty("encrypted").GetBoolean(), User = mail.GetProperty("user").GetString(),
            });
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>A mail as it came, its words read.</summary>
public sealed partial record Received(string To, string MessageId, string Subject, string Body, string Headers)
{
    public bool Encrypted { get; init; }

    public string? User { get; init; }

    public static Received Of(string to, string raw)
    {
        var split = raw.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var headers = Folded().Replace(raw[..split], " ");
        var body = Encoding.UTF8.GetString(Convert.FromBase64String(raw[split..]));
        return new Received(to, Header(headers, "Message-ID"), Words(Header(headers, "Subject")), body, headers);
    }

    private static string Header(string headers, string name) => headers.Split("\r\n")
        .Single(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();

    private static string Words(string header) => Encoded().Replace(Between().Replace(header, "?==?"), match =>
        Encoding.UTF8.GetString(Convert.FromBase64String(match.Groups[1].Value)));

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Folded();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex Between();

    [GeneratedRegex(@"=\?utf-8\?B\?([^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Encoded();
}
