using System.Globalization;

namespace Iop.Platform.Time;

/// <summary>System time plus the offset written in a file, so that the real cases can be played with their dates.
/// Set only by the local AppHost; refused in Production.</summary>
public sealed class DemoClock(string file) : TimeProvider
{
    private static readonly long LookAgainAfter = global::System.Diagnostics.Stopwatch.Frequency / 200; // 5 ms
    private long _lookedAt;
    private long _offsetTicks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Offset());

    private long Offset()
    {
        var now = GetTimestamp();
        if (_lookedAt != 0 && now - Interlocked.Read(ref _lookedAt) < LookAgainAfter) return Interlocked.Read(ref _offsetTicks);
        Interlocked.Exchange(ref _lookedAt, now);
        try
        {
            var text = File.Exists(file) ? File.ReadAllText(file).Trim() : "";
            var offset = TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : TimeSpan.Zero;
            Interlocked.Exchange(ref _offsetTicks, offset.Ticks);
        }
        catch (IOException)
        {
            // Being written this moment: the offset known so far holds until the next look.
        }
        return Interlocked.Read(ref _offsetTicks);
    }
}
