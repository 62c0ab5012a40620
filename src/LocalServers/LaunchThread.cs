using System.Collections.Concurrent;

namespace Iop.LocalServers;

/// <summary>The one thread that starts child processes.</summary>
/// <remarks>
/// Linux delivers the parent-death signal when the *thread* that forked the child ends. A thread of the pool may be
/// retired at any time and would take the servers with it; this one lives as long as the process.
/// </remarks>
internal static class LaunchThread
{
    private static readonly BlockingCollection<Action> Launches = [];

    static LaunchThread() => new Thread(Run) { IsBackground = true, Name = "Launches child processes" }.Start();

    public static T Run<T>(Func<T> launch)
    {
        var answer = new TaskCompletionSource<T>();
        Launches.Add(() =>
        {
            try { answer.SetResult(launch()); }
            catch (Exception problem) when (problem is not OutOfMemoryException) { answer.SetException(problem); }
        });
        return answer.Task.GetAwaiter().GetResult();
    }

    private static void Run()
    {
        foreach (var launch in Launches.GetConsumingEnumerable()) launch();
    }
}
