using System.Collections.Concurrent;
using Npgsql;

namespace Iop.Benchmarks;

/// <summary>Hears from the database which rows have been committed, so that nobody has to look for them.</summary>
internal sealed class Arrivals : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _awaited = [];
    private readonly CancellationTokenSource _end = new();
    private readonly NpgsqlConnection _connection;
    private Task _listening = Task.CompletedTask;

    private Arrivals(string database) => _connection = new(database);

    public static async Task<Arrivals> ListenAsync(string database)
    {
        var arrivals = new Arrivals(database);
        await arrivals._connection.OpenAsync();
        arrivals._connection.Notification += (_, heard) =>
        {
            if (arrivals._awaited.TryRemove(Guid.Parse(heard.Payload), out var waiting)) waiting.SetResult();
        };
        await using (var listen = new NpgsqlCommand("LISTEN written", arrivals._connection)) await listen.ExecuteNonQueryAsync();
        arrivals._listening = arrivals.HearAsync();
        return arrivals;
    }

    /// <summary>Sends something off and waits until the row with its id is there.</summary>
    public async Task WaitForAsync(Func<Guid, Task> send, TimeSpan patience)
    {
        var id = Guid.CreateVersion7();
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited[id] = waiting;
        await send(id);
        await waiting.Task.WaitAsync(patience);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _listening;
        await _connection.DisposeAsync();
        _end.Dispose();
    }

    private async Task HearAsync()
    {
        try
        {
            while (true) await _connection.WaitAsync(_end.Token);
        }
        catch (OperationCanceledException) { } // the comparison is over
    }
}
