using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Iop.TestKit;

/// <summary>Hears everything a service says of itself: every line of its log, and every trace with its tags.</summary>
public sealed class Overhearing : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ActivityListener _listener;

    public Overhearing()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => _lines.Enqueue(string.Join(' ',
                [activity.DisplayName, .. activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"),
                    .. activity.Events.SelectMany(one => one.Tags.Select(tag => $"{tag.Key}={tag.Value}")),
                    .. activity.Baggage.Select(one => $"{one.Key}={one.Value}")])),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyCollection<string> Lines => _lines;

    public void Listen(IServiceCollection services)
    {
        services.AddSingleton<ILoggerProvider>(this);
        services.Configure<LoggerFilterOptions>(options => options.AddFilter<Overhearing>(null, LogLevel.Debug));
    }

    public ILogger CreateLogger(string categoryName) => new Ear(this, categoryName);

    public void Dispose() => _listener.Dispose();

    private sealed class Ear(Overhearing heard, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            heard._lines.Enqueue($"{category} {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            heard._lines.Enqueue($"{category} {formatter(state, exception)} {exception}");
    }
}
