using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;
using Iop.DemoData.Playing;
using Iop.EndToEnd.Tests;

[assembly: AssemblyFixture(typeof(RunningSystem))]
[assembly: CollectionBehavior(MaxParallelThreads = 2)] // one system, two cores

namespace Iop.EndToEnd.Tests;

/// <summary>Those that disturb everybody, or look whether nobody has changed anything, run when the others are done.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

/// <summary>Those that take the newest contract, and those that make one.</summary>
[CollectionDefinition(Name)]
public sealed class Contracts
{
    public const string Name = "contracts";
}

/// <summary>The whole system as deploy/run starts it, with its demo played, on a port and in a data folder of its own. For the
/// inner loop IOP_E2E_PORT and IOP_E2E_DATA name one that runs already.</summary>
public sealed class RunningSystem : IAsyncLifetime
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(9);
    private const int LogLinesTold = 12;
    private static readonly TimeSpan TokenAgeMax = TimeSpan.FromMinutes(3); // of five
    private readonly Dictionary<string, (Task<string> Token, long At)> _tokens = new(StringComparer.Ordinal);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(40);
    private Process? _appHost;
    private HttpClient? _http;
    private readonly bool _playsDemo = true;
    private bool _isReady;

    public RunningSystem()
    {
    }

    private RunningSystem(bool playsDemo) => _playsDemo = playsDemo;

    /// <summary>A second system beside, as an installation begins: nobody is there yet.</summary>
    public static RunningSystem WithoutDemo() => new(playsDemo: false);

    public int Port { get; private set; }

    public string Data { get; private set; } = "";

    /// <summary>The name localhost throughout: cookies and links know no other.</summary>
    public Uri Address => new($"http://localhost:{Port}");

    public Browser Browser { get; private set; } = null!;

    internal Logins Logins { get; private set; } = new("");

    /// <summary>The API as a person of the demo uses it from a browser, by the session of the sign-in page; null for
    /// nobody.</summary>
    internal Api As(string? who) => new(Http, async request =>
    {
        if (who is null) return;
        request.Headers.Add("Cookie", await Browser.CookieOf(who));
        request.Headers.Add("Origin", Address.GetLeftPart(UriPartial.Authority));
    });

    public HttpClient Http => _http!;

    public async ValueTask InitializeAsync()
    {
        if (_playsDemo && Environment.GetEnvironmentVariable("IOP_E2E_PORT") is { } port)
        {
            Port = int.Parse(port, System.Globalization.CultureInfo.InvariantCulture);
            Data = Environment.GetEnvironmentVariable("IOP_E2E_DATA")!;
        }
        else
        {
            Port = FreePair();
            Data = Directory.CreateTempSubdirectory("iop-e2e-").FullName;
            if (!_playsDemo) await File.WriteAllTextAsync(Path.Combine(Data, "demo-played"), "");
            _appHost = Start(PathOf("AppHost"), []);
        }
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress =
            Address };
        await UntilReady();
        Logins = new Logins(Path.Combine(Data, "demo-logins.json"));
        Logins.Read();
        Browser = new Browser(this);
        await Browser.InitializeAsync();
        _isReady = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isReady) await Browser.DisposeAsync();
        _http?.Dispose();
        if (_appHost is null) return;
        using var terminate =
            Process.Start("kill", ["-TERM", _appHost.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        using var patience = new CancellationTokenSource(StopPatience);
        await _appHost.WaitForExitAsync(patience.Token);
        _appHost.Dispose();
        Directory.Delete(Data, recursive: true);
    }

    /// <summary>An access token of one of the demo's people, as deploy/token prints it; the same for some minutes, since a
    /// code of an authenticator is good once and the next one comes after half a minute.</summary>
    internal Task<string> Token(string who)
    {
        lock (_tokens)
        {
            if (_tokens.TryGetValue(who, out var known) && Stopwatch.GetElapsedTime(known.At) < TokenAgeMax) return known.Token;
            _tokens[who] = (NewToken(who), Stopwatch.GetTimestamp());
            return _tokens[who].Token;
        }
    }

    private async Task<string> NewToken(string who)
    {
        using var demo = Start(PathOf("DemoData"), ["token", who]);
        var token = await demo.StandardOutput.ReadToEndAsync();
        await demo.WaitForExitAsync();
        return token.Trim();
    }

    /// <summary>Plays the demo once more and gives back what it printed.</summary>
    public async Task<(int Code, string Report)> PlayAgain()
    {
        using var demo = Start(PathOf("DemoData"), []);
        var report = await demo.StandardOutput.ReadToEndAsync();
        await demo.WaitForExitAsync();
        return (demo.ExitCode, report);
    }

    /// <summary>The process of a resource, as the status page tells it.</summary>
    internal async Task<int> ProcessOf(string resource) => (await Status(resource)).GetProperty("processId").GetInt32();

    internal async Task<string> EndpointOf(string resource) => (await Status(resource)).GetProperty("endpoints")[0].GetString()!;

    private async Task<JsonElement> Status(string resource)
    {
        using var status = JsonDocument.Parse(await Http.GetStringAsync(new Uri($"http://localhost:{Port + 1}/status.json")));
        return status.RootElement.EnumerateArray().Single(one => one.GetProperty("name").GetString() == resource).Clone();
    }

    /// <summary>Another process has taken a resource's place, and all is well again.</summary>
    internal async Task UntilStarted(string resource, int instead)
    {
        var started = Stopwatch.GetTimestamp();
        while ((await RunningAs(resource) ?? instead) == instead)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < StartPatience, $"{resource} is not started again.");
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
        await UntilReady();
    }

    private async Task<int?> RunningAs(string resource)
    {
        try
        {
            return await ProcessOf(resource);
        }
        catch (InvalidOperationException)
        {
            return null; // just then it has no process
        }
    }

    internal async Task UntilReady()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (answer.StatusCode is HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // Not up yet.
            }
            if (_appHost is { HasExited: true })
                throw new InvalidOperationException($"The system ended with {_appHost.ExitCode}; see {Data}/logs.");
            if (await DemoHasFailed()) throw new InvalidOperationException($"The demo did not hold.\n{EndOfLog("demo-data")}");
            if (Stopwatch.GetElapsedTime(started) > StartPatience)
                throw new TimeoutException($"The system is not ready; it has come to\n{EndOfLog("demo-data")}");
            await Task.Delay(TimeSpan.FromMilliseconds(300));
        }
    }

    private async Task<bool> DemoHasFailed()
    {
        try
        {
            using var status = JsonDocument.Parse(await Http.GetStringAsync(new Uri($"http://localhost:{Port + 1}/status.json")));
            return status.RootElement.EnumerateArray().Any(one => one.GetProperty("name").GetString() == "demo-data"
                && one.GetProperty("state").GetString() == "Failed");
        }
        catch (HttpRequestException)
        {
            return false; // not up yet
        }
    }

    private string EndOfLog(string resource)
    {
        var log = Path.Combine(Data, "logs", $"{resource}.log");
        return File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(LogLinesTold)) : $"no log of {resource}.";
    }

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["IOP_PORT"] = Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["IOP_DATA"] = Data;
        start.Environment["PublicBaseUrl"] = Address.ToString().TrimEnd('/');
        start.Environment["IOP_CLOCK_FILE"] = Path.Combine(Data, "clock");
        start.Environment["IOP_LOGINS_FILE"] = Path.Combine(Data, "demo-logins.json");
        start.Environment["Identity__OneTimeLinkFile"] = Path.Combine(Data, "operator-link.txt");
        start.Environment["Passwords__Rounds"] = "1000"; // everybody signs in for real, and often: the hash is cheap here
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        if (!program.EndsWith("DemoData.dll", StringComparison.Ordinal))
        {
            process.OutputDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
        }
        return process;
    }

    private static string PathOf(string program) =>
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == program).Value!;

    private static int FreePair()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            using var first = new TcpListener(IPAddress.Loopback, 0);
            first.Start();
            var port = ((IPEndPoint)first.LocalEndpoint).Port;
            try
            {
                using var second = new TcpListener(IPAddress.Loopback, port + 1);
                second.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; look further.
            }
        }
        throw new InvalidOperationException("No two free ports beside each other.");
    }
}
