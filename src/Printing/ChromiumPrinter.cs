using System.Diagnostics;
using Iop.Kernel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Iop.Printing;

/// <summary>Prints a page of ours to PDF with headless Chromium: no network, twenty seconds, two at a time. The page is tagged
/// and outlined.</summary>
public sealed class ChromiumPrinter(IConfiguration configuration, ILogger<ChromiumPrinter> log) : IDisposable
{
    private const int AtOnceMax = 2;
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(20);
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private readonly SemaphoreSlim _turns = new(AtOnceMax, AtOnceMax);

    /// <summary>The PDF, or why there is none just now.</summary>
    public async Task<(byte[] Pdf, Refusal? Refusal)> Print(string html, CancellationToken cancel)
    {
        if (Program() is not { } program) return ([], Unavailable("no-chromium"));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(PatienceMax);
        var folder = Directory.CreateTempSubdirectory("iop-print-").FullName;
        try
        {
            await _turns.WaitAsync(patience.Token);
            try
            {
                return await Run(program, folder, html, patience.Token);
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return ([], Unavailable("too-slow"));
        }
        finally
        {
            Remove(folder);
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task<(byte[] Pdf, Refusal? Refusal)> Run(string program, string folder, string html, CancellationToken cancel)
    {
        var (page, pdf) = (Path.Combine(folder, "page.html"), Path.Combine(folder, "page.pdf"));
        await File.WriteAllTextAsync(page, html, cancel);
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true,
            UseShellExecute = false };
        foreach (var argument in Arguments(folder, pdf)) start.ArgumentList.Add(argument);
        start.ArgumentList.Add(new Uri(page).AbsoluteUri);
        start.Environment["HOME"] = folder;
        using var chromium = Process.Start(start)!;
        try
        {
            // Drained, or a full pipe would stop it.
            var said = chromium.StandardError.ReadToEndAsync(cancel);
            var printed = chromium.StandardOutput.ReadToEndAsync(cancel);
            await chromium.WaitForExitAsync(cancel);
            await printed;
            if (chromium.ExitCode == 0 && File.Exists(pdf)) return (await File.ReadAllBytesAsync(pdf, cancel), null);
            log.LogWarning("Chromium ended with {Code}: {Said}", chromium.ExitCode, await said);
            return ([], Unavailable("failed"));
        }
        finally
        {
            if (!chromium.HasExited) chromium.Kill(entireProcessTree: true);
        }
    }

    private static IEnumerable<string> Arguments(string folder, string pdf)
    {
        yield return "--headless";
        if (Environment.UserName == "root") yield return "--no-sandbox"; // Chromium refuses its sandbox to root
        yield return $"--user-data-dir={Path.Combine(folder, "profile")}";
        yield return "--disable-gpu";
        yield return "--disable-dev-shm-usage";
        yield return "--disable-background-networking";
        yield return "--disable-component-update";
        yield return "--disable-sync";
        yield return "--no-first-run";
        yield return "--host-resolver-rules=MAP * ~NOTFOUND";
        yield return "--proxy-server=127.0.0.1:9"; // nothing listens there: whatever asks for the network gets none
        yield return "--no-pdf-header-footer";
        yield return "--generate-pdf-document-outline";
        yield return $"--print-to-pdf={pdf}";
    }

    private string? Program()
    {
        if (configuration["Chromium:Path"] is { Length: > 0 } named) return File.Exists(named) ? named : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    private static Refusal Unavailable(string why) => new($"printing.{why}", RefusalKind.Unavailable);

    private void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException trouble)
        {
            log.LogWarning("{Folder} could not be removed: {Reason}", folder, trouble.Message);
        }
    }
}
