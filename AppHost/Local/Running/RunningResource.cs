using Aspire.Hosting.ApplicationModel;
using Iop.LocalServers;

namespace Iop.AppHost.Local;

internal enum State { Waiting, Starting, Healthy, Finished, Failed, Stopping, Stopped }

/// <summary>A resource while the system runs: waits, starts, proves healthy, and is started again if it dies.</summary>
internal sealed class RunningResource(Resource resource, DataFolder data, LogBook log, Action<RunningResource> changed)
{
    private const int RestartsMax = 50;
    private const int ShownLines = 30;
    private static readonly TimeSpan HealthPatience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan BetweenHealthChecks = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan HealthCheckPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseBeforeRestart = TimeSpan.FromSeconds(1);
    private static readonly HttpClient Http = new() { Timeout = HealthCheckPatience };

    private readonly TaskCompletionSource healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Resource Resource => resource;
    public string Name => resource.Name;
    public LogBook Log => log;
    public State State { get; private set; } = State.Waiting;
    public int Restarts { get; private set; }
    public OwnedProcess? Process { get; private set; }
    public Task Healthy => healthy.Task;
    public Task<int> Completed => completed.Task;

    /// <summary>Returns when the resource has run to its end or was stopped; throws when it cannot be brought up.</summary>
    public async Task RunAsync(IReadOnlyDictionary<Resource, RunningResource> all, CancellationToken stop)
    {
        try
        {
            await Task.WhenAll(resource.WaitsForHealth.Select(needed => all[needed].Healthy)).WaitAsync(stop);
            foreach (var needed in resource.WaitsForCompletion)
            {
                if (await all[needed].Completed.WaitAsync(stop) != 0) return; // LocalRun says so and ends the run
            }
            while (!stop.IsCancellationRequested)
            {
                var code = await RunOnceAsync(stop);
                if (resource.IsTask)
                {
                    End(code);
                    return;
                }
                await PauseBeforeNextAsync(code, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop: LocalRun ends the process in its turn.
        }
        catch (CannotStartException)
        {
            Become(State.Failed);
            throw;
        }
    }

    public async Task StopAsync()
    {
        if (Process is null or { HasExited: true } && resource.IsTask) return;
        Become(State.Stopping);
        await resource.StopAsync();
        data.Forget(Name);
        Become(State.Stopped);
    }

    private async Task<int> RunOnceAsync(CancellationToken stop)
    {
        Become(State.Starting);
        Process = await resource.StartAsync(data.Of(Name), log.Write, stop);
        data.Remember(Name, Process.Identity);
        if (!resource.IsTask)
        {
            await ProveHealthyAsync(Process, stop);
            Become(State.Healthy);
            healthy.TrySetResult();
        }
        return await Process.Exited.WaitAsync(stop);
    }

    private async Task ProveHealthyAsync(OwnedProcess process, CancellationToken stop)
    {
        if (resource.HealthPath is null) return;
        var address = new Uri(resource.EndpointNamed("http").Url + resource.HealthPath);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(HealthPatience);
        while (!await IsWellAsync(address, patience.Token))
        {
            if (process.HasExited && healthy.Task.IsCompleted) return; // died again after a restart: counted by the caller
            if (process.HasExited) throw Failure($"ended with code {await process.Exited} before it was healthy");
            if (patience.IsCancellationRequested && !stop.IsCancellationRequested)
            {
                throw Failure($"did not become healthy at {address} within {HealthPatience.TotalSeconds:0} s");
            }
            await Task.WhenAny(process.Exited, Task.Delay(BetweenHealthChecks, stop));
            stop.ThrowIfCancellationRequested();
        }
    }

    private static async Task<bool> IsWellAsync(Uri address, CancellationToken cancel)
    {
        try
        {
            using var answer = await Http.GetAsync(address, cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException) { return false; }
        catch (OperationCanceledException) { return false; }
    }

    private async Task PauseBeforeNextAsync(int code, CancellationToken stop)
    {
        if (++Restarts > RestartsMax) throw Failure($"ended with code {code}, after {RestartsMax} restarts");
        log.Write($"(ended with code {code}; is started again)");
        await Task.Delay(PauseBeforeRestart, stop);
    }

    private void End(int code)
    {
        data.Forget(Name);
        Become(code == 0 ? State.Finished : State.Failed);
        completed.TrySetResult(code);
    }

    private CannotStartException Failure(string what) => new(
        $"{Name} {what}.",
        $"Its last lines ({data.Logs}/{Name}.log has all):\n    {string.Join("\n    ", log.Recent().TakeLast(ShownLines))}");

    private void Become(State state)
    {
        State = state;
        changed(this);
    }
}
