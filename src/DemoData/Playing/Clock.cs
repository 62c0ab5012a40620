using System.Globalization;

namespace Iop.DemoData.Playing;

/// <summary>The demonstration's clock: the offset in a file that every service reads. Moves only forward, and ends at real
/// time.</summary>
internal sealed class Clock(string file) : TimeProvider
{
    // Services look at the file every 5 ms.
    private static readonly TimeSpan UntilEverybodyHasSeen = TimeSpan.FromMilliseconds(30);
    private TimeSpan _offset = TimeSpan.Zero;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _offset;

    /// <summary>Takes up the offset that stands in the file.</summary>
    public void Read() =>
        _offset = File.Exists(file) && TimeSpan.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var offset)
            ? offset : TimeSpan.Zero;

    /// <summary>The first time of all: back to where the story begins.</summary>
    public Task Begin(DateTimeOffset at) => Set(at - base.GetUtcNow());

    /// <summary>Moves to an instant unless it has passed already.</summary>
    public Task MoveTo(DateTimeOffset at) => at > GetUtcNow() ? Set(at - base.GetUtcNow()) : Task.CompletedTask;

    public Task MoveBy(TimeSpan time) => Set(_offset + time);

    public Task ReturnToRealTime() => _offset == TimeSpan.Zero ? Task.CompletedTask : Set(TimeSpan.Zero);

    private async Task Set(TimeSpan offset)
    {
        var next = file + ".next";
        await File.WriteAllTextAsync(next, offset.ToString("c", CultureInfo.InvariantCulture));
        File.Move(next, file, overwrite: true);
        _offset = offset;
        await Task.Delay(UntilEverybodyHasSeen);
    }
}
