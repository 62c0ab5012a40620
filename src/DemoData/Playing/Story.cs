using System.Diagnostics;

namespace Iop.DemoData.Playing;

/// <summary>Plays steps in order: each is a fact that must hold, the person whose job it is, and what that person does about it.
/// A fact that already holds is left alone, so that a second run changes nothing.</summary>
/// <param name="isFirst">Nothing has been played before: no step is expected to stand already.</param>
internal sealed class Story(Clock clock, Cast cast, Report report, bool isFirst)
{
    private static readonly TimeSpan PatienceForFacts = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(50);

    public Cast Cast => cast;

    /// <summary>Swedish office hours on a day.</summary>
    public static DateTimeOffset On(int year, int month, int day) => new(year, month, day, 9, 0, 0, TimeSpan.Zero);

    /// <summary>One step.</summary>
    /// <param name="title">What is done, as the report says it.</param>
    /// <param name="who">Who does it; null for what the platform does by itself.</param>
    /// <param name="at">When; null for whatever time it is. But for the first time, the clock moves only if there is something to
    /// do.</param>
    /// <param name="fact">Looks whether it is so, and tells the state (and amount); null when it is not so yet.</param>
    /// <param name="act">Does it.</param>
    public async Task Step(
        string title, string? who, DateTimeOffset? at, Func<Api, CancellationToken, Task<string?>> fact,
        Func<Api, CancellationToken, Task>? act, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var api = cast.Api(who);
        try
        {
            // Who looks before the clock moves signs in once more after it.
            if (isFirst && at is { } first) await clock.MoveTo(first);
            if (await fact(api, cancel) is { } already)
            {
                report.Add(title, cast.NameOf(who), already, "stood already", Stopwatch.GetElapsedTime(started),
                    clock.GetUtcNow());
                return;
            }
            if (at is { } day) await clock.MoveTo(day);
            if (act is not null) await act(api, cancel);
            var state = await Until(api, fact, cancel);
            report.Add(title, cast.NameOf(who), state ?? "", state is null ? "did not come true" : "done",
                Stopwatch.GetElapsedTime(started), clock.GetUtcNow());
            if (state is null) throw new StoryEndedException($"«{title}» did not come true.");
        }
        catch (Exception refused) when (refused is RefusedException or HttpRequestException or InvalidOperationException)
        {
            report.Add(title, cast.NameOf(who), refused.Message, "failed", Stopwatch.GetElapsedTime(started), clock.GetUtcNow());
            throw new StoryEndedException($"«{title}»: {refused.Message}");
        }
    }

    private static async Task<string?> Until(Api api, Func<Api, CancellationToken, Task<string?>> fact, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await fact(api, cancel) is { } state) return state;
            if (Stopwatch.GetElapsedTime(started) > PatienceForFacts) return null;
            await Task.Delay(LookAgainAfter, cancel);
        }
    }
}

/// <summary>A step failed; what comes after rests on it.</summary>
internal sealed class StoryEndedException(string message) : Exception(message);
