using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Iop.LocalServers;

namespace Iop.AppHost.Local;

/// <summary>One run of the system: everything in the order of its needs, until somebody says stop.</summary>
internal sealed class LocalRun
{
    private const int Failed = 1;
    private const int CannotStart = 2;

    private readonly LocalOptions options;
    private readonly Screen screen;
    private readonly Dictionary<Resource, RunningResource> resources;
    private readonly long startedAt = Stopwatch.GetTimestamp();

    private LocalRun(IReadOnlyList<Resource> all, LocalOptions options)
    {
        this.options = options;
        screen = new Screen(quiet: options.Until is not null);
        resources = all.ToDictionary(resource => resource, resource => new RunningResource(
            resource,
            options.Data,
            new LogBook(options.Data.Logs, resource.Name, screen.LineOf(resource, options.Until)),
            Changed));
    }

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(startedAt);

    public static async Task<int> RunAsync(IReadOnlyList<Resource> all, LocalOptions options, CancellationToken cancel)
    {
        try
        {
            InstalledPrograms.MustBeThere();
            using var taken = options.Data.Take(options.Port);
            Ports.MustBeFree(options.Port, "the system's address", "IOP_PORT");
            Ports.MustBeFree(options.StatusPort, "the status page (one above IOP_PORT)", "IOP_PORT");
            return await new LocalRun(all, options).RunAsync(cancel);
        }
        catch (CannotStartException problem)
        {
            await Console.Error.WriteLineAsync(problem.Advice);
            return CannotStart;
        }
    }

    private async Task<int> RunAsync(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Stop(signal, stop));
        await using var page = await StatusPage.StartAsync(options.StatusPort, [.. resources.Values], () => Elapsed);
        try { return await UntilStoppedAsync(stop); }
        catch (CannotStartException problem)
        {
            await Console.Error.WriteLineAsync(problem.Advice);
            return Failed;
        }
        finally
        {
            await stop.CancelAsync();
            await StopAllAsync();
            foreach (var resource in resources.Values) resource.Log.Dispose();
        }
    }

    private async Task<int> UntilStoppedAsync(CancellationTokenSource stop)
    {
        var runs = resources.Values.Select(resource => resource.RunAsync(resources, stop.Token)).ToList();
        var ready = ReadyAsync();
        var last = options.Until is null ? null : resources.Values.Single(resource => resource.Name == options.Until);
        var announced = false;
        while (runs.Count > 0)
        {
            await Task.WhenAny([.. runs, .. announced ? Array.Empty<Task>() : [ready]]);
            foreach (var ended in runs.Where(run => run.IsCompleted).ToList())
            {
                runs.Remove(ended);
                await ended; // a resource that cannot be brought up ends the run
            }
            if (FailedTask() is { } failed) return Report(failed);
            if (last is { Completed.IsCompleted: true }) await ready; // it went well, so the others are well too
            if (!announced && ready.IsCompleted)
            {
                announced = true;
                screen.Ready(options, Elapsed, Memory());
            }
            if (last is { Completed.IsCompleted: true }) return 0;
        }
        return 0;
    }

    /// <summary>All services healthy and all tasks done.</summary>
    private Task ReadyAsync() => Task.WhenAll(resources.Values.Select(
        resource => resource.Resource.IsTask ? resource.Completed : resource.Healthy));

    /// <summary>Ends the run if others wait for it or the run was for its sake; else the rest stays up.</summary>
    private RunningResource? FailedTask() => resources.Values.FirstOrDefault(
        task => task.Resource.IsTask && task.Completed is { IsCompletedSuccessfully: true, Result: not 0 }
            && (task.Name == options.Until || resources.Keys.Any(other => other.WaitsForCompletion.Contains(task.Resource))));

    private int Report(RunningResource failed)
    {
        screen.Line($"{failed.Name} failed with code {failed.Completed.Result}; see {options.Data.Logs}/{failed.Name}.log");
        return failed.Name == options.Until ? failed.Completed.Result : Failed;
    }

    /// <summary>Whoever needs a resource is ended before it.</summary>
    private async Task StopAllAsync()
    {
        var stopping = new Dictionary<Resource, Task>();
        await Task.WhenAll(resources.Keys.Select(StopAfterDependents));
        screen.Line("Everything has ended.");

        Task StopAfterDependents(Resource resource)
        {
            if (stopping.TryGetValue(resource, out var under)) return under;
            var dependents = resources.Keys
                .Where(other => other.WaitsForHealth.Contains(resource) || other.WaitsForCompletion.Contains(resource))
                .Select(StopAfterDependents).ToArray();
            return stopping[resource] = StopAsync(dependents, resources[resource]);
        }

        static async Task StopAsync(Task[] dependents, RunningResource resource)
        {
            await Task.WhenAll(dependents);
            await resource.StopAsync();
        }
    }

    private long Memory() => ProcessMemory.OfGroups(
        [.. resources.Values.Select(resource => resource.Process).OfType<OwnedProcess>()]);

    private void Changed(RunningResource resource) => screen.StateOf(resource, Elapsed);

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
