using System.Diagnostics;

namespace Iop.LocalServers;

/// <summary>What to start, and how it wants to be ended.</summary>
public sealed record ProcessPlan(string Name, string Program, params IReadOnlyList<string> Arguments)
{
    public IReadOnlyDictionary<string, string?> Environment { get; init; } =
        new Dictionary<string, string?>(StringComparer.Ordinal);

    public string? WorkingDirectory { get; init; }

    /// <summary>Put before the program: another user, or a user namespace.</summary>
    public IReadOnlyList<string> Wrapper { get; init; } = [];

    public Signal StopSignal { get; init; } = Signal.Terminate;

    /// <summary>What the kernel sends the child when we die without a word.</summary>
    public Signal DeathSignal { get; init; } = Signal.Kill;

    public Action<string>? Log { get; init; }
}

/// <summary>A child process that dies with us, leads its own process group and whose output is always drained.</summary>
public sealed class OwnedProcess : IAsyncDisposable
{
    private const int KeptLinesMax = 40;
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastWordsPatience = TimeSpan.FromSeconds(2);

    private readonly Process process;
    private readonly ProcessPlan plan;
    private readonly Queue<string> lastLines = new();
    private readonly List<(string Words, TaskCompletionSource Seen)> awaited = [];
    private readonly TaskCompletionSource<int> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool stopping;

    private OwnedProcess(Process process, ProcessPlan plan)
    {
        this.process = process;
        this.plan = plan;
        process.OutputDataReceived += (_, output) => Receive(output.Data);
        process.ErrorDataReceived += (_, output) => Receive(output.Data);
        process.Exited += (_, _) => exited.TrySetResult(process.ExitCode);
    }

    public string Name => plan.Name;
    public int Id { get; private set; }
    public ProcessIdentity? Identity => ProcessIdentity.Of(Id);
    public Task<int> Exited => exited.Task;
    public bool HasExited => exited.Task.IsCompleted;

    /// <summary>True when we ended it; false when it left by itself.</summary>
    public bool IsStopping => stopping;

    public static OwnedProcess Start(ProcessPlan plan)
    {
        // setsid: Ctrl-C in the terminal reaches us alone, and we end the children in order.
        List<string> chain =
        [
            "setsid", .. plan.Wrapper,
            "setpriv", "--pdeathsig", SetprivName(plan.DeathSignal), "--",
            plan.Program, .. plan.Arguments,
        ];
        var start = new ProcessStartInfo(chain[0], chain[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = plan.WorkingDirectory ?? "",
        };
        foreach (var (name, value) in plan.Environment)
        {
            if (value is null) start.Environment.Remove(name); else start.Environment[name] = value;
        }

        var owned = new OwnedProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, plan);
        LaunchThread.Run(owned.process.Start);
        owned.Id = owned.process.Id;
        owned.process.StandardInput.Close();
        owned.process.BeginOutputReadLine();
        owned.process.BeginErrorReadLine();
        return owned;
    }

    /// <summary>Starts, waits for the end, and throws with the last output if it did not end well.</summary>
    public static async Task RunToEndAsync(ProcessPlan plan, TimeSpan timeout, CancellationToken cancel = default)
    {
        await using var running = Start(plan);
        int code;
        try { code = await running.Exited.WaitAsync(timeout, cancel); }
        catch (TimeoutException slow) { throw running.Failure($"did not end within {timeout.TotalSeconds:0} s", slow); }
        if (code == 0) return;
        await running.LastWords();
        throw running.Failure($"ended with code {code}");
    }

    /// <summary>Waits until the output holds these words; a process that ends before is a failure.</summary>
    public async Task WaitForOutputAsync(string words, TimeSpan timeout, CancellationToken cancel = default)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (lastLines)
        {
            if (lastLines.Any(line => line.Contains(words, StringComparison.Ordinal))) return;
            awaited.Add((words, seen));
        }
        try { await Task.WhenAny(seen.Task, Exited).WaitAsync(timeout, cancel); }
        catch (TimeoutException slow) { throw Failure($"was not ready within {timeout.TotalSeconds:0} s", slow); }
        if (seen.Task.IsCompleted) return;
        await LastWords();
        throw Failure($"ended with code {await Exited} before it was ready");
    }

    /// <summary>What it said just before its end may still be on its way; a child of its own may hold the pipe open for
    /// longer.</summary>
    private async Task LastWords()
    {
        try { await process.WaitForExitAsync().WaitAsync(LastWordsPatience); }
        catch (TimeoutException) { }
    }

    public async Task StopAsync(TimeSpan? patience = null)
    {
        stopping = true;
        if (!HasExited)
        {
            Signals.Send(Id, plan.StopSignal);
            await Task.WhenAny(Exited, Task.Delay(patience ?? StopPatience));
        }
        Signals.SendToGroup(Id, Signal.Kill);
        await Task.WhenAny(Exited, Task.Delay(KillPatience));
    }

    /// <summary>At once and without a word, as a power cut would.</summary>
    public void Kill() => Signals.SendToGroup(Id, Signal.Kill);

    public async ValueTask DisposeAsync()
    {
        if (!stopping) await StopAsync();
        process.Dispose();
    }

    private CannotStartException Failure(string what, Exception? cause = null)
    {
        lock (lastLines)
        {
            return new($"{Name} {what}.", $"Its last output was:\n    {string.Join("\n    ", lastLines)}", cause);
        }
    }

    private void Receive(string? line)
    {
        if (line is null) return;
        lock (lastLines)
        {
            lastLines.Enqueue(line);
            if (lastLines.Count > KeptLinesMax) lastLines.Dequeue();
            foreach (var (words, seen) in awaited)
            {
                if (line.Contains(words, StringComparison.Ordinal)) seen.TrySetResult();
            }
        }
        plan.Log?.Invoke(line);
    }

    private static string SetprivName(Signal signal) => signal switch
    {
        Signal.Interrupt => "INT",
        Signal.Quit => "QUIT",
        Signal.Kill => "KILL",
        Signal.Terminate => "TERM",
        _ => throw new UnreachableException(),
    };
}
