using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Iop.AppHost.Local;

/// <summary>What the person at the terminal sees.</summary>
internal sealed class Screen(bool quiet)
{
    private const int BytesPerMegabyte = 1_000_000;
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>How a resource's output is shown: with its name, or, for the one that everybody waits for, as it is.</summary>
    public Action<string>? LineOf(Resource resource, string? until) =>
        resource.Name == until ? prefixed => Line(prefixed[(prefixed.IndexOf("| ", StringComparison.Ordinal) + 2)..])
        : quiet || !resource.ShowsLog ? null
        : Line;

    public void Line(string text) => Console.WriteLine(text);

    public void StateOf(RunningResource resource, TimeSpan elapsed)
    {
        var urls = resource.State is State.Healthy ? resource.Resource.Endpoints.Values.Select(endpoint => endpoint.Url) : [];
        var line = string.Create(Plain, $"{elapsed.TotalSeconds,6:0.0} s  {resource.Name,-16} {resource.State,-9} ");
        Line((line + string.Join(' ', urls)).TrimEnd());
    }

    public void Ready(LocalOptions options, TimeSpan elapsed, long memory)
    {
        Line("");
        foreach (var notice in options.Data.Notices()) Show(notice);
        Line(string.Create(Plain, $"Ready after {elapsed.TotalSeconds:0} s; memory in all: {memory / BytesPerMegabyte:#,0} MB."));
        Line($"  The system:   http://localhost:{options.Port}");
        Line($"  Its parts:    http://localhost:{options.StatusPort}   (logs in {options.Data.Logs})");
        if (options.Until is null) Line("  Ctrl-C ends everything.");
        Line("");
    }

    private void Show(string file)
    {
        Line($"── {Path.GetFileNameWithoutExtension(file).Replace('-', ' ')} ({file})");
        foreach (var line in File.ReadLines(file)) Line($"   {line}");
        Line("");
    }
}
