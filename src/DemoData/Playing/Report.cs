using System.Globalization;

namespace Iop.DemoData.Playing;

/// <summary>What was played: each step, who, when in the story, the state it led to, and how long it took.</summary>
internal sealed class Report
{
    private readonly List<Line> _lines = [];

    public bool EverythingHeld { get; private set; } = true;

    public void Add(string step, string who, string state, string outcome, TimeSpan took, DateTimeOffset storyTime)
    {
        var line = new Line(step, who, state, outcome, took, storyTime);
        _lines.Add(line);
        EverythingHeld &= outcome is "done" or "stood already";
        Console.WriteLine(line);
    }

    public void Failed(string reason)
    {
        EverythingHeld = false;
        Console.WriteLine($"The story ended early: {reason}");
    }

    public void Print()
    {
        var took = TimeSpan.FromTicks(_lines.Sum(line => line.Took.Ticks));
        var (done, stood) = (_lines.Count(line => line.Outcome == "done"), _lines.Count(line => line.Outcome == "stood already"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{_lines.Count} steps: {done} done, {stood} stood already, {_lines.Count - done - stood} failed; {took.TotalSeconds:0.0} s. {(EverythingHeld ? "Every step held." : "NOT every step held.")}"));
    }

    private sealed record Line(string Step, string Who, string State, string Outcome, TimeSpan Took, DateTimeOffset StoryTime)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{StoryTime:yyyy-MM-dd}  {Outcome,-14} {Took.TotalMilliseconds,6:0} ms  {Who,-34} {Step}{(State.Length > 0 ? $" — {State}" : "")}");
    }
}
