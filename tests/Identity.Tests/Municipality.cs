using System.Diagnostics;
using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Iop.Identity.Tests;

/// <summary>A municipality's own login: npm's oidc-provider in a process of its own, that can be away.</summary>
public sealed partial class Municipality : IAsyncDisposable
{
    private readonly RSA _key = RSA.Create(KeyBits); // the same through all its starts
    private Process? _process;

    public int Port { get; } = FreshPorts.Next();

    public string Issuer => $"http://127.0.0.1:{Port}";

    /// <summary>How often it asked a browser who it is.</summary>
    public int TimesAsked { get; private set; }

    /// <summary>Starts with one client, as it was registered there, and these people.</summary>
    public async Task Start(object client, object people)
    {
        var npm = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "Npm").Value!;
        _process = Process.Start(new ProcessStartInfo("node", ["--no-warnings", Path.Combine(npm, "provider.mjs")])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = npm,
        })!;
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(
            new { port = Port, key = _key.ExportPkcs8PrivateKeyPem(), client, people }));
        await _process.StandardInput.FlushAsync();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == Issuer) break;
        }
        Assert.False(_process.HasExited, "The provider did not start.");
        _ = _process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>What it says of people from now on.</summary>
    public Task Says(object people) => Hears(new { people });

    /// <summary>How its answers are spoiled on their way from now on; nothing named, not at all.</summary>
    /// <param name="spoil">What <c>provider.mjs</c> knows: claims, signature, answer.</param>
    public Task Spoils(object spoil) => Hears(new { spoil });

    private async Task Hears(object line)
    {
        await _process!.StandardInput.WriteLineAsync(JsonSerializer.Serialize(line));
        await _process.StandardInput.FlushAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(200)); // a line of input is not answered
    }

    public async Task Stop()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>A browser at the municipality: goes where it is sent, chooses a person on its page, and stops when it is sent
    /// elsewhere.</summary>
    public async Task<Uri> SignIn(Uri address, string who, CookieContainer? cookies = null)
    {
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, CookieContainer = cookies ?? new CookieContainer(), UseProxy = false,
        };
        using var http = new HttpClient(handler);
        var at = address;
        for (var step = 0; step < StepsMax; step++)
        {
            if (at.Port != Port) return at;
            using var answer = await http.GetAsync(at);
            if (answer.Headers.Location is { } next)
            {
                at = new Uri(at, next);
                continue;
            }
            TimesAsked++;
            var page = await answer.Content.ReadAsStringAsync();
            var link = Links().Matches(page).Select(match => match.Groups["to"].Value)
                .FirstOrDefault(to => to.EndsWith($"who={who}", StringComparison.Ordinal));
            at = new Uri(at, link ?? throw new InvalidOperationException($"{at}: {(int)answer.StatusCode} {page}"));
        }
        throw new InvalidOperationException($"Sent in circles: {at}");
    }

    /// <summary>Says yes on the page that asks whether one wants to sign out; where that leads.</summary>
    public static async Task<Uri> SignOut(Uri address, CookieContainer cookies)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, CookieContainer = cookies, UseProxy = false,
        });
        var page = await http.GetStringAsync(address);
        using var yes = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["xsrf"] = Secret().Match(page).Groups["xsrf"].Value, ["logout"] = "yes",
        });
        using var answer = await http.PostAsync(new Uri(address, "/session/end/confirm"), yes);
        return answer.Headers.Location ?? throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _key.Dispose();
    }

    private const int KeyBits = 2048;
    private const int StepsMax = 12;

    [GeneratedRegex("name=\"xsrf\" value=\"(?<xsrf>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Secret();

    [GeneratedRegex("href=\"(?<to>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Links();
}
